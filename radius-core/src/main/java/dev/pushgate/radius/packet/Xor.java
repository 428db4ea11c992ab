package dev.pushgate.radius.packet;

/** How RADIUS hides: an exclusive or with a digest. */
final class Xor {
  private Xor() {}

  /** Changes as many octets as the mask has. */
  static void into(byte[] octets, int offset, byte[] mask) {
    for (int i = 0; i < mask.length; i++) {
      octets[offset + i] ^= mask[i];
    }
  }
}
