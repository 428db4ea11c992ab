package dev.pushgate.command;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.SecondFactorPlugins;
import dev.pushgate.radius.user.Argon2id;
import dev.pushgate.radius.user.Cleartext;
import dev.pushgate.radius.user.NtHash;
import dev.pushgate.radius.user.StoredPassword;
import dev.pushgate.radius.user.UsersFileEditor;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import dev.pushgate.server.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate passwd}: sets a user's password in users.properties, or adds the user. */
@Command(
    name = "passwd",
    mixinStandardHelpOptions = true,
    description = {
      "Sets a user's password in users.properties, or adds the user.",
      "Asks for it, or takes it from PUSHGATE_PASSWORD in the environment."
    })
public final class PasswdCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user.")
  private String user = "";

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "argon2id",
      description =
          "How to keep it: argon2id; nt, which MS-CHAPv2 needs; cleartext, which CHAP needs"
              + " (default: ${DEFAULT-VALUE}).")
  private Scheme scheme = Scheme.argon2id;

  /** How the file keeps the password. */
  enum Scheme {
    argon2id,
    nt,
    cleartext
  }

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    ConfigurationFile.Result configured = configuration.file();
    Path file = configured.users();
    char[] password =
        SecretInput.of(null, "PUSHGATE_PASSWORD", "New password: ", command).toCharArray();
    Optional<String> objection = Argon2id.objectionTo(password);
    if (objection.isPresent()) {
      throw new ParameterException(command.commandLine(), objection.get());
    }
    UsersFileEditor editor =
        new UsersFileEditor(
            Setup.usersFile(
                configured, SecondFactorPlugins.load().keySet(), InstantSource.system()),
            PATIENCE);
    Edited edited;
    try (NewUsersFile made = NewUsersFile.at(file, serverFolder(configured))) {
      edited = editor.setPassword(user, stored(password));
      made.keepIf(!(edited instanceof Edited.Refused));
    }
    return switch (edited) {
      case Edited.Added(String name, int line) -> {
        out.println("added " + name + ": " + file + ":" + line);
        yield 0;
      }
      case Edited.Changed(String name, int line) -> {
        out.println("changed the password of " + name + ": " + file + ":" + line);
        yield 0;
      }
      case Edited.Refused refused -> {
        for (Problem problem : refused.problems()) {
          err.println(problem);
        }
        err.println("pushgate: nothing was changed");
        yield 1;
      }
    };
  }

  private StoredPassword stored(char[] password) {
    byte[] utf8 = new String(password).getBytes(StandardCharsets.UTF_8);
    return switch (scheme) {
      case argon2id -> Argon2id.hash(password, new SecureRandom());
      case nt -> NtHash.of(utf8);
      case cleartext -> Cleartext.of(utf8);
    };
  }

  /** A folder that the server's user owns, as far as the configuration tells. */
  private static Path serverFolder(ConfigurationFile.Result configured) {
    return switch (configured) {
      case ConfigurationFile.Result.Loaded loaded -> loaded.configuration().state();
      case ConfigurationFile.Result.Broken broken -> Configuration.DEFAULT_STATE;
    };
  }
}
