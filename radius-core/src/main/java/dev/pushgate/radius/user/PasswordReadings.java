package dev.pushgate.radius.user;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the octets of a User-Password may mean.
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
