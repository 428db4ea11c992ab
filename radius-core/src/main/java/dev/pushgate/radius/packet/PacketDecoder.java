package dev.pushgate.radius.packet;

import static dev.pushgate.radius.packet.AttributeType.CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.AttributeType.CHAP_PASSWORD;
import static dev.pushgate.radius.packet.AttributeType.EAP_MESSAGE;
import static dev.pushgate.radius.packet.AttributeType.MESSAGE_AUTHENTICATOR;
import static dev.pushgate.radius.packet.AttributeType.STATE;
import static dev.pushgate.radius.packet.AttributeType.USER_PASSWORD;
import static dev.pushgate.radius.packet.AttributeType.VENDOR_SPECIFIC;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    Contents contents = new Contents();
    if (!contents.read(datagram, length)) {
      return discarded(DiscardReason.ATTRIBUTES);
    }
    byte[] authenticator = Arrays.copyOfRange(datagram, PacketHeader.LENGTH, HEADER_LENGTH);
    if (requestAuthenticator != null
        && !MessageDigest.isEqual(
            secret.md5After(
                Arrays.copyOf(datagram, PacketHeader.LENGTH),
                requestAuthenticator,
                Arrays.copyOfRange(datagram, HEADER_LENGTH, length)),
            authenticator)) {
      return discarded(DiscardReason.RESPONSE_AUTHENTICATOR);
    }
    byte[] signedWith = requestAuthenticator == null ? authenticator : requestAuthenticator;
    if (contents.signatures > 1
        || (contents.signatures == 1
            && !MessageAuthenticator.isRight(
                secret, signedWith, datagram, length, contents.signatureAt))) {
      return discarded(DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
    }
    return contents.areConsistent()
        ? new Decoded.Packet(
            new ReceivedPacket(
                datagram[0] & 0xff,
                datagram[1] & 0xff,
                authenticator,
                contents.attributes,
                contents.signatures > 0))
        : discarded(DiscardReason.CONTENT);
  }

  private static Decoded discarded(DiscardReason reason) {
    return new Decoded.Discarded(reason);
  }

  /** What one pass over the attributes finds. */
  private static final class Contents {
    final List<RadiusAttribute> attributes = new ArrayList<>();
    int signatures;
    int signatureAt;
    private boolean areHiddenRightly = true;
    private int states;
    private int proofs;
    private int chapChallenges;
    private int msChapChallenges;
    private boolean hasEap;

    /** Reads them up to where the packet ends; false where they do not add up. */
    boolean read(byte[] datagram, int length) {
      int offset = HEADER_LENGTH;
      while (offset < length) {
        if (attributes.size() == MAX_ATTRIBUTES || offset + 2 > length) {
          return false;
        }
        int type = datagram[offset] & 0xff;
        int end = offset + (datagram[offset + 1] & 0xff);
        if (type == 0 || end < offset + 2 || end > length) {
          return false;
        }
        byte[] value = Arrays.copyOfRange(datagram, offset + 2, end);
        attributes.add(new RadiusAttribute(type, value));
        note(type, value, offset);
        offset = end;
      }
      return true;
    }

    private void note(int type, byte[] value, int offset) {
      switch (type) {
        case MESSAGE_AUTHENTICATOR -> {
          signatures++;
          signatureAt = offset;
        }
        case USER_PASSWORD -> {
          proofs++;
          areHiddenRightly &= HiddenPassword.hasRightLength(value);
        }
        case CHAP_PASSWORD -> proofs++;
        case CHAP_CHALLENGE -> chapChallenges++;
        case VENDOR_SPECIFIC -> noteMicrosoft(value);
        case EAP_MESSAGE -> hasEap = true;
        case STATE -> states++;
        default -> {}
      }
    }

    private void noteMicrosoft(byte[] value) {
      if (ReceivedPacket.isOfVendor(value, VENDOR)) {
        proofs += VendorAttribute.decode(value, VENDOR, MS_CHAP_RESPONSE).size();
        proofs += VendorAttribute.decode(value, VENDOR, MS_CHAP2_RESPONSE).size();
        msChapChallenges += VendorAttribute.decode(value, VENDOR, MS_CHAP_CHALLENGE).size();
      }
    }

    boolean areConsistent() {
      return proofs + (hasEap ? 1 : 0) <= 1
          && chapChallenges <= 1
          && msChapChallenges <= 1
          && states <= 1
          && areHiddenRightly;
    }
  }
}
