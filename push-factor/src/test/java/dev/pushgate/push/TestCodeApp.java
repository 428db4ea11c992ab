package dev.pushgate.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app: reads the URL and computes by the library alone. */
public record TestCodeApp(SecretKeySpec secret, TimeBasedOneTimePasswordGenerator generator) {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  public static TestCodeApp scanning(String url) {
    Matcher parts =
        Pattern.compile(
                "otpauth://totp/[^?]+\\?secret=([A-Z2-7]+)&issuer=[^&]+&algorithm=(SHA[0-9]+)"
                    + "&digits=([0-9])&period=([0-9]+)")
            .matcher(url);
    assertThat(parts.matches()).as(url).isTrue();
    String algorithm = "Hmac" + parts.group(2);
    return new TestCodeApp(
        new SecretKeySpec(octets(parts.group(1)), algorithm),
        new TimeBasedOneTimePasswordGenerator(
            Duration.ofSeconds(Long.parseLong(parts.group(4))),
            Integer.parseInt(parts.group(3)),
            algorithm));
  }

  private static byte[] octets(String base32) {
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < base32.length(); i++) {
      bits = bits.shiftLeft(5).add(BigInteger.valueOf(LETTERS.indexOf(base32.charAt(i))));
    }
    int octets = base32.length() * 5 / 8;
    byte[] value = bits.shiftRight(base32.length() * 5 - octets * 8).toByteArray();
    byte[] all = new byte[octets];
    int length = Math.min(octets, value.length);
    System.arraycopy(value, value.length - length, all, octets - length, length);
    return all;
  }

  public String at(Instant time) {
    try {
      return generator.generateOneTimePasswordString(secret, time);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
