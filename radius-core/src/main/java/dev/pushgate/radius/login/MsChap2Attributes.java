package dev.pushgate.radius.login;

import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_SUCCESS;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_ERROR;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_ENCRYPTION_POLICY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_ENCRYPTION_TYPES;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_RECV_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_SEND_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;

import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.mschap.SessionKeys;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.TextPiece;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** What stands in the replies to requests by MS-CHAPv2 (RFC 2548 sections 2.1.5, 2.3.3, 2.4). */
final class MsChap2Attributes {
  /** Authentication failure (RFC 2759 section 6); R=0 below: the user must begin anew. */
  private static final int AUTHENTICATION_FAILURE = 691;

  /** Octets of the text in MS-CHAP-Error: the attribute has room for 195. */
  private static final int LONGEST_TEXT = 160;

  private MsChap2Attributes() {}

  /** Adds MS-CHAP2-Success, and the keys where there are some, to an Access-Accept. */
  static void addSuccess(Reply accept, ReceivedPacket request, ServerProof proof) {
    accept.addVendor(
        VENDOR, MS_CHAP2_SUCCESS, withIdentifierOf(request, proof.authenticatorResponse()));
    SessionKeys keys = proof.keys();
    if (keys != null) {
      accept.addVendorKey(VENDOR, MS_MPPE_RECV_KEY, keys.receive());
      accept.addVendorKey(VENDOR, MS_MPPE_SEND_KEY, keys.send());
      accept.addVendor(VENDOR, MS_MPPE_ENCRYPTION_POLICY, fourOctets(proof.encryption().policy()));
      accept.addVendor(VENDOR, MS_MPPE_ENCRYPTION_TYPES, fourOctets(proof.encryption().types()));
    }
  }

  private static byte[] fourOctets(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /**
   * Adds MS-CHAP-Error to an Access-Reject.
   *
   * @param words for the user; cut where they are too long
   */
  static void addError(Reply reject, ReceivedPacket request, String words) {
    // The form demands a new challenge, which nobody answers: R=0 forbids it.
    byte[] challenge = new byte[16];
    ThreadLocalRandom.current().nextBytes(challenge);
    String text =
        "E="
            + AUTHENTICATION_FAILURE
            + " R=0 C="
            + HexFormat.of().withUpperCase().formatHex(challenge)
            + " V=3 M="
            + TextPiece.of(words, LONGEST_TEXT);
    reject.addVendor(VENDOR, MS_CHAP_ERROR, withIdentifierOf(request, text));
  }

  /** The text behind the identifier of the request's MS-CHAP2-Response. */
  private static byte[] withIdentifierOf(ReceivedPacket request, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] value = new byte[1 + utf8.length];
    request
        .vendorValue(VENDOR, MS_CHAP2_RESPONSE)
        .filter(response -> response.length > 0)
        .ifPresent(response -> value[0] = response[0]);
    System.arraycopy(utf8, 0, value, 1, utf8.length);
    return value;
  }
}
