package dev.pushgate.radius.packet;

import java.nio.charset.StandardCharsets;

/** Cuts texts to what an attribute can hold. */
public final class TextPiece {
  private TextPiece() {}

  /**
   * As much of the beginning of a text as fits, never cut inside a character.
   *
   * @param octets how many there may be in UTF-8, 4 at least
   */
  public static String of(String text, int octets) {
    int left = octets;
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      left -= text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (left < 0) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }
}
