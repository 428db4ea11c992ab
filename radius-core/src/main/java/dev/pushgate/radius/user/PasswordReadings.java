package dev.pushgate.radius.user;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the octets of a password may mean, and by which octets it may have been meant.
 *
 * <p>RADIUS never says in which character set a password is. Octets that are valid UTF-8 are read
 * as UTF-8, and others as Latin-1, which FortiGate, AnyConnect and NPS send. Few passwords typed in
 * Latin-1 are valid UTF-8 by chance, so valid octets that are not all ASCII are read as Latin-1
 * second. Stored passwords are always hashes of UTF-8, so each reading is given in UTF-8.
 *
 * <p>A wrong password that is not all ASCII therefore costs two comparisons, whoever the user is.
 */
final class PasswordReadings {
  private PasswordReadings() {}

  /** One or two readings, the likelier one first. */
  static List<byte[]> of(byte[] octets) {
    if (isAscii(octets)) {
      return List.of(octets);
    }
    byte[] fromLatin1 = latin1ToUtf8(octets);
    return isUtf8(octets) ? List.of(octets, fromLatin1) : List.of(fromLatin1);
  }

  /**
   * The octets of which CHAP may have made its digest when this password was typed: UTF-8, and
   * Latin-1 where that can say it otherwise.
   *
   * @param utf8 the password as it is stored
   */
  static List<byte[]> spellings(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return isAscii(utf8) || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)
        ? List.of(utf8)
        : List.of(utf8, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean isAscii(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] octets) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] latin1ToUtf8(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
  }
}
