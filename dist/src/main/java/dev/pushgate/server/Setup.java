package dev.pushgate.server;

import dev.pushgate.callback.AllowedInterfaces;
import dev.pushgate.callback.certificate.CertificateReading;
import dev.pushgate.callback.certificate.ServerCertificate;
import dev.pushgate.configuration.CallbackSettings;
import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.configuration.UserDoubts;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.push.secret.KeyFile;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.user.ServedMethods;
import dev.pushgate.radius.user.Users;
import dev.pushgate.radius.user.UsersFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the files of a configuration folder say: settings, users and certificate, read together.
 */
public final class Setup {
  private static final URI NO_ADDRESS = URI.create("https://unknown.invalid");

  /** What a missing file of users says where all users come from elsewhere. */
  private static final UsersFile.Reading NO_USERS =
      new UsersFile.Reading.Read(Users.of(List.of()), List.of());

  private Setup() {}

  /** What became of reading; problems and warnings are in reading order. */
  public sealed interface Reading {

    /** What may work otherwise than meant. */
    List<Problem> warnings();

    /** Every file that was read or is named. */
    Set<Path> files();

    /**
     * All of it can be used.
     *
     * @param phoneAddresses on which phones may call; empty only where that is everywhere
     * @param usersFile reads the users as they were read
     * @param certificate the one that the administrator names, or null for a self-signed one
     */
    record Usable(
        Configuration configuration,
        UsersFile usersFile,
        Users users,
        List<InetAddress> phoneAddresses,
        @Nullable ServerCertificate certificate,
        List<Problem> warnings,
        Set<Path> files)
        implements Reading {

      /** What an administrator may want to know, and need not change. */
      public List<Problem> notes() {
        return ServedMethods.notes(users, configuration.users());
      }
    }

    /**
     * Some of it cannot be used.
     *
     * @param problems every mistake that was found, at least one
     */
    record Broken(List<Problem> problems, List<Problem> warnings, Set<Path> files)
        implements Reading {}
  }

  /**
   * Reads all files of a folder. What is in one is read even when another is broken, so that all
   * mistakes come at once.
   *
   * @param environment what {@code ${?NAME}} in the configuration finds
   * @param plugins names of the second factors that were found as plugins
   */
  public static Reading read(
      Path folder, Map<String, String> environment, Set<String> plugins, InstantSource clock) {
    List<Problem> problems = new ArrayList<>();
    ConfigurationFile.Result file = ConfigurationFile.load(folder, environment, plugins, clock);
    List<Problem> warnings = new ArrayList<>(file.warnings());
    Configuration configuration = null;
    ServerCertificate certificate = null;
    List<InetAddress> phoneAddresses = List.of();
    switch (file) {
      case ConfigurationFile.Result.Loaded loaded -> {
        configuration = loaded.configuration();
        CallbackSettings callback = configuration.callback();
        URI baseAddress = URI.create(configuration.baseAddress());
        certificate = certificate(callback.tls(), baseAddress, clock, problems, warnings);
        phoneAddresses = phoneAddresses(callback.allowAccess(), problems, warnings);
        problems.addAll(keyFileProblems(configuration));
      }
      case ConfigurationFile.Result.Broken broken -> {
        problems.addAll(broken.problems());
        // Whether the certificate fits an address that may be wrong itself is not worth a warning.
        var _ = certificate(broken.tls(), NO_ADDRESS, clock, problems, new ArrayList<>());
      }
    }
    Users users = null;
    boolean needed = configuration == null || configuration.isUsersFileAsked();
    UsersFile usersFile = usersFile(file, plugins, clock);
    switch (needed || Files.exists(file.users()) ? usersFile.read() : NO_USERS) {
      case UsersFile.Reading.Read read -> {
        users = read.users();
        warnings.addAll(read.warnings());
      }
      case UsersFile.Reading.Broken broken -> problems.addAll(broken.problems());
    }
    if (configuration != null && users != null) {
      warnings.addAll(UserDoubts.of(configuration, users));
    }
    warnings.sort(Problem.IN_READING_ORDER);
    problems.sort(Problem.IN_READING_ORDER);
    Set<Path> files = new LinkedHashSet<>(file.files());
    files.add(file.users());
    if (configuration != null) {
      files.add(State.keyFile(configuration));
    }
    return configuration == null || users == null || !problems.isEmpty()
        ? new Reading.Broken(problems, warnings, files)
        : new Reading.Usable(
            configuration, usersFile, users, phoneAddresses, certificate, warnings, files);
  }

  private static @Nullable ServerCertificate certificate(
      CallbackSettings.@Nullable Tls tls,
      URI baseAddress,
      InstantSource clock,
      List<Problem> problems,
      List<Problem> warnings) {
    if (tls == null) {
      return null;
    }
    return switch (ServerCertificate.read(tls.certificate(), tls.key(), baseAddress, clock)) {
      case CertificateReading.Usable usable -> {
        warnings.addAll(usable.warnings());
        yield usable.certificate();
      }
      case CertificateReading.Unusable unusable -> {
        problems.addAll(unusable.problems());
        yield null;
      }
    };
  }

  /** A file that is missing is none: without it there are no one-time codes. */
  private static List<Problem> keyFileProblems(Configuration configuration) {
    KeyFile file = new KeyFile(State.keyFile(configuration), new SecureRandom());
    return switch (file.read()) {
      case KeyFile.Reading.Broken(List<Problem> found) -> found;
      case KeyFile.Reading.Missing() -> List.of();
      case KeyFile.Reading.Read read ->
          ownerProblem(file.path(), configuration.state()).stream().toList();
    };
  }

  /** Root can read the file now, but acts as the owner of the state folder later. */
  private static Optional<Problem> ownerProblem(Path keyFile, Path state) {
    try {
      if (!Files.isDirectory(state)) {
        return Optional.empty();
      }
      String server = Files.getOwner(state).getName();
      String owner = Files.getOwner(keyFile).getName();
      return server.equals("root") || server.equals(owner)
          ? Optional.empty()
          : Optional.of(
              new Problem(
                  keyFile.toString(),
                  0,
                  null,
                  "the file belongs to user " + owner + ", the state folder to user " + server,
                  "Run chown " + server + " " + keyFile));
    } catch (IOException | UnsupportedOperationException e) {
      // Told where the folder is entered, or the file read.
      return Optional.empty();
    }
  }

  /**
   * An interface that is not there is left out. With nothing left to bind, binding everything would
   * be the opposite of what was asked for, so at least one must be there.
   */
  private static List<InetAddress> phoneAddresses(
      List<String> allowAccess, List<Problem> problems, List<Problem> warnings) {
    AllowedInterfaces allowed = AllowedInterfaces.resolve(allowAccess);
    for (AllowedInterfaces.Unmatched unmatched : allowed.unmatched()) {
      Problem problem = unmatched.at(ConfigurationFile.NAME, 0, "callback.allow-access");
      (allowed.addresses().isEmpty() ? problems : warnings).add(problem);
    }
    return allowed.addresses();
  }

  /**
   * The file of users, as this configuration makes the server read it.
   *
   * @param plugins names of the second factors that were found as plugins
   */
  public static UsersFile usersFile(
      ConfigurationFile.Result file, Set<String> plugins, InstantSource clock) {
    boolean ocservAsks =
        file instanceof ConfigurationFile.Result.Loaded loaded
            && loaded.configuration().clients().values().stream()
                .anyMatch(client -> client.kind() == ClientKind.OCSERV);
    return new UsersFile(
        file.users(),
        factors(plugins),
        file.dictionary(),
        ocservAsks,
        clock.withZone(ZoneId.systemDefault()));
  }

  /** Names of the factors that a client or a user may choose. */
  private static Set<String> factors(Set<String> plugins) {
    Set<String> factors = new LinkedHashSet<>(plugins);
    for (Requirement requirement : Requirement.values()) {
      factors.add(requirement.word());
    }
    return factors;
  }
}
