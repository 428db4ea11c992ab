package dev.pushgate.radius.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * An NT hash, {@code {NT}} and 32 hex digits: MD4 over the password in UTF-16LE (RFC 2759 section
 * 8.3).
 *
 * <p>What MS-CHAPv2 needs; as good as the password itself to whoever steals it. Immutable.
 */
public final class NtHash implements StoredPassword {
  static final String SCHEME = "{NT}";

  private final byte[] hash;

  private NtHash(byte[] hash) {
    this.hash = hash;
  }

  static Parsed parse(String value) {
    String digits = value.substring(SCHEME.length());
    if (!digits.matches("[0-9A-Fa-f]{32}")) {
      return new Parsed.Unusable("behind {NT} stand other than 32 hex digits");
    }
    return new Parsed.Stored(new NtHash(HexFormat.of().parseHex(digits)));
  }

  @Override
  public boolean matchesText(byte[] utf8) {
    byte[] utf16 = new String(utf8, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
    MD4Digest md4 = new MD4Digest();
    md4.update(utf16, 0, utf16.length);
    Arrays.fill(utf16, (byte) 0);
    byte[] computed = new byte[md4.getDigestSize()];
    md4.doFinal(computed, 0);
    return MessageDigest.isEqual(hash, computed);
  }

  @Override
  public String text() {
    return SCHEME + HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
  }

  @Override
  public long cost() {
    return 1;
  }

  @Override
  public StoredPassword decoy() {
    return new NtHash(new byte[hash.length]);
  }

  /** Never: whoever writes an NT hash into the file needs it for MS-CHAPv2. */
  @Override
  public Optional<String> weakness() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "NtHash[not shown]";
  }
}
