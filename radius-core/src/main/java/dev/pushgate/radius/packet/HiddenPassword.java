package dev.pushgate.radius.packet;

import java.util.Arrays;

/** The User-Password attribute's hiding (RFC 2865 section 5.2). */
public final class HiddenPassword {
  /** Octets that are hidden at a time. */
  static final int BLOCK = 16;

  /** The longest hidden password, in octets. */
  public static final int MAX_LENGTH = 128;

  private HiddenPassword() {}

  /**
   * Whether a User-Password value can be one: at most 128 octets, a multiple of 16. None at all is
   * against RFC 2865, but what radcli makes of an empty password.
   */
  static boolean hasRightLength(byte[] hidden) {
    return hidden.length <= MAX_LENGTH && hidden.length % BLOCK == 0;
  }

  /**
   * Hides a password.
   *
   * @param password 0 to 128 octets
   * @param requestAuthenticator 16 octets
   * @return 16 to 128 octets, a multiple of 16
   */
  static byte[] hide(byte[] password, byte[] requestAuthenticator, SharedSecret secret) {
    if (password.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a password of " + password.length + " octets: RADIUS carries at most " + MAX_LENGTH);
    }
    int blocks = Math.max(1, (password.length + BLOCK - 1) / BLOCK);
    byte[] hidden = Arrays.copyOf(password, blocks * BLOCK);
    Xor.into(hidden, 0, secret.md5Before(requestAuthenticator, 0));
    for (int offset = BLOCK; offset < hidden.length; offset += BLOCK) {
      Xor.into(hidden, offset, secret.md5Before(hidden, offset - BLOCK));
    }
    return hidden;
  }

  /**
   * Reveals a password.
   *
   * @param hidden 0 to 128 octets, a multiple of 16; left as it is
   * @param requestAuthenticator 16 octets
   * @return the password without the NULs that pad it; may be empty
   */
  static byte[] reveal(byte[] hidden, byte[] requestAuthenticator, SharedSecret secret) {
    byte[] revealed = hidden.clone();
    if (revealed.length == 0) {
      return revealed;
    }
    Xor.into(revealed, 0, secret.md5Before(requestAuthenticator, 0));
    for (int offset = BLOCK; offset < revealed.length; offset += BLOCK) {
      Xor.into(revealed, offset, secret.md5Before(hidden, offset - BLOCK));
    }
    int length = revealed.length;
    while (length > 0 && revealed[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(revealed, length);
  }
}
