package dev.pushgate.radius.user;

import dev.pushgate.radius.mschap.NtPasswordHash;
import dev.pushgate.radius.mschap.ServerProof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A password that is not hashed, {@code {CLEARTEXT}} and the password: CHAP needs it. Immutable.
 */
public final class Cleartext implements StoredPassword {
  static final String SCHEME = "{CLEARTEXT}";

  private final byte[] utf8;

  private Cleartext(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * A new password, not hashed.
   *
   * @param utf8 the password, not empty and without a NUL; copied
   */
  public static Cleartext of(byte[] utf8) {
    return new Cleartext(utf8.clone());
  }

  static Parsed parse(String value) {
    byte[] utf8 = value.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
    return new Password.Pap(utf8).isPossible()
        ? new Parsed.Stored(new Cleartext(utf8))
        : new Parsed.Unusable(
            "behind {CLEARTEXT} stands no password, or one with a NUL, which is always refused");
  }

  /**
   * A stand-in where no user has a password at all. It serves every method, and what it matches
   * means nothing.
   */
  static StoredPassword nothing() {
    return new Cleartext(new byte[0]);
  }

  @Override
  public String scheme() {
    return "clear-text";
  }

  @Override
  public boolean serves(PasswordMethod method) {
    return true;
  }

  @Override
  public boolean matchesText(byte[] given) {
    return MessageDigest.isEqual(given, utf8);
  }

  @Override
  public boolean matches(Password.Chap chap) {
    return PasswordReadings.spellings(utf8).stream().anyMatch(chap::isMadeWith);
  }

  /** Some clients hash the octets of UTF-8 as if each were a character; pppd is one of them. */
  @Override
  public Optional<ServerProof> matches(Password.MsChap2 msChap2) {
    return PasswordReadings.of(utf8).stream()
        .map(NtPasswordHash::of)
        .flatMap(hash -> msChap2.response().check(hash).stream())
        .findFirst();
  }

  @Override
  public String text() {
    return SCHEME + new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public long cost() {
    return 0;
  }

  @Override
  public StoredPassword decoy() {
    return nothing();
  }

  /** Never: the scheme must be written on purpose. */
  @Override
  public Optional<String> weakness() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "Cleartext[not shown]";
  }
}
