package dev.pushgate.radius.login;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.MicrosoftAttribute;
import dev.pushgate.radius.packet.ReceivedPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tinyradius.attribute.RadiusAttribute;

/**
 * What two packets have in common when the second may be a NAS's next try at the login of the
 * first: the client and every attribute, apart from what each try makes anew.
 *
 * <p>That the password is right is for the caller to see to, in each of them.
 *
 * @param scope the client, or the group of clients that count as one
 * @param attributes those that are compared, as they stand in the packet
 * @param namesSession whether one of them names the NAS's session, so that equal keys are one
 */
record LoginKey(String scope, ByteBuffer attributes, boolean namesSession) {
  private static final int CISCO = 9;
  private static final int CISCO_AVPAIR = 1;
  private static final byte[] NOTHING = {};

  /**
   * The key of a packet, or empty where it does not tell where the user is: then nothing shows that
   * another packet is not somebody else's login.
   */
  static Optional<LoginKey> of(AccessRequest request) {
    if (request.userAddress().isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    for (Object each : request.packet().getAttributes()) {
      RadiusAttribute attribute = (RadiusAttribute) each;
      int type = attribute.getAttributeType();
      if (type != AttributeType.MESSAGE_AUTHENTICATOR && type != AttributeType.PROXY_STATE) {
        byte[] value = attribute.getAttributeData();
        byte[] compared = isMadeAnewInEachTry(type, value) ? NOTHING : value;
        attributes.write(type);
        attributes.write(compared.length);
        attributes.writeBytes(compared);
      }
    }
    return Optional.of(
        new LoginKey(
            request.client().loginScope(),
            ByteBuffer.wrap(attributes.toByteArray()),
            namesSession(request.packet())));
  }

  /** Whether it has an Acct-Session-Id (RFC 2866 section 5.5) or what a Cisco ASA sends instead. */
  private static boolean namesSession(ReceivedPacket packet) {
    if (packet.has(AttributeType.ACCT_SESSION_ID)) {
      return true;
    }
    for (byte[] value : packet.vendorValues(CISCO, CISCO_AVPAIR)) {
      if (new String(value, StandardCharsets.ISO_8859_1).startsWith("audit-session-id=")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMadeAnewInEachTry(int type, byte[] value) {
    return switch (type) {
      case AttributeType.USER_PASSWORD,
          AttributeType.CHAP_PASSWORD,
          AttributeType.CHAP_CHALLENGE,
          AttributeType.ACCT_DELAY_TIME,
          AttributeType.EVENT_TIMESTAMP ->
          true;
      // All that requests have of Microsoft's are the challenge and the response of MS-CHAP.
      case AttributeType.VENDOR_SPECIFIC ->
          ReceivedPacket.isOfVendor(value, MicrosoftAttribute.VENDOR);
      default -> false;
    };
  }
}
