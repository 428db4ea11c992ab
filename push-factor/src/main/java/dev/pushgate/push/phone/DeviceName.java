package dev.pushgate.push.phone;

import dev.pushgate.push.signed.MalformedException;

/** What a user calls a device: a text from a phone that is shown to administrators. */
final class DeviceName {
  private static final int MOST_CHARACTERS = 64;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private DeviceName() {}

  /**
   * @return the name without white space around it, 1 to 64 characters
   * @throws MalformedException when it is longer, empty, or holds characters that could make a list
   *     of names read otherwise than it is
   */
  static String of(String text) throws MalformedException {
    String name = text.strip();
    int characters = name.codePointCount(0, name.length());
    if (characters < 1 || characters > MOST_CHARACTERS) {
      throw new MalformedException("'name' must have 1 to 64 characters");
    }
    if (!name.codePoints().allMatch(DeviceName::isHarmless)) {
      throw new MalformedException("'name' must not hold control or bidi characters");
    }
    return name;
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      // Bidi marks are of this kind; so are the joiners, without which emoji and Persian break.
      case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }
}
