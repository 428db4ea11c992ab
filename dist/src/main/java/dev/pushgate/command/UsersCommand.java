package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.SecondFactorPlugins;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Account;
import dev.pushgate.radius.user.Users;
import dev.pushgate.radius.user.UsersFile;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import dev.pushgate.server.Setup;
import dev.pushgate.terminal.AsciiJson;
import dev.pushgate.terminal.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate users}: shows and changes who stands in users.properties. */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    description = "Shows and changes the users in users.properties; all else in it stays.",
    synopsisSubcommandLabel = "(list | show | add | remove | disable | enable)",
    subcommands = {UsersAddCommand.class, UsersRemoveCommand.class})
public final class UsersCommand {
  @Spec private @Nullable CommandSpec spec;

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all users.")
  int list(
      @Mixin ConfigurationOption configuration,
      @Option(names = "--json", description = "As JSON.") boolean json) {
    Optional<Users> users = read(configuration.file());
    if (users.isEmpty()) {
      return 1;
    }
    Instant now = InstantSource.system().instant();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      users.get().accounts().forEach(account -> array.add(new UserSheet(account, now).json()));
      out().println(AsciiJson.text(array));
    } else {
      Table table = new Table("USER", "SCHEME", "GROUPS", "FACTOR", "REFUSED");
      users.get().accounts().forEach(account -> table.row(new UserSheet(account, now).row()));
      table.printTo(out());
    }
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows what the file says of a user, but for the password.")
  int show(
      @Mixin ConfigurationOption configuration,
      @Parameters(paramLabel = "USER", description = "The user.") String user,
      @Option(names = "--json", description = "As JSON.") boolean json) {
    ConfigurationFile.Result configured = configuration.file();
    Optional<Users> users = read(configured);
    if (users.isEmpty()) {
      return 1;
    }
    Optional<Account> account = users.get().find(user);
    if (account.isEmpty()) {
      err()
          .println(
              "pushgate: there is no user "
                  + UntrustedText.shown(user)
                  + " in "
                  + configured.users()
                  + "; 'pushgate users list' shows who there is");
      return 1;
    }
    UserSheet sheet = new UserSheet(account.get(), InstantSource.system().instant());
    if (json) {
      out().println(AsciiJson.text(sheet.json()));
    } else {
      sheet.lines().forEach(out()::println);
    }
    return 0;
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Refuses a user from now on; whoever is logged in stays so.")
  int disable(
      @Mixin ConfigurationOption configuration,
      @Parameters(paramLabel = "USER", description = "The user.") String user)
      throws IOException, InterruptedException {
    return setDisabled(configuration.file(), user, true);
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Lets a user log in again.")
  int enable(
      @Mixin ConfigurationOption configuration,
      @Parameters(paramLabel = "USER", description = "The user.") String user)
      throws IOException, InterruptedException {
    return setDisabled(configuration.file(), user, false);
  }

  private int setDisabled(ConfigurationFile.Result configured, String user, boolean disabled)
      throws IOException, InterruptedException {
    UsersFileEdit edit = editor -> editor.setDisabled(user, disabled);
    Optional<Edited> edited = edit.make(configured, err());
    String what = disabled ? "disabled" : "enabled";
    return switch (edited.orElse(null)) {
      case Edited.Changed(String name, int line) -> {
        out()
            .println(
                what + " " + UntrustedText.shown(name) + ": " + configured.users() + ":" + line);
        yield 0;
      }
      case Edited.Unchanged(String name) -> {
        out().println(UntrustedText.shown(name) + " is " + what + " already");
        yield 0;
      }
      case null, default -> 1;
    };
  }

  private Optional<Users> read(ConfigurationFile.Result configured) {
    UsersFile file =
        Setup.usersFile(configured, SecondFactorPlugins.load().keySet(), InstantSource.system());
    return switch (file.read()) {
      case UsersFile.Reading.Read read -> Optional.of(read.users());
      case UsersFile.Reading.Broken broken -> {
        for (Problem problem : broken.problems()) {
          err().println(problem);
        }
        yield Optional.empty();
      }
    };
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
