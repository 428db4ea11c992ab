package dev.pushgate.radius.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that came in a packet: whoever sent it may be an attacker. */
public final class UntrustedText {

  /** How many characters of such a text are shown. */
  public static final int SHOWN = 128;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private UntrustedText() {}

  /** Reads octets as UTF-8 where they are valid UTF-8, else as Latin-1. */
  public static String decode(byte[] octets) {
    if (isAscii(octets)) {
      return new String(octets, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isAscii(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text as it may be shown in logs, on terminals and on phones: cut at {@value #SHOWN}
   * characters (an ellipsis marks the cut), with what could move a cursor, break a line or turn the
   * direction of writing as <code>\&#117;{hex}</code>.
   */
  public static String shown(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(Math.min(text.length(), SHOWN) + 8);
    int[] characters = text.codePoints().limit(SHOWN + 1L).toArray();
    for (int i = 0; i < Math.min(characters.length, SHOWN); i++) {
      if (isHarmless(characters[i])) {
        shown.appendCodePoint(characters[i]);
      } else {
        shown.append("\\u{").append(Integer.toHexString(characters[i])).append('}');
      }
    }
    return characters.length > SHOWN ? shown.append('…').toString() : shown.toString();
  }

  /** Short and of printable ASCII alone, as most are: shown as it is. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return text.length() <= SHOWN;
  }

  /** As {@link #shown(String)}, of the text that the octets hold. */
  public static String shown(byte[] octets) {
    return shown(decode(octets));
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      // The two joiners stand inside Persian words and within emoji; bidi marks are of this class.
      case Character.FORMAT -> character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
