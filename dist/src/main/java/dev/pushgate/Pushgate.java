package dev.pushgate;

import dev.pushgate.command.BenchCommand;
import dev.pushgate.command.BypassCommand;
import dev.pushgate.command.CheckCommand;
import dev.pushgate.command.ClientsCommand;
import dev.pushgate.command.DemoCommand;
import dev.pushgate.command.DevicesCommand;
import dev.pushgate.command.EnrollCommand;
import dev.pushgate.command.ExplainCommand;
import dev.pushgate.command.ForgetCommand;
import dev.pushgate.command.KeyCommand;
import dev.pushgate.command.LiftCommand;
import dev.pushgate.command.LoginCommand;
import dev.pushgate.command.PasswdCommand;
import dev.pushgate.command.RecoveryCodesCommand;
import dev.pushgate.command.ServeCommand;
import dev.pushgate.command.StatusCommand;
import dev.pushgate.command.TestPushCommand;
import dev.pushgate.command.UsersCommand;
import dev.pushgate.command.phone.PhoneCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code pushgate} command. */
@Command(
    name = "pushgate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "A RADIUS server that lets a login in only after a tap on Approve.",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      PasswdCommand.class,
      UsersCommand.class,
      EnrollCommand.class,
      DevicesCommand.class,
      RecoveryCodesCommand.class,
      KeyCommand.class,
      BypassCommand.class,
      ForgetCommand.class,
      LiftCommand.class,
      StatusCommand.class,
      TestPushCommand.class,
      ClientsCommand.class,
      LoginCommand.class,
      PhoneCommand.class,
      BenchCommand.class
    })
public final class Pushgate {
  private Pushgate() {}

  /** Runs a command; exits 0 when done, 1 when refused or failed, 2 when used wrongly. */
  public static void main(String[] arguments) {
    // Netty, which Pushy stands on, does without; Java would print warnings of it at each start.
    System.setProperty("io.netty.noUnsafe", "true");
    // Java keeps 5 idle connections to a host otherwise, and a crowd would make new ones to Google.
    System.setProperty("http.maxConnections", "100");
    System.exit(commandLine().execute(arguments));
  }

  /** The command with all that stands behind it, for one execution. */
  public static CommandLine commandLine() {
    return new CommandLine(new Pushgate()).setExecutionExceptionHandler(new FailureMessage());
  }
}
