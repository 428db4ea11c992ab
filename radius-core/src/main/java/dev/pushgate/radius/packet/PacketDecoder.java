package dev.pushgate.radius.packet;

import static dev.pushgate.radius.packet.AttributeType.CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.AttributeType.CHAP_PASSWORD;
import static dev.pushgate.radius.packet.AttributeType.EAP_MESSAGE;
import static dev.pushgate.radius.packet.AttributeType.MESSAGE_AUTHENTICATOR;
import static dev.pushgate.radius.packet.AttributeType.STATE;
import static dev.pushgate.radius.packet.AttributeType.USER_PASSWORD;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tinyradius.attribute.RadiusAttribute;
import org.tinyradius.packet.RadiusPacket;

/**
 * Turns a datagram into a packet, or tells why it must be dropped (RFC 2865 section 3, RFC 3579
 * section 3.2, RFC 5080 section 2.2.2).
 *
 * <p>No octets whatever make it throw.
 */
public final class PacketDecoder {
  private static final int HEADER_LENGTH = RadiusPacket.RADIUS_HEADER_LENGTH;
  private static final int MAX_ATTRIBUTES = 200;

  /** Stands in an Accounting-Request where its authenticator is computed (RFC 2866 section 3). */
  static final byte[] NO_AUTHENTICATOR = new byte[16];

  private PacketDecoder() {}

  /** A decoded request, or why there is none. */
  public sealed interface Decoded {
    /** A sound packet. */
    record Packet(ReceivedPacket packet) implements Decoded {}

    /** To be dropped without an answer. */
    record Discarded(DiscardReason reason) implements Decoded {}
  }

  /**
   * Decodes a request.
   *
   * @param datagram holds the datagram from its first octet on
   * @param datagramLength how many octets were received; those beyond the packet's own Length are
   *     padding
   * @param secret shared with the sender
   */
  public static Decoded decodeRequest(byte[] datagram, int datagramLength, SharedSecret secret) {
    return decode(datagram, datagramLength, secret, null);
  }

  /**
   * Decodes an Accounting-Request and checks its authenticator, which is a digest over all of it as
   * a reply's is, with zeros in place of the other side's (RFC 2866 section 3). A
   * Message-Authenticator is computed over those zeros too (as RFC 5176 section 2.3 has it).
   */
  public static Decoded decodeAccounting(byte[] datagram, int datagramLength, SharedSecret secret) {
    Decoded decoded = decodeReply(datagram, datagramLength, secret, NO_AUTHENTICATOR);
    return decoded.equals(discarded(DiscardReason.RESPONSE_AUTHENTICATOR))
        ? discarded(DiscardReason.ACCOUNTING_AUTHENTICATOR)
        : decoded;
  }

  /**
   * Decodes a reply and checks its Response Authenticator.
   *
   * @param requestAuthenticator of the request that it answers, 16 octets
   */
  public static Decoded decodeReply(
      byte[] datagram, int datagramLength, SharedSecret secret, byte[] requestAuthenticator) {
    return decode(datagram, datagramLength, secret, requestAuthenticator);
  }

  private static Decoded decode(
      byte[] datagram,
      int datagramLength,
      SharedSecret secret,
      byte @Nullable [] requestAuthenticator) {
    if (datagramLength < HEADER_LENGTH) {
      return discarded(DiscardReason.LENGTH);
    }
    int length = (datagram[2] & 0xff) << 8 | (datagram[3] & 0xff);
    if (length < HEADER_LENGTH
        || length > RadiusPacket.MAX_PACKET_LENGTH
        || length > datagramLength) {
      return discarded(DiscardReason.LENGTH);
    }
    if (datagram[0] == 0) {
      return discarded(DiscardReason.CODE);
    }
    byte[] octets = Arrays.copyOfRange(datagram, HEADER_LENGTH, length);
    Optional<List<RadiusAttribute>> attributes = attributes(octets);
    if (attributes.isEmpty()) {
      return discarded(DiscardReason.ATTRIBUTES);
    }
    byte[] header = Arrays.copyOf(datagram, 4);
    byte[] authenticator = Arrays.copyOfRange(datagram, 4, HEADER_LENGTH);
    if (requestAuthenticator != null
        && !MessageDigest.isEqual(
            secret.md5After(header, requestAuthenticator, octets), authenticator)) {
      return discarded(DiscardReason.RESPONSE_AUTHENTICATOR);
    }
    byte[] signedWith = requestAuthenticator == null ? authenticator : requestAuthenticator;
    List<Integer> signatures = signatureOffsets(attributes.get());
    if (signatures.size() > 1
        || signatures.stream()
            .anyMatch(
                offset ->
                    !MessageAuthenticator.isRight(secret, header, signedWith, octets, offset))) {
      return discarded(DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
    }
    ReceivedPacket packet =
        new ReceivedPacket(
            datagram[0] & 0xff,
            datagram[1] & 0xff,
            authenticator,
            attributes.get(),
            !signatures.isEmpty());
    return isConsistent(packet) ? new Decoded.Packet(packet) : discarded(DiscardReason.CONTENT);
  }

  /** The attributes in these octets, or nothing where they do not add up. */
  private static Optional<List<RadiusAttribute>> attributes(byte[] octets) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    int offset = 0;
    while (offset < octets.length) {
      if (attributes.size() == MAX_ATTRIBUTES || offset + 2 > octets.length) {
        return Optional.empty();
      }
      int type = octets[offset] & 0xff;
      int end = offset + (octets[offset + 1] & 0xff);
      if (type == 0 || end < offset + 2 || end > octets.length) {
        return Optional.empty();
      }
      attributes.add(new RadiusAttribute(type, Arrays.copyOfRange(octets, offset + 2, end)));
      offset = end;
    }
    return Optional.of(attributes);
  }

  /** Where Message-Authenticator attributes begin. */
  private static List<Integer> signatureOffsets(List<RadiusAttribute> attributes) {
    List<Integer> offsets = new ArrayList<>();
    int offset = 0;
    for (RadiusAttribute attribute : attributes) {
      if (attribute.getAttributeType() == MESSAGE_AUTHENTICATOR) {
        offsets.add(offset);
      }
      offset += 2 + attribute.getAttributeData().length;
    }
    return offsets;
  }

  private static boolean isConsistent(ReceivedPacket packet) {
    List<byte[]> passwords = packet.values(USER_PASSWORD);
    int proofs =
        passwords.size()
            + packet.values(CHAP_PASSWORD).size()
            + packet.vendorValues(VENDOR, MS_CHAP_RESPONSE).size()
            + packet.vendorValues(VENDOR, MS_CHAP2_RESPONSE).size()
            + (packet.has(EAP_MESSAGE) ? 1 : 0);
    return proofs <= 1
        && packet.values(CHAP_CHALLENGE).size() <= 1
        && packet.vendorValues(VENDOR, MS_CHAP_CHALLENGE).size() <= 1
        && packet.values(STATE).size() <= 1
        && passwords.stream().allMatch(HiddenPassword::hasRightLength);
  }

  private static Decoded discarded(DiscardReason reason) {
    return new Decoded.Discarded(reason);
  }
}
