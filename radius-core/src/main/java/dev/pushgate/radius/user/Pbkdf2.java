package dev.pushgate.radius.user;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PBKDF2 hash (RFC 8018 section 5.2) with HMAC-SHA-256 or HMAC-SHA-512, as a PHC string {@code
 * $pbkdf2-sha256$i=…,l=…$salt$hash}, or as passlib writes it, {@code $pbkdf2-sha256$ITERATIONS$…}
 * with dots for plus signs.
 *
 * <p>Taken are 1000 iterations and more, up to 5,000,000 with SHA-256 and 2,000,000 with SHA-512,
 * so that no login takes more than some seconds; salts of 8 to 64 octets, and hashes from 16 octets
 * to what the digest has: a longer one would cost the server more and whoever guesses nothing.
 * Immutable.
 */
public final class Pbkdf2 implements StoredPassword {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$pbkdf2-sha(?<bits>256|512)\\$(?:i=)?(?<iterations>[1-9][0-9]{0,8})"
              + "(?:(?<=i=[0-9]{1,9}),l=(?<length>[1-9][0-9]?))?"
              + "\\$(?<salt>[A-Za-z0-9+./]+)\\$(?<hash>[A-Za-z0-9+./]+)");

  private static final int LEAST_ITERATIONS = 1000;
  private static final int SHORTEST_SALT = 8;
  private static final int LONGEST_SALT = 64;
  private static final int SHORTEST_HASH = 16;

  private final String text;
  private final Digest digest;
  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private Pbkdf2(String text, Digest digest, int iterations, byte[] salt, byte[] hash) {
    this.text = text;
    this.digest = digest;
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** What it hashes with. */
  enum Digest {
    SHA256(32, 600_000, 5_000_000, 36),
    SHA512(64, 220_000, 2_000_000, 139);

    private final int octets;
    private final int leastGood;
    private final int most;
    private final int costOfHundred;

    /**
     * @param leastGood iterations that OWASP asks for (Password Storage Cheat Sheet, 2025)
     * @param costOfHundred cost of a hundred iterations: 0.32 µs and 1.23 µs each, against
     *     argon2id's 0.88 µs there
     */
    Digest(int octets, int leastGood, int most, int costOfHundred) {
      this.octets = octets;
      this.leastGood = leastGood;
      this.most = most;
      this.costOfHundred = costOfHundred;
    }

    static Digest of(boolean is512) {
      return is512 ? SHA512 : SHA256;
    }

    /** How many iterations are enough. */
    int leastGood() {
      return leastGood;
    }

    private String scheme() {
      return this == SHA256 ? "pbkdf2-sha256" : "pbkdf2-sha512";
    }
  }

  static boolean isScheme(String value) {
    return value.startsWith("$pbkdf2-sha256$") || value.startsWith("$pbkdf2-sha512$");
  }

  static Parsed parse(String value) {
    Matcher phc = PHC.matcher(value);
    if (!phc.matches()) {
      return new Parsed.Unusable(
          "the value is not a whole " + value.substring(0, 15) + "i=…,l=…$salt$hash");
    }
    Digest digest = Digest.of(phc.group("bits").equals("512"));
    int iterations = Integer.parseInt(phc.group("iterations"));
    if (iterations < LEAST_ITERATIONS || iterations > digest.most) {
      return new Parsed.Unusable(
          digest.scheme()
              + " with "
              + iterations
              + " iterations is not between 1000 and "
              + digest.most);
    }
    Optional<byte[]> salt = octets(phc.group("salt"), SHORTEST_SALT, LONGEST_SALT);
    Optional<byte[]> hash = octets(phc.group("hash"), SHORTEST_HASH, digest.octets);
    String length = phc.group("length");
    if (salt.isEmpty()
        || hash.isEmpty()
        || (length != null && Integer.parseInt(length) != hash.get().length)) {
      return new Parsed.Unusable(
          "the salt (8 to 64 octets) or the hash (16 to "
              + digest.octets
              + " octets, and as many as l= says) behind $"
              + digest.scheme()
              + "$ is cut off or damaged");
    }
    return new Parsed.Stored(new Pbkdf2(value, digest, iterations, salt.get(), hash.get()));
  }

  private static Optional<byte[]> octets(String base64, int least, int most) {
    try {
      byte[] octets = Base64.getDecoder().decode(base64.replace('.', '+'));
      return octets.length < least || octets.length > most ? Optional.empty() : Optional.of(octets);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String scheme() {
    return digest.scheme();
  }

  @Override
  public boolean matchesText(byte[] utf8) {
    return MessageDigest.isEqual(hash, hashOf(utf8));
  }

  private byte[] hashOf(byte[] utf8) {
    char[] password = new String(utf8, StandardCharsets.UTF_8).toCharArray();
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, hash.length * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmac" + digest)
          .generateSecret(spec)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2 with " + digest, e);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public long cost() {
    return (long) iterations * digest.costOfHundred / 100;
  }

  @Override
  public StoredPassword decoy() {
    return new Pbkdf2("", digest, iterations, new byte[salt.length], new byte[hash.length]);
  }

  @Override
  public Optional<String> weakness() {
    return iterations < digest.leastGood
        ? Optional.of(
            scheme()
                + " with "
                + iterations
                + " iterations is weaker than with "
                + digest.leastGood)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "Pbkdf2[" + scheme() + ", iterations=" + iterations + "]";
  }
}
