package dev.pushgate.radius.nas;

import dev.pushgate.radius.packet.AccountingRequest;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.OutgoingRequest;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.PasswordMethod;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinyradius.packet.RadiusPacket;

/**
 * A NAS: asks a RADIUS server whether a user may come in, and asks again when nothing is heard.
 *
 * <p>One request at a time; for many at once take many of these.
 */
public final class Nas implements AutoCloseable {
  private static final String NOBODY_LISTENS = "ICMP says that nothing listens on that port";

  private final DatagramSocket socket;
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
    this.socket = new DatagramSocket();
    socket.connect(server);
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
    byte[] datagram = request.encode();
    long end = System.nanoTime() + atMost.toNanos();
    for (int attempt = 1; ; attempt++) {
      send(datagram, progress);
      progress.sent(attempt, datagram.length);
      long sendAgainAt = Math.min(end, System.nanoTime() + sendAgainEvery.toNanos());
      Optional<NasAnswer> answer = receiveUntil(sendAgainAt, request, progress);
      if (answer.isPresent() || System.nanoTime() - end >= 0) {
        return answer;
      }
    }
  }

  private void send(byte[] datagram, Progress progress) throws IOException {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length));
    } catch (PortUnreachableException e) {
      // What an earlier datagram met; the server may be starting, so the exchange goes on.
      progress.ignored(NOBODY_LISTENS);
    }
  }

  private Optional<NasAnswer> receiveUntil(long end, OutgoingRequest request, Progress progress)
      throws IOException {
    byte[] buffer = new byte[RadiusPacket.MAX_PACKET_LENGTH];
    while (true) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return Optional.empty();
      }
      DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
      socket.setSoTimeout((int) left);
      try {
        socket.receive(datagram);
      } catch (SocketTimeoutException e) {
        return Optional.empty();
      } catch (PortUnreachableException e) {
        progress.ignored(NOBODY_LISTENS);
        continue;
      }
      switch (PacketDecoder.decodeReply(
          buffer, datagram.getLength(), secret, request.requestAuthenticator())) {
        case Decoded.Discarded discarded -> progress.ignored(discarded.reason().words());
        case Decoded.Packet(ReceivedPacket packet) -> {
          if (packet.getPacketIdentifier() != request.getPacketIdentifier()) {
            progress.ignored("the reply to another request");
          } else if (request.demandsSignedReply() && !packet.isSigned()) {
            progress.ignored("a reply without Message-Authenticator");
          } else {
            return Optional.of(new NasAnswer(packet));
          }
        }
      }
    }
  }

  /** The address and port that the server sees. */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  @Override
  public void close() {
    socket.close();
  }
}
