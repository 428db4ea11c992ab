package dev.pushgate.command;

import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.user.StoredPassword;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user.")
  private String user = "";

  @Mixin private NewPassword password = new NewPassword();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    ConfigurationFile.Result configured = configuration.file();
    StoredPassword stored = password.ask(command);
    UsersFileEdit edit = editor -> editor.setPassword(user, stored);
    Optional<Edited> edited = edit.make(configured, command.commandLine().getErr());
    return switch (edited.orElse(null)) {
      case Edited.Added(String name, int line) -> {
        out.println("added " + name + ": " + configured.users() + ":" + line);
        yield 0;
      }
      case Edited.Changed(String name, int line) -> {
        out.println("changed the password of " + name + ": " + configured.users() + ":" + line);
        yield 0;
      }
      case null, default -> 1;
    };
  }
}
