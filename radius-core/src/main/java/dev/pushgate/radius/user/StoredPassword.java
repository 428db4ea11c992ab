package dev.pushgate.radius.user;

import dev.pushgate.radius.mschap.ServerProof;
import java.util.Optional;

/**
 * A password as a file keeps it: mostly a hash, by one of six schemes.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Comparing takes the same time for every wrong password of the same length, a response for
 * every wrong one, and {@code toString} shows neither password nor hash. Not guaranteed: that
 * {@link NtHash} or {@link Cleartext} withstand a thief of the file.
 */
public sealed interface StoredPassword
    permits Argon2id, Bcrypt, ShaCrypt, Pbkdf2, NtHash, Cleartext {

  /** What an administrator calls it: {@code bcrypt}, {@code NT}. */
  String scheme();

  /** Whether a password proved by this method can be held against it. */
  default boolean serves(PasswordMethod method) {
    return method == PasswordMethod.PAP;
  }

  /**
   * Whether the password is this one, in any reading of its octets that {@link PasswordReadings}
   * knows.
   *
   * @param octets as the client sent them; stays as it is
   */
  default boolean matches(byte[] octets) {
    return PasswordReadings.of(octets).stream().anyMatch(this::matchesText);
  }

  /**
   * Whether the password is this one.
   *
   * @param utf8 its octets in UTF-8, without a NUL; stays as it is
   */
  boolean matchesText(byte[] utf8);

  /** Whether this password made the response; never where CHAP cannot be served. */
  default boolean matches(Password.Chap chap) {
    return false;
  }

  /**
   * What a server that knows this password proves in turn, or nothing where the response was made
   * with another one or MS-CHAPv2 cannot be served.
   */
  default Optional<ServerProof> matches(Password.MsChap2 msChap2) {
    return Optional.empty();
  }

  /** As it stands in the file; a secret. */
  String text();

  /**
   * How long {@link #matchesText} takes: roughly the number of KiB that argon2id fills in that time
   * (0.7 µs each where it was measured), 0 for next to nothing.
   */
  long cost();

  /** One that costs the same to compare, and whose answer means nothing. */
  StoredPassword decoy();

  /** Why somebody who got hold of the file would find this one out too soon, or empty. */
  Optional<String> weakness();

  /**
   * Whether it should be stored anew, as {@link Argon2id#hash} does it, when the password is at
   * hand.
   *
   * @param utf8 the password, known to be right
   */
  default boolean isOutgrown(byte[] utf8) {
    return weakness().isPresent();
  }

  /**
   * Reads what stands in the file.
   *
   * @param value without the escapes of the file's syntax
   */
  static Parsed parse(String value) {
    if (value.startsWith(Argon2id.SCHEME)) {
      return Argon2id.parse(value);
    }
    if (Bcrypt.isScheme(value)) {
      return Bcrypt.parse(value);
    }
    if (ShaCrypt.isScheme(value)) {
      return ShaCrypt.parse(value);
    }
    if (Pbkdf2.isScheme(value)) {
      return Pbkdf2.parse(value);
    }
    if (value.startsWith(NtHash.SCHEME)) {
      return NtHash.parse(value);
    }
    if (value.startsWith(Cleartext.SCHEME)) {
      return Cleartext.parse(value);
    }
    return new Parsed.UnknownScheme();
  }

  /** What came of reading one. */
  sealed interface Parsed {

    /** It can be used. */
    record Stored(StoredPassword password) implements Parsed {}

    /**
     * Its scheme is known, but it cannot be used.
     *
     * @param what is wrong with it, showing nothing of password or hash
     */
    record Unusable(String what) implements Parsed {}

    /** Nothing says what it is; perhaps a bare password. */
    record UnknownScheme() implements Parsed {}
  }
}
