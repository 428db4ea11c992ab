package dev.pushgate.command;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.push.device.Invitation;
import dev.pushgate.push.device.NamedInvitation;
import dev.pushgate.push.privacyidea.EnrolmentLink;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import dev.pushgate.terminal.TerminalQrCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
          "The app it is for: pushgate; privacyidea, which needs push.privacyidea = enable; totp, any"
              + " that computes codes, which needs a key file (default: ${DEFAULT-VALUE}).")
  private App app = App.PUSHGATE;

  @Option(
      names = "--pin",
      description = "With --app privacyidea: the app asks for the phone's lock with each answer.")
  private boolean pin;

  @Mixin private TotpOptions codes = new TotpOptions();

  @Option(names = "--no-qr", description = "Print the link alone.")
  private boolean noQrCode;

  @Spec private @Nullable CommandSpec spec;

  /** The apps that a phone can be enrolled with. */
  private enum App {
    PUSHGATE,
    PRIVACYIDEA,
    TOTP
  }

  private static final class AppConverter implements ITypeConverter<App> {
    @Override
    public App convert(String text) {
      return switch (text) {
        case "pushgate" -> App.PUSHGATE;
        case "privacyidea" -> App.PRIVACYIDEA;
        case "totp" -> App.TOTP;
        default -> throw new TypeConversionException("write pushgate, privacyidea or totp");
      };
    }
  }

  /** What the phone reads, and what is to be told of it. */
  private record Link(String text, String advice) {
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
    if (codes.areGiven() && app != App.TOTP) {
      throw new ParameterException(
          command.commandLine(), "--algorithm, --digits and --step: go with --app totp only");
    }
    if (app == App.TOTP && command.commandLine().getParseResult().hasMatchedOption("--valid-for")) {
      throw new ParameterException(
          command.commandLine(), "--valid-for: codes are good until the app is removed");
    }
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err);
    if (setup.isEmpty()) {
      return 1;
    }
    Optional<String> name = NamedUser.orTell(user, setup.get(), err);
    if (name.isEmpty()) {
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
    try (State state = State.open(settings, InstantSource.system(), random)) {
      if (app == App.TOTP && state.keys().current().isEmpty()) {
        err.println(
            "pushgate: there is no key file "
                + State.keyFile(settings)
                + " to encrypt the secret with; make one with: pushgate key");
        return 1;
      }
      Link link =
          switch (app) {
            case PUSHGATE -> pushgate(state, name.get(), settings);
            case PRIVACYIDEA -> privacyIdea(state, name.get(), settings, url);
            case TOTP -> totp(state, name.get(), settings);
          };
      if (!noQrCode) {
        out.println(TerminalQrCode.of(link.text()));
      }
      out.println(link.text());
      err.println(link.advice());
    }
    return 0;
  }

  private Link pushgate(State state, String name, Configuration settings)
      throws InterruptedException {
    Invitation invitation = state.enrolmentCodes().issue(name, validFor, settings.baseAddress());
    return new Link(invitation.url(), advice(name, invitation.expires()));
  }

  private Link privacyIdea(State state, String name, Configuration settings, String url)
      throws InterruptedException {
    NamedInvitation invitation =
        state.enrolmentCodes().issueNamed(name, validFor, settings.baseAddress());
    return new Link(
        EnrolmentLink.of(invitation, url, name, settings.push().service(), validFor, pin),
        advice(name, invitation.expires()));
  }

  private static String advice(String name, Instant expires) {
    return "Good for one device of "
        + name
        + " until "
        + ShownTime.of(expires)
        + ". Whoever opens it first has the device: hand it over with care.";
  }

  private Link totp(State state, String name, Configuration settings) throws InterruptedException {
    return new Link(
        state
            .oneTimeCodes()
            .enrol(name, settings.push().service(), codes.settings(settings.secondFactor().code()))
            .url(),
        "The codes of the app that reads it are good for "
            + name
            + " from now on. Whoever sees it has them: hand it over with care.");
  }
}
