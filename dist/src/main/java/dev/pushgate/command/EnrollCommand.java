package dev.pushgate.command;

import dev.pushgate.push.device.Invitation;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Account;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import dev.pushgate.terminal.TerminalQrCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
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

/** {@code pushgate enroll}: makes a code by which one phone becomes a user's device. */
@Command(
    name = "enroll",
    mixinStandardHelpOptions = true,
    description = "Prints a QR code and a link by which one phone becomes the user's device.")
public final class EnrollCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user, as users.properties has the name.")
  private String user = "";

  @Option(
      names = "--valid-for",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description =
          "How long the link is good, such as 30m, 24h or 7d (default: ${DEFAULT-VALUE}).")
  private Duration validFor = Duration.ofHours(24);

  @Option(names = "--no-qr", description = "Print the link alone.")
  private boolean noQrCode;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (!validFor.isPositive()) {
      throw new ParameterException(command.commandLine(), "--valid-for: more than nothing");
    }
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err);
    if (setup.isEmpty()) {
      return 1;
    }
    Optional<Account> account = setup.get().users().find(user);
    if (account.isEmpty()) {
      err.println(
          "pushgate: there is no user "
              + UntrustedText.shown(user)
              + " in "
              + setup.get().configuration().users()
              + "; add one with: pushgate passwd "
              + UntrustedText.shown(user));
      return 1;
    }
    SecureRandom random = new SecureRandom();
    try (State state = State.open(setup.get().configuration(), InstantSource.system(), random)) {
      Invitation invitation =
          state
              .enrolmentCodes()
              .issue(
                  account.get().user().name(), validFor, setup.get().configuration().baseAddress());
      if (!noQrCode) {
        out.println(TerminalQrCode.of(invitation.url()));
      }
      out.println(invitation.url());
      err.println(
          "Good for one device of "
              + account.get().user().name()
              + " until "
              + DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                  .format(invitation.expires().atZone(ZoneId.systemDefault()))
              + ". Whoever opens it first has the device: hand it over with care.");
    }
    return 0;
  }
}
