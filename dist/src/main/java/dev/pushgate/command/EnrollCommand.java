package dev.pushgate.command;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.push.device.Invitation;
import dev.pushgate.push.device.NamedInvitation;
import dev.pushgate.push.privacyidea.EnrolmentLink;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Account;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import dev.pushgate.terminal.TerminalQrCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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

  @Option(
      names = "--app",
      paramLabel = "APP",
      defaultValue = "pushgate",
      converter = AppConverter.class,
      description =
          "The app it is for: pushgate or privacyidea, which needs push.privacyidea = enable"
              + " (default: ${DEFAULT-VALUE}).")
  private App app = App.PUSHGATE;

  @Option(
      names = "--pin",
      description = "With --app privacyidea: the app asks for the phone's lock with each answer.")
  private boolean pin;

  @Option(names = "--no-qr", description = "Print the link alone.")
  private boolean noQrCode;

  @Spec private @Nullable CommandSpec spec;

  /** The apps that a phone can be enrolled with. */
  private enum App {
    PUSHGATE,
    PRIVACYIDEA
  }

  private static final class AppConverter implements ITypeConverter<App> {
    @Override
    public App convert(String text) {
      return switch (text) {
        case "pushgate" -> App.PUSHGATE;
        case "privacyidea" -> App.PRIVACYIDEA;
        default -> throw new TypeConversionException("write pushgate or privacyidea");
      };
    }
  }

  /** What the phone reads, and until when. */
  private record Link(String text, Instant expires) {
    @Override
    public String toString() {
      return "Link[not shown]";
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (!validFor.isPositive()) {
      throw new ParameterException(command.commandLine(), "--valid-for: more than nothing");
    }
    if (pin && app != App.PRIVACYIDEA) {
      throw new ParameterException(
          command.commandLine(), "--pin: goes with --app privacyidea only");
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
    Configuration settings = setup.get().configuration();
    String url = EnrolmentLink.url(settings.baseAddress()).orElse("");
    if (app == App.PRIVACYIDEA && (!settings.push().privacyIdea() || url.isEmpty())) {
      err.println(
          settings.push().privacyIdea()
              ? "pushgate: privacyIDEA Authenticator cannot use "
                  + settings.baseAddress()
                  + "; set callback.public-url to an address such as https://vpn.example.com"
              : "pushgate: privacyIDEA Authenticator is not taken; set push.privacyidea = enable"
                  + " and restart the server");
      return 1;
    }
    SecureRandom random = new SecureRandom();
    try (State state = State.open(setup.get().configuration(), InstantSource.system(), random)) {
      Link link =
          app == App.PUSHGATE
              ? pushgate(state, account.get().user().name(), settings)
              : privacyIdea(state, account.get().user().name(), settings, url);
      if (!noQrCode) {
        out.println(TerminalQrCode.of(link.text()));
      }
      out.println(link.text());
      err.println(
          "Good for one device of "
              + account.get().user().name()
              + " until "
              + DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                  .format(link.expires().atZone(ZoneId.systemDefault()))
              + ". Whoever opens it first has the device: hand it over with care.");
    }
    return 0;
  }

  private Link pushgate(State state, String name, Configuration settings)
      throws InterruptedException {
    Invitation invitation = state.enrolmentCodes().issue(name, validFor, settings.baseAddress());
    return new Link(invitation.url(), invitation.expires());
  }

  private Link privacyIdea(State state, String name, Configuration settings, String url)
      throws InterruptedException {
    NamedInvitation invitation =
        state.enrolmentCodes().issueNamed(name, validFor, settings.baseAddress());
    return new Link(
        EnrolmentLink.of(invitation, url, name, settings.push().service(), validFor, pin),
        invitation.expires());
  }
}
