package dev.pushgate.push.code;

import dev.pushgate.push.signed.Base32;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A code that people write down or read out: 80 random bits as base32 (RFC 4648 section 6).
 *
 * @param letters 16 letters and digits, upper case, without hyphens
 */
public record WrittenCode(String letters) {
  private static final int OCTETS = 10;
  private static final int GROUP = 4;
  private static final Pattern TYPED = Pattern.compile("[A-Za-z2-7-]{16,24}");
  private static final Pattern LETTERS = Pattern.compile("[A-Z2-7]{16}");

  /** A new one. */
  public static WrittenCode random(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new WrittenCode(Base32.encode(octets));
  }

  /** Reads what a person typed: any text; lower case and missing hyphens do not matter. */
  public static Optional<WrittenCode> ofTyped(String text) {
    if (!TYPED.matcher(text).matches()) {
      return Optional.empty();
    }
    String letters = text.replace("-", "").toUpperCase(Locale.ROOT);
    return LETTERS.matcher(letters).matches()
        ? Optional.of(new WrittenCode(letters))
        : Optional.empty();
  }

  /** As people read it, in groups of four. */
  public String inGroups() {
    return letters.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
  }

  /**
   * What is kept of it: SHA-256 in hex, of the code as that user's. A slow hash would gain nothing:
   * nobody tries 2^80 codes.
   *
   * @param user canonical name
   */
  public String hash(String user) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      // Letters come first and are always as many, so that no two pairs are one text.
      return HexFormat.of()
          .formatHex(sha256.digest((letters + user).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "WrittenCode[not shown]";
  }
}
