package dev.pushgate.radius.nas;

import dev.pushgate.radius.packet.AccountingRequest;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.OutgoingRequest;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.PasswordMethod;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.tinyradius.packet.RadiusPacket;

/**
 * A NAS: asks a RADIUS server whether a user may come in, and asks again when nothing is heard.
 *
 * <p>One request at a time; for many at once take many of these.
 */
public final class Nas implements AutoCloseable {
  private static final String NOBODY_LISTENS = "ICMP says that nothing listens on that port";

  private final UdpLine line;
  private final SharedSecret secret;
  private final SecureRandom random;
  private final AtomicInteger identifiers = new AtomicInteger();

  /** Is told how an exchange goes. */
  public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {};

    /** The request has been sent; {@code attempt} counts from 1. */
    default void sent(int attempt, int octets) {}

    /** Something came that is no answer: wrong authenticator, other identifier, malformed. */
    default void ignored(String why) {}
  }

  /**
   * Opens a socket of its own.
   *
   * @param server address and port of the RADIUS server
   * @param secret shared with it
   * @throws IOException when no socket can be had
   */
  public Nas(InetSocketAddress server, SharedSecret secret, SecureRandom random)
      throws IOException {
    this.secret = secret;
    this.random = random;
    this.line = new UdpLine(server);
  }

  /**
   * A request with a user and a password, signed; attributes may be added.
   *
   * @param password 0 to 128 octets
   */
  public SignedRequest request(String userName, byte[] password) {
    return request(userName).addPassword(password);
  }

  private SignedRequest request(String userName) {
    return new SignedRequest(nextIdentifier(), secret, random)
        .add(AttributeType.USER_NAME, userName.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A login of a user that proves the password by one of the methods; attributes may be added to
   * its request.
   *
   * @param password 0 to 128 octets in UTF-8
   */
  public NasLogin login(String userName, byte[] password, PasswordMethod method) {
    SignedRequest request = request(userName);
    return switch (method) {
      case PAP -> NasLogin.byPap(request, password);
      case CHAP -> NasLogin.byChap(request, password, random);
      case MSCHAPV2 -> NasLogin.byMsChap2(request, userName, password, random);
    };
  }

  /** A Status-Server (RFC 5997), which asks whether the server is there at all. */
  public SignedRequest statusServer() {
    SignedRequest request = new SignedRequest(nextIdentifier(), secret, random);
    request.setPacketType(RadiusPacket.STATUS_SERVER);
    return request;
  }

  /** An empty Accounting-Request, to be sent to the server's port for accounting. */
  public AccountingRequest accounting() {
    return new AccountingRequest(nextIdentifier(), secret, false);
  }

  private int nextIdentifier() {
    return identifiers.getAndIncrement() & 0xff;
  }

  /**
   * Sends a request until an answer comes.
   *
   * @param sendAgainEvery pause between two sendings of the same octets
   * @param atMost how long to wait in all
   * @return the answer, or nothing when none came in time
   */
  public Optional<NasAnswer> ask(
      OutgoingRequest request, Duration sendAgainEvery, Duration atMost, Progress progress)
      throws IOException {
    InstantSource clock = steadyClock();
    Conversation conversation = new Conversation(line, secret, clock, heard(progress));
    try {
      return conversation.ask(
          request,
          false,
          Stream.generate(() -> sendAgainEvery).iterator(),
          clock.instant().plus(atMost));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** One that nobody sets back in the middle of a wait. */
  private static InstantSource steadyClock() {
    Instant beginning = Instant.now();
    long start = System.nanoTime();
    return () -> beginning.plusNanos(System.nanoTime() - start);
  }

  private static Conversation.Listener heard(Progress progress) {
    return new Conversation.Listener() {
      @Override
      public void sent(int attempt, int octets) {
        progress.sent(attempt, octets);
      }

      @Override
      public void ignored(DiscardReason why) {
        progress.ignored(why.words());
      }

      @Override
      public boolean isWorthWaitingFor() {
        progress.ignored(NOBODY_LISTENS);
        return true;
      }
    };
  }

  /** The address and port that the server sees. */
  public InetSocketAddress localAddress() {
    return line.localAddress();
  }

  @Override
  public void close() {
    line.close();
  }
}
