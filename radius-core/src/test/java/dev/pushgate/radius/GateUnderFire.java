package dev.pushgate.radius;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A gate that is handed datagrams without a network in between, fast enough for a fuzzer, with a
 * clock of its own that goes on with each of them.
 *
 * <p>One user, whose factor approves unless the Calling-Station-Id begins with {@code deny}.
 */
final class GateUnderFire implements AutoCloseable {
  // With a control character: if it came into a log line, the line would be complained of.
  static final String SECRET = "secret\u0001";
  static final String USER = "alice";
  static final String PASSWORD = "right-horse";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_RECEIVED = 4096;

  private final CapturingSocket socket;
  private final RadiusGate gate;
  private final ComplainingLog log = new ComplainingLog();
  private final byte[] buffer = new byte[LONGEST_RECEIVED];
  private final AtomicInteger passwordsAsked = new AtomicInteger();
  private volatile Instant now = Instant.EPOCH;

  /** Where a datagram comes from. */
  enum Source {
    AUTO("192.0.2.1"),
    REQUIRED("192.0.2.2"),
    OPTIONAL("192.0.2.3"),
    UNKNOWN("192.0.2.4");

    private static final int PORT = 49_152;

    private final String address;

    Source(String address) {
      this.address = address;
    }

    InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.ofLiteral(address), PORT);
    }

    /** The rule of the client there, or nothing where there is none. */
    Optional<MessageAuthenticatorRule> rule() {
      return this == UNKNOWN
          ? Optional.empty()
          : Optional.of(MessageAuthenticatorRule.valueOf(name()));
    }
  }

  /** Remembers the first line that should not have been written. */
  private static final class ComplainingLog extends AppenderBase<ILoggingEvent> {
    private volatile @Nullable String complaint;

    @Override
    protected void append(ILoggingEvent event) {
      String line = event.getFormattedMessage();
      if (event.getLevel().isGreaterOrEqual(Level.ERROR)
          || line.codePoints().anyMatch(Character::isISOControl)) {
        complaint = event.getLevel() + " " + line;
      }
    }
  }

  GateUnderFire() {
    try {
      socket = new CapturingSocket();
      gate =
          new RadiusGate(
              new GateSettings(
                  List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                  Duration.ZERO,
                  // Whatever is left behind by one datagram of a few ends in a refusal.
                  new Exchanges.Bounds(8, 8, 400_000)),
              new Clients(clients()),
              this::check,
              Map.of("push", GateUnderFire::verify),
              () -> now,
              new SecureRandom());
      // Gives the timer, which forgets old replies; nobody sends to its socket.
      gate.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Logger logger = logger();
    log.setContext(logger.getLoggerContext());
    log.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(log);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.pushgate.radius");
  }

  private static List<Client> clients() {
    return Arrays.stream(Source.values())
        .filter(source -> source.rule().isPresent())
        .map(
            source ->
                new Client(
                    "nas-" + source.rule().orElseThrow().word(),
                    List.of(Network.parse(source.address().getAddress().getHostAddress())),
                    SharedSecret.of(SECRET),
                    ClientKind.GENERIC,
                    source.rule().orElseThrow(),
                    Duration.ofSeconds(60),
                    Client.DEFAULT_FACTOR,
                    null,
                    ClientSources.DEFAULT,
                    ClientDialogue.DEFAULT,
                    ReplyAttributes.NONE))
        .toList();
  }

  private UserSource.Answer check(Attempt attempt) {
    String name = attempt.userName();
    Password password = attempt.password();
    passwordsAsked.incrementAndGet();
    return name.equals(USER)
            && password instanceof Password.Pap pap
            && Arrays.equals(pap.octets(), ByHand.utf8(PASSWORD))
        ? new UserSource.Answer.Right(new User(USER, Set.of(), null))
        : new UserSource.Answer.Wrong("wrong password");
  }

  private static Outcome verify(Login login, Instant deadline) {
    String from = login.userAddress();
    return from != null && from.startsWith("deny")
        ? new Outcome.Denied("denied", from.repeat(40))
        : new Outcome.Approved();
  }

  /** What comes from now on is no retransmission of what came before. */
  void becomeNew() {
    socket.becomeAnother();
    now = now.plusMillis(10);
  }

  /**
   * Hands a datagram over as a socket would.
   *
   * @return the reply, or nothing where the datagram was counted as discarded
   * @throws AssertionError when it was neither or both, or something came into the log that must
   *     not
   */
  Optional<byte[]> take(Source source, byte[] datagram) {
    int received = Math.min(datagram.length, buffer.length);
    System.arraycopy(datagram, 0, buffer, 0, received);
    long before = discarded();
    gate.processRequest(socket, new DatagramPacket(buffer, received, source.address()));
    Arrays.fill(buffer, (byte) 0x5a); // as the next datagram would
    long discarded = discarded() - before;
    Optional<byte[]> reply = discarded == 0 ? Optional.of(nextSent()) : Optional.empty();
    check(discarded <= 1, "counted " + discarded + " times");
    check(socket.sent().isEmpty(), "something was sent for what was discarded, or two replies");
    check(log.complaint == null, "logged: " + log.complaint);
    check(reply.isEmpty() || source.rule().isPresent(), "an unknown address was answered");
    return reply;
  }

  private byte[] nextSent() {
    try {
      byte[] reply = socket.sent().poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (reply == null) {
        throw new AssertionError("neither answered nor discarded; logged: " + log.complaint);
      }
      return reply;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long discarded() {
    long sum = 0;
    for (DiscardReason reason : DiscardReason.values()) {
      sum += gate.discarded().of(reason);
    }
    return sum;
  }

  /** How many datagrams were discarded for that reason. */
  long discarded(DiscardReason reason) {
    return gate.discarded().of(reason);
  }

  /** How often the source of users was asked for a password. */
  int passwordsAsked() {
    return passwordsAsked.get();
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError(rule);
    }
  }

  @Override
  public void close() {
    gate.close();
    socket.close();
    logger().detachAppender(log);
    logger().setAdditive(true);
    logger().setLevel(null);
  }
}
