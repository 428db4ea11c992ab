package dev.pushgate.radius.user;

import dev.pushgate.radius.mschap.NtPasswordHash;
import dev.pushgate.radius.mschap.ServerProof;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An NT hash, {@code {NT}} and 32 hex digits: MD4 over the password in UTF-16LE (RFC 2759 section
 * 8.3).
 *
 * <p>What MS-CHAPv2 needs; as good as the password itself to whoever steals it. Immutable.
 */
public final class NtHash implements StoredPassword {
  static final String SCHEME = "{NT}";

  private final NtPasswordHash hash;

  private NtHash(NtPasswordHash hash) {
    this.hash = hash;
  }

  /**
   * The hash of a new password.
   *
   * @param utf8 the password; stays as it is
   */
  public static NtHash of(byte[] utf8) {
    return new NtHash(NtPasswordHash.of(utf8));
  }

  static Parsed parse(String value) {
    String digits = value.substring(SCHEME.length());
    if (!digits.matches("[0-9A-Fa-f]{32}")) {
      return new Parsed.Unusable("behind {NT} stand other than 32 hex digits");
    }
    NtPasswordHash hash = new NtPasswordHash(HexFormat.of().parseHex(digits));
    // PAP refuses an empty password before it is compared; MS-CHAPv2 does not show that it is one.
    return hash.equals(NtPasswordHash.of(new byte[0]))
        ? new Parsed.Unusable("behind {NT} stands the hash of the empty password")
        : new Parsed.Stored(new NtHash(hash));
  }

  @Override
  public String scheme() {
    return "NT";
  }

  @Override
  public boolean serves(PasswordMethod method) {
    return method != PasswordMethod.CHAP;
  }

  @Override
  public boolean matchesText(byte[] utf8) {
    return hash.equals(NtPasswordHash.of(utf8));
  }

  @Override
  public Optional<ServerProof> matches(Password.MsChap2 msChap2) {
    return msChap2.response().check(hash);
  }

  @Override
  public String text() {
    return SCHEME + hash.hex();
  }

  @Override
  public long cost() {
    return 1;
  }

  @Override
  public StoredPassword decoy() {
    return new NtHash(new NtPasswordHash(new byte[NtPasswordHash.LENGTH]));
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
