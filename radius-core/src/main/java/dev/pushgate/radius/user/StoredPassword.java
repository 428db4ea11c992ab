package dev.pushgate.radius.user;

import java.util.Optional;

/**
 * A password as a file keeps it: mostly a hash, by one of four schemes.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Comparing takes the same time for every wrong password of the same length, and {@code
 * toString} shows neither password nor hash. Not guaranteed: that {@link NtHash} or {@link
 * Cleartext} withstand a thief of the file.
 */
public sealed interface StoredPassword permits Argon2id, Bcrypt, NtHash, Cleartext {

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
