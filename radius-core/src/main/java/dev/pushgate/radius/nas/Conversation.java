package dev.pushgate.radius.nas;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.OutgoingRequest;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;

/**
 * One request to one server: the same octets again and again, until its answer comes.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>What is returned has a right Response Authenticator, a right Message-Authenticator where one
 * is demanded, and answers this request. Anything else is told to the listener and the waiting goes
 * on, so that who forges replies can at most be ignored.
 */
public final class Conversation {
  private final Line line;
  private final SharedSecret secret;
  private final InstantSource clock;
  private final Listener listener;

  /** Is told how it goes. */
  public interface Listener {

    /** The request has been sent; {@code attempt} counts from 1. */
    default void sent(int attempt, int octets) {}

    /** Something came that is no answer. */
    default void ignored(DiscardReason why) {}

    /**
     * ICMP says that nobody listens on that port.
     *
     * @return whether to wait on, as the server may be starting
     */
    default boolean isWorthWaitingFor() {
      return true;
    }
  }

  public Conversation(Line line, SharedSecret secret, InstantSource clock, Listener listener) {
    this.line = line;
    this.secret = secret;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Sends the request until an answer comes.
   *
   * @param unsignedTaken whether an answer without Message-Authenticator is taken
   * @param pauses how long to wait after each sending; after the last one it is given up
   * @param end when it is given up in any case
   * @return the answer, or nothing when none came
   * @throws IOException when the line is closed or broken
   */
  public Optional<NasAnswer> ask(
      OutgoingRequest request, boolean unsignedTaken, Iterator<Duration> pauses, Instant end)
      throws IOException, InterruptedException {
    byte[] datagram = request.encode();
    for (int attempt = 1; pauses.hasNext() && clock.instant().isBefore(end); attempt++) {
      try {
        line.send(datagram);
      } catch (PortUnreachableException e) {
        // What an earlier datagram met.
        if (!listener.isWorthWaitingFor()) {
          return Optional.empty();
        }
      }
      listener.sent(attempt, datagram.length);
      Instant sendAgain = clock.instant().plus(pauses.next());
      Instant until = sendAgain.isBefore(end) ? sendAgain : end;
      for (boolean waiting = true; waiting; ) {
        Duration left = Duration.between(clock.instant(), until);
        if (!left.isPositive()) {
          break;
        }
        try {
          Optional<byte[]> arrived = line.receive(left);
          // A clock that stands still must not keep it waiting.
          waiting = arrived.isPresent();
          Optional<NasAnswer> answer =
              arrived.flatMap(octets -> answer(octets, request, unsignedTaken));
          if (answer.isPresent()) {
            return answer;
          }
        } catch (PortUnreachableException e) {
          if (!listener.isWorthWaitingFor()) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<NasAnswer> answer(
      byte[] datagram, OutgoingRequest request, boolean unsignedTaken) {
    return switch (PacketDecoder.decodeReply(
        datagram, datagram.length, secret, request.requestAuthenticator())) {
      case Decoded.Discarded(DiscardReason reason) -> ignored(reason);
      case Decoded.Packet(ReceivedPacket packet) -> {
        if (packet.getPacketIdentifier() != request.getPacketIdentifier()) {
          yield ignored(DiscardReason.OTHER_REQUEST);
        }
        if (!packet.isSigned() && request.demandsSignedReply()) {
          if (!unsignedTaken) {
            yield ignored(DiscardReason.MESSAGE_AUTHENTICATOR_MISSING);
          }
          // By Proxy-States, of which this request has none, replies are forged (CVE-2024-3596).
          if (packet.has(AttributeType.PROXY_STATE)) {
            yield ignored(DiscardReason.PROXY_STATE_UNSIGNED);
          }
        }
        yield Optional.of(new NasAnswer(packet));
      }
    };
  }

  private Optional<NasAnswer> ignored(DiscardReason reason) {
    listener.ignored(reason);
    return Optional.empty();
  }
}
