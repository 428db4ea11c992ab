package dev.pushgate.push.device;

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
 * The text that lets one phone enrol for one user: 128 random bits as base32 (RFC 4648 section 6)
 * without padding, 26 characters, written in groups with hyphens between them.
 *
 * @param letters the 26 characters, upper case, without hyphens
 */
record EnrolmentCode(String letters) {
  private static final int OCTETS = 16;
  private static final Pattern TYPED = Pattern.compile("[A-Za-z2-7-]{26,64}");
  private static final Pattern LETTERS = Pattern.compile("[A-Z2-7]{26}");
  private static final int[] GROUPS = {5, 4, 4, 4, 4, 5};

  static EnrolmentCode random(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new EnrolmentCode(Base32.encode(octets));
  }

  /** Reads what a person typed or a phone scanned; lower case and missing hyphens do not matter. */
  static Optional<EnrolmentCode> ofTyped(String text) {
    if (!TYPED.matcher(text).matches()) {
      return Optional.empty();
    }
    String letters = text.replace("-", "").toUpperCase(Locale.ROOT);
    return LETTERS.matcher(letters).matches()
        ? Optional.of(new EnrolmentCode(letters))
        : Optional.empty();
  }

  /** As people read it, in groups. */
  String inGroups() {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int length : GROUPS) {
      text.append(from == 0 ? "" : "-").append(letters, from, from + length);
      from += length;
    }
    return text.toString();
  }

  /**
   * What is kept of it: SHA-256 in hex. A slow hash, as for passwords, would gain nothing: nobody
   * tries 2^128 codes, however fast each try is.
   */
  String hash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] octets = letters.getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(sha256.digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "EnrolmentCode[not shown]";
  }
}
