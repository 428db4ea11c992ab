package dev.pushgate.radius.user;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An argon2id hash (RFC 9106) as a PHC string, {@code $argon2id$v=19$m=…,t=…,p=…$salt$tag}.
 *
 * <p>Taken are memory up to 1 GiB, memory times passes up to 4 GiB, 1 to 64 lanes, salts of 8 to 64
 * octets and tags of 16 to 64: enough for what RFC 9106 and OWASP recommend on a server, and no
 * login then takes more than some seconds. Immutable.
 */
public final class Argon2id implements StoredPassword {
  static final String SCHEME = "$argon2id$";

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,9}),t=([1-9][0-9]{0,9}),p=([1-9][0-9]{0,9})"
              // Whoever decodes them looks at the characters; a class of them here is slow.
              + "\\$([^$=]+)\\$([^$=]+)");

  private static final int MEMORY = 19456;
  private static final int PASSES = 2;

  private static final long MOST_MEMORY = 1 << 20;
  private static final long MOST_WORK = 4 << 20;
  private static final int MOST_LANES = 64;
  private static final int LONGEST = 64;

  /** The least of OWASP's equivalent choices, m=7168,t=5 (Password Storage Cheat Sheet). */
  private static final long LEAST_MEMORY = 7168;

  private static final long LEAST_WORK = LEAST_MEMORY * 5;

  private final int memory;
  private final int passes;
  private final int lanes;
  private final byte[] salt;
  private final byte[] tag;

  private Argon2id(int memory, int passes, int lanes, byte[] salt, byte[] tag) {
    this.memory = memory;
    this.passes = passes;
    this.lanes = lanes;
    this.salt = salt;
    this.tag = tag;
  }

  /**
   * Hashes a new password with m=19456, t=2, p=1, a salt of 16 octets and a tag of 32: OWASP's
   * choice for servers, about 30 ms on one core.
   *
   * @param password 1 to 128 octets in UTF-8 and no NUL; stays as it is
   * @throws IllegalArgumentException for another; {@link #objectionTo} tells before
   */
  public static Argon2id hash(char[] password, SecureRandom random) {
    objectionTo(password)
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException(objection);
            });
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    byte[] utf8 = utf8(password).orElseThrow();
    Argon2id empty = new Argon2id(MEMORY, PASSES, 1, salt, new byte[32]);
    byte[] tag = empty.tagOf(utf8);
    Arrays.fill(utf8, (byte) 0);
    return new Argon2id(empty.memory, empty.passes, empty.lanes, salt, tag);
  }

  /**
   * What speaks against a new password, to be shown to whoever typed it; empty when nothing does.
   * Only what RADIUS cannot carry is refused (RFC 2865 section 5.2).
   */
  public static Optional<String> objectionTo(char[] password) {
    Optional<byte[]> utf8 = utf8(password);
    if (utf8.isEmpty()) {
      return Optional.of("a password must not hold half of a character");
    }
    byte[] octets = utf8.get();
    int length = octets.length;
    boolean impossible = !new Password.Pap(octets).isPossible();
    Arrays.fill(octets, (byte) 0);
    if (impossible) {
      return Optional.of("a password must not be empty and must not hold a NUL");
    }
    return length > 128
        ? Optional.of("a password has at most 128 octets in UTF-8, this one " + length)
        : Optional.empty();
  }

  private static Optional<byte[]> utf8(char[] password) {
    try {
      var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password));
      byte[] octets = new byte[encoded.remaining()];
      encoded.get(octets);
      encoded.clear().put(new byte[encoded.capacity()]);
      return Optional.of(octets);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static Parsed parse(String value) {
    Matcher phc = PHC.matcher(value);
    if (!phc.matches()) {
      return new Parsed.Unusable("the value is not a whole $argon2id$v=19$m=…,t=…,p=…$salt$hash");
    }
    long memory = Long.parseLong(phc.group(1));
    long passes = Long.parseLong(phc.group(2));
    long lanes = Long.parseLong(phc.group(3));
    String parameters = "m=" + memory + ",t=" + passes + ",p=" + lanes;
    if (memory > MOST_MEMORY || memory * passes > MOST_WORK || lanes > MOST_LANES) {
      return new Parsed.Unusable(
          "argon2id with " + parameters + " costs more than m=1048576,t=4,p=64");
    }
    if (memory < 8 * lanes) {
      return new Parsed.Unusable(
          "argon2id with " + parameters + " has less than 8 KiB of memory for each lane");
    }
    Optional<byte[]> salt = octets(phc.group(4), 8);
    Optional<byte[]> tag = octets(phc.group(5), 16);
    if (salt.isEmpty() || tag.isEmpty()) {
      return new Parsed.Unusable(
          "the salt (8 to 64 octets) or the hash (16 to 64 octets) behind $argon2id$ is cut off or"
              + " damaged");
    }
    return new Parsed.Stored(
        new Argon2id((int) memory, (int) passes, (int) lanes, salt.get(), tag.get()));
  }

  private static Optional<byte[]> octets(String base64, int least) {
    try {
      byte[] octets = Base64.getDecoder().decode(base64);
      return octets.length < least || octets.length > LONGEST
          ? Optional.empty()
          : Optional.of(octets);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String scheme() {
    return "argon2id";
  }

  @Override
  public boolean matchesText(byte[] utf8) {
    return MessageDigest.isEqual(tag, tagOf(utf8));
  }

  private byte[] tagOf(byte[] utf8) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] computed = new byte[tag.length];
    generator.generateBytes(utf8, computed);
    return computed;
  }

  @Override
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return SCHEME
        + "v=19$"
        + parameters()
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(tag);
  }

  private String parameters() {
    return "m=" + memory + ",t=" + passes + ",p=" + lanes;
  }

  @Override
  public long cost() {
    return (long) memory * passes;
  }

  @Override
  public StoredPassword decoy() {
    return new Argon2id(memory, passes, lanes, new byte[salt.length], new byte[tag.length]);
  }

  @Override
  public Optional<String> weakness() {
    return memory < LEAST_MEMORY || cost() < LEAST_WORK
        ? Optional.of("argon2id with " + parameters() + " is weaker than m=7168,t=5,p=1")
        : Optional.empty();
  }

  @Override
  public boolean isOutgrown(byte[] utf8) {
    return cost() < (long) MEMORY * PASSES || weakness().isPresent();
  }

  @Override
  public String toString() {
    return "Argon2id[" + parameters() + "]";
  }
}
