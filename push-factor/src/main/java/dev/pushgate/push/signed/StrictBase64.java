package dev.pushgate.push.signed;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * base64url without padding, of which each value has one spelling only (RFC 7515 section 2, RFC
 * 4648 section 3.5).
 */
public final class StrictBase64 {
  private static final int IDENTIFIER_OCTETS = 16;

  private StrictBase64() {}

  /**
   * @param what names the text in the exception
   * @throws MalformedException when it is anything but the canonical spelling, or is empty
   */
  public static byte[] decode(String text, String what) throws MalformedException {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(text);
      // Java's decoder takes padding, and unused bits that are not zero.
      if (octets.length > 0 && encode(octets).equals(text)) {
        return octets;
      }
    } catch (IllegalArgumentException e) {
      // Told below, without what the message holds.
    }
    throw new MalformedException(what + " must be canonical base64url without padding");
  }

  /** The canonical spelling. */
  public static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /**
   * A text that nobody guesses.
   *
   * @param octets how many random octets stand behind it; 16 give 22 characters
   */
  public static String random(SecureRandom random, int octets) {
    byte[] bits = new byte[octets];
    random.nextBytes(bits);
    return encode(bits);
  }

  /**
   * The identifier of something that administrators name on a command line: 22 characters, of which
   * the first is no hyphen, since it would be taken for an option.
   */
  public static String identifier(SecureRandom random) {
    while (true) {
      String identifier = random(random, IDENTIFIER_OCTETS);
      if (identifier.charAt(0) != '-') {
        return identifier;
      }
    }
  }
}
