package dev.pushgate.radius.login;

import dev.pushgate.radius.mschap.MsChap2Response;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.MicrosoftAttribute;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.PasswordMethod;
import java.util.Arrays;
import java.util.Optional;

/** What a packet has in it as proof of the password. */
sealed interface OfferedPassword {
  /** Octets of a CHAP-Password: the identifier and the response (RFC 2865 section 5.3). */
  int CHAP_PASSWORD_LENGTH = 1 + Password.Chap.RESPONSE_LENGTH;

  /**
   * Octets of an MS-CHAP2-Response: identifier, flags, peer challenge, 8 reserved, response (RFC
   * 2548 section 2.3.2).
   */
  int MS_CHAP2_RESPONSE_LENGTH = 50;

  /** It can be held against what is stored. */
  record Usable(Password password) implements OfferedPassword {}

  /**
   * It cannot be right.
   *
   * @param why for the log
   */
  record Unusable(String why) implements OfferedPassword {}

  /** Reads it; the decoder has seen to it that there are no two. */
  static OfferedPassword of(AccessRequest request) {
    Optional<PasswordMethod> method = request.method();
    if (method.isEmpty()) {
      return new Unusable(whyNone(request.packet()));
    }
    return switch (method.get()) {
      case PAP -> pap(request);
      case CHAP -> chap(request.packet());
      case MSCHAPV2 -> msChap2(request.packet());
    };
  }

  private static String whyNone(ReceivedPacket packet) {
    if (packet.hasVendor(MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP_RESPONSE)) {
      return "MS-CHAPv1 is not served: let the NAS use MS-CHAPv2 or PAP";
    }
    return packet.hasVendor(MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP_CHALLENGE)
        ? "there is an MS-CHAP-Challenge without MS-CHAP2-Response"
        : "there is no password: PAP, CHAP and MS-CHAPv2 are served";
  }

  private static OfferedPassword pap(AccessRequest request) {
    Password.Pap pap =
        new Password.Pap(request.packet().revealPassword(request.client().secret()).orElseThrow());
    return pap.isPossible()
        ? new Usable(pap)
        : new Unusable("the password is empty or holds a NUL");
  }

  private static OfferedPassword chap(ReceivedPacket packet) {
    byte[] password = packet.value(AttributeType.CHAP_PASSWORD).orElseThrow();
    if (password.length != CHAP_PASSWORD_LENGTH) {
      return unusable("CHAP-Password", password, CHAP_PASSWORD_LENGTH);
    }
    byte[] challenge =
        packet
            .value(AttributeType.CHAP_CHALLENGE)
            .filter(given -> given.length > 0)
            .orElseGet(packet::getAuthenticator);
    return new Usable(
        new Password.Chap(password[0], challenge, Arrays.copyOfRange(password, 1, 17)));
  }

  private static OfferedPassword msChap2(ReceivedPacket packet) {
    byte[] response =
        packet
            .vendorValue(MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP2_RESPONSE)
            .orElseThrow();
    if (response.length != MS_CHAP2_RESPONSE_LENGTH) {
      return unusable("MS-CHAP2-Response", response, MS_CHAP2_RESPONSE_LENGTH);
    }
    Optional<byte[]> challenge =
        packet.vendorValue(MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP_CHALLENGE);
    if (challenge.isEmpty()) {
      return new Unusable("there is an MS-CHAP2-Response without MS-CHAP-Challenge");
    }
    if (challenge.get().length != MsChap2Response.CHALLENGE_LENGTH) {
      return unusable("MS-CHAP-Challenge", challenge.get(), MsChap2Response.CHALLENGE_LENGTH);
    }
    return new Usable(
        new Password.MsChap2(
            new MsChap2Response(
                packet.value(AttributeType.USER_NAME).orElseThrow(),
                challenge.get(),
                Arrays.copyOfRange(response, 2, 18),
                Arrays.copyOfRange(response, 26, 50))));
  }

  private static OfferedPassword unusable(String attribute, byte[] value, int length) {
    return new Unusable(attribute + " has " + value.length + " octets, not " + length);
  }
}
