package dev.pushgate.command;

import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.nas.NasLogin;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.user.PasswordMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate login}: a RADIUS client that shows what a NAS would see, as it happens. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = "Logs in by RADIUS as a VPN would, and shows what comes back.")
public final class LoginCommand implements Callable<Integer> {
  @Parameters(paramLabel = "USER", description = "The user to log in.")
  private String user = "";

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:1812",
      description = "The RADIUS server; [ADDRESS]:PORT for IPv6 (default: ${DEFAULT-VALUE}).")
  private String server = "";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      interactive = true,
      arity = "0..1",
      description =
          "The secret shared with the server; asked for when no value follows. Other users of this"
              + " machine can read what is typed here: prefer PUSHGATE_SECRET in the environment.")
  private @Nullable String secret;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      interactive = true,
      arity = "0..1",
      description = "The password; asked for when absent. Or PUSHGATE_PASSWORD in the environment.")
  private @Nullable String password;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "pap",
      converter = PasswordMethodConverter.class,
      description = "pap, chap or mschapv2 (default: ${DEFAULT-VALUE}).")
  private PasswordMethod method = PasswordMethod.PAP;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "The user's address, sent as Calling-Station-Id.")
  private @Nullable String from;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "65",
      description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = "--retry",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long until the same request is sent again (default: ${DEFAULT-VALUE}).")
  private int retry;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec command = java.util.Objects.requireNonNull(spec);
    if (timeout < 1 || retry < 1) {
      throw new ParameterException(
          command.commandLine(), "--timeout and --retry are whole seconds, 1 or more");
    }
    InetSocketAddress address = serverAddress(command);
    SharedSecret shared =
        SharedSecret.of(SecretInput.of(secret, "PUSHGATE_SECRET", "Shared secret: ", command));
    String typed = SecretInput.of(password, "PUSHGATE_PASSWORD", "Password: ", command);
    PrintWriter out = command.commandLine().getOut();
    try (Nas nas = new Nas(address, shared, new SecureRandom())) {
      NasLogin login = nas.login(user, typed.getBytes(StandardCharsets.UTF_8), method);
      if (from != null) {
        login
            .request()
            .add(AttributeType.CALLING_STATION_ID, from.getBytes(StandardCharsets.UTF_8));
      }
      return ask(nas, login, new LoginTimeline(out, address));
    }
  }

  private int ask(Nas nas, NasLogin login, LoginTimeline timeline) throws IOException {
    Optional<NasAnswer> answer;
    try (timeline) {
      answer =
          nas.ask(
              login.request(), Duration.ofSeconds(retry), Duration.ofSeconds(timeout), timeline);
    }
    if (answer.isEmpty()) {
      timeline.unanswered(timeout);
      return 1;
    }
    timeline.answered(answer.get());
    return answer.get().isAccept() && isProved(login, answer.get(), timeline) ? 0 : 1;
  }

  /** Whether the user's side, too, would take the Access-Accept. */
  private static boolean isProved(NasLogin login, NasAnswer accept, LoginTimeline timeline) {
    if (login.method() != PasswordMethod.MSCHAPV2) {
      return true;
    }
    boolean proved = login.isProvedBy(accept);
    timeline.proved(proved);
    login.sessionKeys(accept).ifPresent(timeline::keys);
    return proved;
  }

  private InetSocketAddress serverAddress(CommandSpec command) throws IOException {
    int colon = server.lastIndexOf(':');
    String port = server.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new ParameterException(
          command.commandLine(), "--server: '" + server + "' is not HOST:PORT");
    }
    String host = server.substring(0, colon).replaceAll("^\\[|\\]$", "");
    Optional<InetAddress> literal = IpLiteral.parse(host);
    return new InetSocketAddress(
        literal.isPresent() ? literal.get() : InetAddress.getByName(host), Integer.parseInt(port));
  }
}
