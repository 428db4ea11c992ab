package dev.pushgate.radius.user;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * A bcrypt hash, {@code $2a$}, {@code $2b$} or {@code $2y$}, as htpasswd and PHP make them.
 *
 * <p>The three mean the same here: they differ in defects of programs that nobody runs any more.
 * bcrypt sees the first 72 octets of a password and no more. {@code htpasswd -B}, PHP and
 * crypt_blowfish cut a longer one without a word when they hash it, and again when they check it;
 * so does this class, or else a user whose longer password was hashed there could never log in.
 * Whoever knows the first 72 octets knows such a password, then. {@code pushgate passwd} makes
 * argon2id hashes, which have no such end. Immutable.
 */
public final class Bcrypt implements StoredPassword {
  // The last characters of salt and hash carry 2 and 4 bits: others there are a damage that would
  // let no password match.
  private static final Pattern CRYPT =
      Pattern.compile(
          "\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}"
              + "[.CGKOSWaeimquy26]");

  private static final int MOST_OCTETS = 72;
  private static final int LEAST_COST = 4;
  private static final int LEAST_GOOD_COST = 10;
  private static final int MOST_COST = 16;

  private final String text;
  private final int rounds;

  private Bcrypt(String text, int rounds) {
    this.text = text;
    this.rounds = rounds;
  }

  static boolean isScheme(String value) {
    return value.startsWith("$2a$") || value.startsWith("$2b$") || value.startsWith("$2y$");
  }

  static Parsed parse(String value) {
    Matcher crypt = CRYPT.matcher(value);
    if (!crypt.matches()) {
      return new Parsed.Unusable("the bcrypt hash is cut off or damaged: it has 60 characters");
    }
    int rounds = Integer.parseInt(crypt.group(1));
    if (rounds < LEAST_COST || rounds > MOST_COST) {
      return new Parsed.Unusable("bcrypt's cost " + rounds + " is not between 4 and 16");
    }
    return new Parsed.Stored(new Bcrypt(value, rounds));
  }

  @Override
  public String scheme() {
    return "bcrypt";
  }

  @Override
  public boolean matchesText(byte[] utf8) {
    return OpenBSDBCrypt.checkPassword(text, utf8);
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public long cost() {
    // 58 µs for each of the 2^cost rounds, against argon2id's 0.7 µs.
    return 80L << rounds;
  }

  @Override
  public StoredPassword decoy() {
    return new Bcrypt(text.substring(0, 7) + ".".repeat(53), rounds);
  }

  @Override
  public Optional<String> weakness() {
    return rounds < LEAST_GOOD_COST
        ? Optional.of("bcrypt with cost " + rounds + " is weaker than cost 10")
        : Optional.empty();
  }

  /** Not where it has seen only a part: what stands behind that may be anything. */
  @Override
  public boolean isOutgrown(byte[] utf8) {
    return utf8.length <= MOST_OCTETS && weakness().isPresent();
  }

  @Override
  public String toString() {
    return "Bcrypt[cost=" + rounds + "]";
  }
}
