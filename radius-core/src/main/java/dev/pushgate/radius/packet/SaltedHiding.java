package dev.pushgate.radius.packet;

import java.util.Arrays;
import java.util.Optional;

/** The hiding of keys in a reply, with a salt (RFC 2548 section 2.4.2). */
final class SaltedHiding {
  /** Octets of a salt. */
  static final int SALT = 2;

  private static final int BLOCK = 16;

  private SaltedHiding() {}

  /**
   * Hides a key.
   *
   * @param key 0 to 239 octets
   * @param salt 2 octets, the top bit set; must differ within a packet
   * @param requestAuthenticator 16 octets
   * @return the salt, then a multiple of 16 octets
   */
  static byte[] hide(byte[] key, byte[] salt, byte[] requestAuthenticator, SharedSecret secret) {
    if (key.length > 239) {
      throw new IllegalArgumentException(
          "a key of " + key.length + " octets: RADIUS carries at most 239");
    }
    byte[] hidden = new byte[SALT + (1 + key.length + BLOCK - 1) / BLOCK * BLOCK];
    System.arraycopy(salt, 0, hidden, 0, SALT);
    hidden[SALT] = (byte) key.length;
    System.arraycopy(key, 0, hidden, SALT + 1, key.length);
    byte[] mask = secret.md5Before(requestAuthenticator, salt);
    for (int offset = SALT; offset < hidden.length; offset += BLOCK) {
      Xor.into(hidden, offset, mask);
      mask = secret.md5Before(Arrays.copyOfRange(hidden, offset, offset + BLOCK));
    }
    return hidden;
  }

  /**
   * Reveals a key.
   *
   * @param hidden the salt and what follows; left as it is
   * @return the key, or nothing where its length is not possible
   */
  static Optional<byte[]> reveal(byte[] hidden, byte[] requestAuthenticator, SharedSecret secret) {
    if (hidden.length < SALT + BLOCK || (hidden.length - SALT) % BLOCK != 0) {
      return Optional.empty();
    }
    byte[] revealed = hidden.clone();
    byte[] mask = secret.md5Before(requestAuthenticator, Arrays.copyOf(hidden, SALT));
    for (int offset = SALT; offset < revealed.length; offset += BLOCK) {
      Xor.into(revealed, offset, mask);
      mask = secret.md5Before(Arrays.copyOfRange(hidden, offset, offset + BLOCK));
    }
    int end = SALT + 1 + (revealed[SALT] & 0xff);
    return end > revealed.length
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(revealed, SALT + 1, end));
  }
}
