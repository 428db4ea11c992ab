package dev.pushgate.radius.user;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** What a user's name may consist of, and when two of them are one. */
public final class UserName {
  /** As much as a User-Name attribute carries (RFC 2865 section 5). */
  private static final int LONGEST_IN_OCTETS = 253;

  private UserName() {}

  /**
   * The form by which names are compared: lower case and then NFC, since lower case can undo a
   * composition.
   */
  public static String folded(String name) {
    return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /** What speaks against this name, or empty when it may be used. */
  public static Optional<String> objection(String name) {
    int octets = name.getBytes(StandardCharsets.UTF_8).length;
    if (octets == 0) {
      return Optional.of("the name is empty");
    }
    if (octets > LONGEST_IN_OCTETS) {
      return Optional.of(
          "the name has " + octets + " octets, and RADIUS carries " + LONGEST_IN_OCTETS);
    }
    return name.codePoints()
        .filter(UserName::isTreacherous)
        .mapToObj(
            point ->
                "the name has the control or invisible character \\u{"
                    + Integer.toHexString(point)
                    + "} in it")
        .findFirst();
  }

  private static boolean isTreacherous(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Persian and Indic names need the two joiners; the rest of the class, bidi marks among it,
      // only makes two names look alike.
      case Character.FORMAT -> point != 0x200c && point != 0x200d;
      // Stands for octets that could not be decoded: a name with it could be reached by any of
      // them.
      default -> point == 0xfffd;
    };
  }
}
