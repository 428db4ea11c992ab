package dev.pushgate.server;

import dev.pushgate.callback.AllowedInterfaces;
import dev.pushgate.callback.certificate.CertificateReading;
import dev.pushgate.callback.certificate.ServerCertificate;
import dev.pushgate.configuration.CallbackSettings;
import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.user.Users;
import dev.pushgate.radius.user.UsersFile;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the files of a configuration folder say: settings, users and certificate, read together.
 */
public final class Setup {
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
     * @param callbackAddresses on which phones may call; empty only where that is everywhere
     * @param certificate the one that the administrator names, or null for a self-signed one
     */
    record Usable(
        Configuration configuration,
        Users users,
        List<InetAddress> callbackAddresses,
        @Nullable ServerCertificate certificate,
        List<Problem> warnings,
        Set<Path> files)
        implements Reading {}

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
    ConfigurationFile.Result file = ConfigurationFile.load(folder, environment, plugins);
    List<Problem> warnings = new ArrayList<>(file.warnings());
    Configuration configuration =
        switch (file) {
          case ConfigurationFile.Result.Loaded loaded -> loaded.configuration();
          case ConfigurationFile.Result.Broken broken -> {
            problems.addAll(broken.problems());
            yield null;
          }
        };
    Path usersFile =
        configuration == null ? folder.resolve(Configuration.DEFAULT_USERS) : configuration.users();
    Users users = null;
    switch (new UsersFile(usersFile, factors(plugins)).read()) {
      case UsersFile.Reading.Read read -> {
        users = read.users();
        warnings.addAll(read.warnings());
      }
      case UsersFile.Reading.Broken broken -> problems.addAll(broken.problems());
    }
    List<InetAddress> callbackAddresses = List.of();
    if (configuration != null) {
      AllowedInterfaces allowed = AllowedInterfaces.resolve(configuration.callback().allowAccess());
      callbackAddresses = allowed.addresses();
      // With nothing left to bind, binding everything would be the opposite of what was asked for.
      List<Problem> told = callbackAddresses.isEmpty() ? problems : warnings;
      for (AllowedInterfaces.Unmatched unmatched : allowed.unmatched()) {
        told.add(unmatched.at(ConfigurationFile.NAME, 0, "callback.allow-access"));
      }
    }
    ServerCertificate certificate = null;
    if (configuration != null && configuration.callback().tls() != null) {
      CallbackSettings.Tls tls = configuration.callback().tls();
      URI baseAddress = URI.create(configuration.baseAddress());
      switch (ServerCertificate.read(tls.certificate(), tls.key(), baseAddress, clock)) {
        case CertificateReading.Usable usable -> {
          certificate = usable.certificate();
          warnings.addAll(usable.warnings());
        }
        case CertificateReading.Unusable unusable -> problems.addAll(unusable.problems());
      }
    }
    warnings.sort(Problem.IN_READING_ORDER);
    problems.sort(Problem.IN_READING_ORDER);
    Set<Path> files = new LinkedHashSet<>(file.files());
    files.add(usersFile);
    return configuration == null || users == null || !problems.isEmpty()
        ? new Reading.Broken(problems, warnings, files)
        : new Reading.Usable(configuration, users, callbackAddresses, certificate, warnings, files);
  }

  /** Names of the factors that a client or a user may choose. */
  public static Set<String> factors(Set<String> plugins) {
    Set<String> factors = new LinkedHashSet<>(plugins);
    factors.add(Client.DEFAULT_FACTOR);
    return factors;
  }
}
