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
   * Whether a Message-Authenticator of a received packet is right.
   *
   * @param offset where the attribute begins in {@code attributes}
   * @param attributes as received; left as they are
   */
  static boolean isRight(
      SharedSecret secret,
      byte[] header,
      byte[] requestAuthenticator,
      byte[] attributes,
      int offset) {
    if (attributes[offset + 1] != ATTRIBUTE_LENGTH) {
      return false;
    }
    int start = offset + 2;
    byte[] received = Arrays.copyOfRange(attributes, start, start + VALUE_LENGTH);
    byte[] zeroed = attributes.clone();
    Arrays.fill(zeroed, start, start + VALUE_LENGTH, (byte) 0);
    return MessageDigest.isEqual(compute(secret, header, requestAuthenticator, zeroed), received);
  }
}
