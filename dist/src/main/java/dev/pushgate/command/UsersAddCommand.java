package dev.pushgate.command;

import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.StoredPassword;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate users add}: writes a new user at the end of users.properties. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Adds a user.",
      "Asks for the password, or takes it from PUSHGATE_PASSWORD in the environment."
    })
final class UsersAddCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The name, as it shall be known everywhere.")
  private String user = "";

  @Mixin private NewPassword password = new NewPassword();

  @Option(
      names = "--groups",
      paramLabel = "GROUPS",
      description = "The user's groups, separated by commas.")
  private @Nullable String groups;

  @Option(names = "--factor", paramLabel = "FACTOR", description = "What the user needs.")
  private @Nullable String factor;

  @Option(names = "--language", paramLabel = "LANGUAGE", description = "What the user speaks.")
  private @Nullable String language;

  @Option(names = "--mail", paramLabel = "ADDRESS", description = "Where mail reaches the user.")
  private @Nullable String mail;

  @Option(
      names = "--valid-from",
      paramLabel = "TIME",
      description = "The first day, or a time with its zone: 2027-01-31, 2027-01-31T18:00:00Z.")
  private @Nullable String validFrom;

  @Option(
      names = "--valid-until",
      paramLabel = "TIME",
      description = "The last day, or a time with its zone.")
  private @Nullable String validUntil;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    ConfigurationFile.Result configured = configuration.file();
    StoredPassword stored = password.ask(command);
    UsersFileEdit edit = editor -> editor.add(user, stored, properties());
    Optional<Edited> edited = edit.make(configured, command.commandLine().getErr());
    if (edited.orElse(null) instanceof Edited.Added(String name, int line)) {
      command
          .commandLine()
          .getOut()
          .println("added " + UntrustedText.shown(name) + ": " + configured.users() + ":" + line);
      return 0;
    }
    return 1;
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    put(properties, "groups", groups);
    put(properties, "factor", factor);
    put(properties, "valid-from", validFrom);
    put(properties, "valid-until", validUntil);
    put(properties, "language", language);
    put(properties, "mail", mail);
    return properties;
  }

  private static void put(Map<String, String> properties, String word, @Nullable String value) {
    if (value != null) {
      properties.put(word, value);
    }
  }
}
