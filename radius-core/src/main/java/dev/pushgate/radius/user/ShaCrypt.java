package dev.pushgate.radius.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * A hash by crypt's SHA-256 ({@code $5$}) or SHA-512 ({@code $6$}), as {@code /etc/shadow} and
 * {@code openssl passwd} have them (Drepper, "Unix crypt using SHA-256 and SHA-512").
 *
 * <p>Taken are 1000 to 5,000,000 rounds, so that no login takes more than some seconds; 5000 are
 * meant where none are named. Immutable.
 */
public final class ShaCrypt implements StoredPassword {
  private static final Pattern CRYPT =
      Pattern.compile(
          "(?<salting>\\$(?<kind>[56])\\$(?:rounds=(?<rounds>[1-9][0-9]{0,8})\\$)?)"
              + "(?<salt>[./A-Za-z0-9]{1,16})\\$(?<hash>[./A-Za-z0-9]+)");

  /** The last character carries 4 bits of a hash of 256, and 2 of one of 512. */
  private static final Pattern HASH_256 = Pattern.compile("[./A-Za-z0-9]{42}[./0-9A-D]");

  /** See {@link #HASH_256}. */
  private static final Pattern HASH_512 = Pattern.compile("[./A-Za-z0-9]{85}[./01]");

  private static final int LEAST_ROUNDS = 1000;
  private static final int ROUNDS_BY_DEFAULT = 5000;
  private static final int MOST_ROUNDS = 5_000_000;

  private final boolean is512;
  private final int rounds;
  private final String salting;
  private final String salt;
  private final String hash;

  private ShaCrypt(boolean is512, int rounds, String salting, String salt, String hash) {
    this.is512 = is512;
    this.rounds = rounds;
    this.salting = salting;
    this.salt = salt;
    this.hash = hash;
  }

  static boolean isScheme(String value) {
    return value.startsWith("$5$") || value.startsWith("$6$");
  }

  static Parsed parse(String value) {
    Matcher crypt = CRYPT.matcher(value);
    if (!crypt.matches()) {
      return new Parsed.Unusable(
          "the value is not a whole "
              + value.substring(0, 3)
              + "salt$hash, perhaps with rounds=… before the salt, which has 1 to 16 characters");
    }
    boolean is512 = crypt.group("kind").equals("6");
    String hash = crypt.group("hash");
    if (!(is512 ? HASH_512 : HASH_256).matcher(hash).matches()) {
      return new Parsed.Unusable(
          "the "
              + scheme(is512)
              + " hash is cut off or damaged: it has "
              + (is512 ? 86 : 43)
              + " characters");
    }
    String given = crypt.group("rounds");
    int rounds = given == null ? ROUNDS_BY_DEFAULT : Integer.parseInt(given);
    if (rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) {
      return new Parsed.Unusable(
          scheme(is512) + " with " + rounds + " rounds is not between 1000 and 5000000");
    }
    return new Parsed.Stored(
        new ShaCrypt(is512, rounds, crypt.group("salting"), crypt.group("salt"), hash));
  }

  private static String scheme(boolean is512) {
    return is512 ? "sha512-crypt" : "sha256-crypt";
  }

  @Override
  public String scheme() {
    return scheme(is512);
  }

  @Override
  public boolean matchesText(byte[] utf8) {
    // It overwrites what it is given.
    byte[] copy = utf8.clone();
    String computed =
        is512
            ? Sha2Crypt.sha512Crypt(copy, salting + salt)
            : Sha2Crypt.sha256Crypt(copy, salting + salt);
    return MessageDigest.isEqual(
        computed.getBytes(StandardCharsets.US_ASCII), text().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String text() {
    return salting + salt + "$" + hash;
  }

  @Override
  public long cost() {
    // 0.34 µs (SHA-256) and 0.41 µs (SHA-512) for each round, against argon2id's 0.88 µs there.
    return rounds * (is512 ? 46L : 38L) / 100;
  }

  @Override
  public StoredPassword decoy() {
    return new ShaCrypt(
        is512, rounds, salting, ".".repeat(salt.length()), ".".repeat(hash.length()));
  }

  /** A round is not more work than an iteration of PBKDF2, for which OWASP has a number. */
  @Override
  public Optional<String> weakness() {
    int least = Pbkdf2.Digest.of(is512).leastGood();
    return rounds < least
        ? Optional.of(
            scheme()
                + " with "
                + rounds
                + " rounds is weaker than PBKDF2 with "
                + least
                + " iterations")
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "ShaCrypt[" + scheme() + ", rounds=" + rounds + "]";
  }
}
