package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app: reads the address that a command prints, and computes codes. */
public record TotpApp(String algorithm, int digits, int step, SecretKeySpec secret) {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final Pattern URL =
      Pattern.compile(
          "otpauth://totp/Test%20VPN:[a-z0-9]+\\?secret=([A-Z2-7]+)&issuer=Test%20VPN"
              + "&algorithm=(SHA[0-9]+)&digits=([0-9])&period=([0-9]+)");

  static TotpApp scanning(PushgateProcess.Result enrolled) {
    return scanning(enrolled.out().getLast());
  }

  /**
   * @param url {@code otpauth://totp/…}
   */
  public static TotpApp scanning(String url) {
    Matcher parts = URL.matcher(url);
    assertThat(parts.matches()).as(url).isTrue();
    String algorithm = "Hmac" + parts.group(2);
    return new TotpApp(
        algorithm,
        Integer.parseInt(parts.group(3)),
        Integer.parseInt(parts.group(4)),
        new SecretKeySpec(octets(parts.group(1)), algorithm));
  }

  private static byte[] octets(String base32) {
    BigInteger bits = BigInteger.ONE;
    for (int i = 0; i < base32.length(); i++) {
      bits = bits.shiftLeft(5).add(BigInteger.valueOf(LETTERS.indexOf(base32.charAt(i))));
    }
    // The one before them keeps zeros at the beginning.
    byte[] withOne = bits.shiftRight(base32.length() * 5 % 8).toByteArray();
    return Arrays.copyOfRange(withOne, withOne.length - base32.length() * 5 / 8, withOne.length);
  }

  /** The code that it shows now. */
  public String code() throws GeneralSecurityException {
    return code(Instant.now());
  }

  /** The code that it shows, or will show, at that time. */
  public String code(Instant at) throws GeneralSecurityException {
    return new TimeBasedOneTimePasswordGenerator(Duration.ofSeconds(step), digits, algorithm)
        .generateOneTimePasswordString(secret, at);
  }
}
