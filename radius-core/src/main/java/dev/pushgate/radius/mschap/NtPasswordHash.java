package dev.pushgate.radius.mschap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * MD4 over a password in UTF-16LE (RFC 2759 section 8.3): what MS-CHAPv2 knows of a password, and
 * as good as the password to whoever steals it.
 *
 * <p>Compares in constant time and prints nothing of itself. Immutable.
 */
public final class NtPasswordHash {
  /** Octets of a hash. */
  public static final int LENGTH = 16;

  private final byte[] octets;

  /**
   * @param octets 16 of them; copied
   */
  public NtPasswordHash(byte[] octets) {
    if (octets.length != LENGTH) {
      throw new IllegalArgumentException(
          "an NT hash of " + octets.length + " octets, not " + LENGTH);
    }
    this.octets = octets.clone();
  }

  /**
   * The hash of a password.
   *
   * @param utf8 the password; stays as it is
   */
  public static NtPasswordHash of(byte[] utf8) {
    byte[] utf16 = new String(utf8, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
    byte[] hash = md4(utf16);
    Arrays.fill(utf16, (byte) 0);
    return new NtPasswordHash(hash);
  }

  private static byte[] md4(byte[] octets) {
    MD4Digest md4 = new MD4Digest();
    md4.update(octets, 0, octets.length);
    byte[] hash = new byte[md4.getDigestSize()];
    md4.doFinal(hash, 0);
    return hash;
  }

  /** The hash as DES keys are cut from it. */
  byte[] octets() {
    return octets.clone();
  }

  /** MD4 over the hash (RFC 2759 section 8.4). */
  byte[] hashed() {
    return md4(octets);
  }

  /** As 32 upper-case hex digits; a secret. */
  public String hex() {
    return HexFormat.of().formatHex(octets).toUpperCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NtPasswordHash that && MessageDigest.isEqual(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return NtPasswordHash.class.hashCode();
  }

  @Override
  public String toString() {
    return "NtPasswordHash[not shown]";
  }
}
