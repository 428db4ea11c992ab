package dev.pushgate.bench;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.tinyradius.packet.RadiusPacket;

/**
 * The datagrams of one round, made and signed before the clock runs, each with a Request
 * Authenticator of its own.
 *
 * <p>They stand in chains: each chain has one request under way, and sends the next when that is
 * answered. Chains that share a port have no identifier in common, and together use most of the 256
 * that a port has, round and round, as a NAS does.
 */
final class Requests {
  private static final int IDENTIFIERS = 256;
  private static final int ROOM = 256;

  private final Shape shape;
  private final SharedSecret secret;
  private final ByteBuffer octets;

  /**
   * How requests are spread.
   *
   * @param ports the source ports
   * @param chainsPerPort how many requests of a port are under way at once, 1 to 256
   * @param perChain how many requests a chain has, one after the other
   */
  record Shape(int ports, int chainsPerPort, int perChain) {

    int chains() {
      return ports * chainsPerPort;
    }

    int requests() {
      return chains() * perChain;
    }

    int identifier(int chain, int step) {
      int rounds = IDENTIFIERS / chainsPerPort;
      return chain % chainsPerPort + chainsPerPort * (step % rounds);
    }

    /** Which chain the reply with this identifier belongs to, that came in on a port. */
    int chain(int port, int identifier) {
      return port * chainsPerPort + identifier % chainsPerPort;
    }

    int port(int chain) {
      return chain / chainsPerPort;
    }

    /** The place of a request among all. */
    int index(int chain, int step) {
      return step * chains() + chain;
    }
  }

  private Requests(Shape shape, SharedSecret secret) {
    this.shape = shape;
    this.secret = secret;
    this.octets = ByteBuffer.allocateDirect(shape.requests() * ROOM);
  }

  /** Makes all requests of a round. */
  static Requests make(Shape shape, Cast cast, SecureRandom random) {
    Requests requests = new Requests(shape, cast.sharedSecret());
    for (int step = 0; step < shape.perChain(); step++) {
      for (int chain = 0; chain < shape.chains(); chain++) {
        int index = shape.index(chain, step);
        Cast.Person person = cast.people().get(index % cast.people().size());
        byte[] datagram =
            new SignedRequest(shape.identifier(chain, step), requests.secret, random)
                .add(AttributeType.USER_NAME, ascii(person.name()))
                .addPassword(ascii(person.password()))
                .add(AttributeType.NAS_IDENTIFIER, ascii("bench"))
                .add(AttributeType.NAS_PORT, new byte[] {0, 0, 0, 1})
                .add(AttributeType.CALLING_STATION_ID, ascii("203.0.113.77"))
                .encode();
        requests.octets.put(index * ROOM, datagram);
      }
    }
    return requests;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Shape shape() {
    return shape;
  }

  /** The datagram of a request, as a view with position and limit of its own. */
  ByteBuffer datagram(int index) {
    int start = index * ROOM;
    return octets.slice(start, octets.getShort(start + 2));
  }

  /** What is wrong with a reply to a request, or nothing where it is a sound, signed Accept. */
  Optional<String> objection(int index, byte[] reply) {
    byte[] authenticator = new byte[16];
    octets.get(index * ROOM + 4, authenticator);
    return switch (PacketDecoder.decodeReply(reply, reply.length, secret, authenticator)) {
      case Decoded.Discarded(DiscardReason reason) -> Optional.of(reason.words());
      case Decoded.Packet(ReceivedPacket packet) -> {
        if (packet.getPacketType() != RadiusPacket.ACCESS_ACCEPT) {
          yield Optional.of(packet.getPacketTypeName());
        }
        yield packet.isSigned() ? Optional.empty() : Optional.of("no Message-Authenticator");
      }
    };
  }
}
