package dev.pushgate.radius.packet;

import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The Message-Authenticator attribute: HMAC-MD5 over Code, Identifier, Length, Request
 * Authenticator and attributes, its own value being zero (RFC 3579 section 3.2).
 */
final class MessageAuthenticator {

  /** Octets of the value. */
  static final int VALUE_LENGTH = 16;

  /** Octets of the attribute: type, length, value. */
  static final int ATTRIBUTE_LENGTH = 2 + VALUE_LENGTH;

  private static final byte[] ZEROS = new byte[VALUE_LENGTH];

  private MessageAuthenticator() {}

  /**
   * Computes the value.
   *
   * @param header Code, Identifier and Length: the packet's first 4 octets
   * @param requestAuthenticator of the request, also when the packet is a reply; 16 octets
   * @param attributes of the packet, the Message-Authenticator's value being zero
   * @return 16 octets
   */
  static byte[] compute(
      SharedSecret secret, byte[] header, byte[] requestAuthenticator, byte[] attributes) {
    Mac mac = secret.hmacMd5();
    mac.update(header);
    mac.update(requestAuthenticator);
    return mac.doFinal(attributes);
  }

  /**
   * Whether the Message-Authenticator of a received packet is right.
   *
   * @param requestAuthenticator as for {@link #compute}
   * @param octets hold the packet from their first one on; left as they are
   * @param length of the packet
   * @param offset where the attribute begins in {@code octets}
   */
  static boolean isRight(
      SharedSecret secret, byte[] requestAuthenticator, byte[] octets, int length, int offset) {
    if (octets[offset + 1] != ATTRIBUTE_LENGTH) {
      return false;
    }
    int start = offset + 2;
    int end = start + VALUE_LENGTH;
    Mac mac = secret.hmacMd5();
    mac.update(octets, 0, PacketHeader.LENGTH);
    mac.update(requestAuthenticator);
    mac.update(octets, PacketHeader.ATTRIBUTES, start - PacketHeader.ATTRIBUTES);
    mac.update(ZEROS);
    mac.update(octets, end, length - end);
    return MessageDigest.isEqual(mac.doFinal(), Arrays.copyOfRange(octets, start, end));
  }
}
