package dev.pushgate.push.code;

/** Base32 without padding (RFC 4648 section 6), upper case. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  static String encode(byte[] octets) {
    StringBuilder letters = new StringBuilder();
    int waiting = 0;
    int bits = 0;
    for (byte octet : octets) {
      waiting = (waiting << Byte.SIZE) | (octet & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        letters.append(ALPHABET.charAt((waiting >> bits) & 0x1f));
      }
    }
    if (bits > 0) {
      letters.append(ALPHABET.charAt((waiting << (BITS - bits)) & 0x1f));
    }
    return letters.toString();
  }
}
