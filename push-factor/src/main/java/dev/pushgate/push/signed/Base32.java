package dev.pushgate.push.signed;

/** base32 (RFC 4648 section 6) in upper case. */
public final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS_OF_A_LETTER = 5;
  private static final int LETTER = (1 << BITS_OF_A_LETTER) - 1;
  private static final int LETTERS_OF_A_BLOCK = 8;

  private Base32() {}

  /** Without padding. */
  public static String encode(byte[] octets) {
    StringBuilder text = new StringBuilder();
    int waiting = 0;
    int bits = 0;
    for (byte octet : octets) {
      waiting = (waiting << Byte.SIZE) | (octet & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS_OF_A_LETTER) {
        bits -= BITS_OF_A_LETTER;
        text.append(ALPHABET.charAt((waiting >> bits) & LETTER));
      }
      waiting &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((waiting << (BITS_OF_A_LETTER - bits)) & LETTER));
    }
    return text.toString();
  }

  /** With padding. */
  public static String encodePadded(byte[] octets) {
    String letters = encode(octets);
    return letters + "=".repeat(Math.floorMod(-letters.length(), LETTERS_OF_A_BLOCK));
  }

  /**
   * Reads what {@link #encodePadded} wrote, of which each value has one spelling only.
   *
   * @param what names the text in the exception
   * @throws MalformedException when it is anything but the canonical spelling, or is empty
   */
  public static byte[] decodePadded(String text, String what) throws MalformedException {
    int letters = text.length();
    while (letters > 0 && text.charAt(letters - 1) == '=') {
      letters--;
    }
    byte[] octets = new byte[letters * BITS_OF_A_LETTER / Byte.SIZE];
    int waiting = 0;
    int bits = 0;
    int next = 0;
    for (int i = 0; i < letters; i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        throw malformed(what);
      }
      waiting = (waiting << BITS_OF_A_LETTER) | value;
      bits += BITS_OF_A_LETTER;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        octets[next++] = (byte) (waiting >> bits);
        waiting &= (1 << bits) - 1;
      }
    }
    // Unused bits that are not zero, and padding that is missing or too much, show here.
    if (octets.length == 0 || !encodePadded(octets).equals(text)) {
      throw malformed(what);
    }
    return octets;
  }

  private static MalformedException malformed(String what) {
    return new MalformedException(what + " must be base32 in upper case with padding");
  }
}
