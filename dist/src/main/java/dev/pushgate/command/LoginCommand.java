package dev.pushgate.command;

import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.nas.NasLogin;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.PasswordMethod;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
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
  /** As many as ocserv's radcli takes. */
  private static final int MOST_CHALLENGES = 16;

  private static final int LONGEST_ANSWER = 128;

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

  @Option(
      names = "--answer",
      paramLabel = "TEXT",
      description =
          "What to answer where the server asks for more, may be empty; several for several"
              + " questions. Asked for when absent.")
  private List<String> answers = List.of();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec command = java.util.Objects.requireNonNull(spec);
    if (timeout < 1 || retry < 1) {
      throw new ParameterException(
          command.commandLine(), "--timeout and --retry are whole seconds, 1 or more");
    }
    if (answers.stream().anyMatch(answer -> octets(answer).length > LONGEST_ANSWER)) {
      throw new ParameterException(
          command.commandLine(), "--answer: " + LONGEST_ANSWER + " octets at most");
    }
    InetSocketAddress address = serverAddress(command);
    SharedSecret shared =
        SharedSecret.of(SecretInput.of(secret, "PUSHGATE_SECRET", "Shared secret: ", command));
    String typed = SecretInput.of(password, "PUSHGATE_PASSWORD", "Password: ", command);
    PrintWriter out = command.commandLine().getOut();
    try (Nas nas = new Nas(address, shared, new SecureRandom());
        LoginTimeline timeline = new LoginTimeline(out, address)) {
      return end(nas, nas.login(user, octets(typed), method), timeline);
    }
  }

  private int end(Nas nas, NasLogin login, LoginTimeline timeline) throws IOException {
    Optional<NasAnswer> answer = ask(nas, login.request(), timeline);
    if (answer.isPresent() && !answer.get().isChallenge()) {
      return answer.get().isAccept() && isProved(login, answer.get(), timeline) ? 0 : 1;
    }
    Iterator<String> given = answers.iterator();
    for (int challenges = 1; answer.isPresent() && answer.get().isChallenge(); challenges++) {
      Optional<String> text =
          challenges > MOST_CHALLENGES ? Optional.empty() : answerTo(answer.get(), given);
      if (text.isEmpty()) {
        timeline.givesUp(
            challenges > MOST_CHALLENGES
                ? "more than " + MOST_CHALLENGES + " questions"
                : "no answer: give one by --answer, or run this in a terminal");
        return 1;
      }
      SignedRequest request = nas.request(user, octets(text.get()));
      answer
          .get()
          .packet()
          .values(AttributeType.STATE)
          .forEach(state -> request.add(AttributeType.STATE, state));
      answer = ask(nas, request, timeline);
    }
    return answer.isPresent() && answer.get().isAccept() ? 0 : 1;
  }

  private Optional<NasAnswer> ask(Nas nas, SignedRequest request, LoginTimeline timeline)
      throws IOException {
    if (from != null) {
      request.add(AttributeType.CALLING_STATION_ID, octets(from));
    }
    Optional<NasAnswer> answer;
    try (LoginTimeline.Waiting _ = timeline.waiting()) {
      answer = nas.ask(request, Duration.ofSeconds(retry), Duration.ofSeconds(timeout), timeline);
    }
    answer.ifPresentOrElse(timeline::answered, () -> timeline.unanswered(timeout));
    return answer;
  }

  /** What to answer; empty where there is nobody to ask. */
  // Java 22 to 24 gave a console in any case; since 25 there is none again without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<String> answerTo(NasAnswer challenge, Iterator<String> given) {
    if (given.hasNext()) {
      return Optional.of(given.next());
    }
    @Nullable Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return Optional.empty();
    }
    return Optional.ofNullable(console.readLine("%s: ", UntrustedText.shown(challenge.message())))
        .filter(text -> octets(text).length <= LONGEST_ANSWER);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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
