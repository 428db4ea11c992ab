package dev.pushgate.radius.login;

import dev.pushgate.radius.user.Password;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A password with a second factor typed behind it: {@code password,123456} or {@code
 * password,push}.
 *
 * <p>Whether it is one is told by the form of what stands behind the last comma: a code of 6 or 8
 * digits, {@code push} with or without the number of a device, or four groups of four letters and
 * digits, which are the codes on paper. A password that has a comma in it and goes on otherwise is
 * one as a whole.
 *
 * @param password what stands before the comma
 * @param appended what stands behind it; a secret
 */
record AppendedFactor(Password.Pap password, String appended) {
  private static final int LONGEST = 24;
  private static final Pattern FORM =
      Pattern.compile(
          "[0-9]{6}|[0-9]{8}|push ?[0-9]{0,2}|[a-z2-7]{4}(-[a-z2-7]{4}){3}",
          Pattern.CASE_INSENSITIVE);

  /** Splits what was typed; empty where nothing of this form stands behind a comma. */
  static Optional<AppendedFactor> of(Password.Pap typed) {
    byte[] octets = typed.octets();
    int comma = octets.length - 1;
    while (comma >= 0 && octets[comma] != ',') {
      comma--;
    }
    int length = octets.length - comma - 1;
    try {
      if (comma < 1 || length > LONGEST) {
        return Optional.empty();
      }
      String appended = new String(octets, comma + 1, length, StandardCharsets.US_ASCII).strip();
      return FORM.matcher(appended).matches()
          ? Optional.of(
              new AppendedFactor(new Password.Pap(Arrays.copyOf(octets, comma)), appended))
          : Optional.empty();
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "AppendedFactor[not shown]";
  }
}
