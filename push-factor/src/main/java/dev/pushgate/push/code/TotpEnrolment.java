package dev.pushgate.push.code;

import dev.pushgate.push.signed.Base32;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What an authenticator app scans to compute codes for a user. Holds the secret.
 *
 * @param id 22 characters of base64url, by which the generator is known
 * @param url the {@code otpauth://totp/…} address
 */
public record TotpEnrolment(String id, String url) {

  static TotpEnrolment of(
      String id, String service, String user, byte[] secret, TotpSettings settings) {
    String issuer = quoted(service);
    return new TotpEnrolment(
        id,
        "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=%s&digits=%d&period=%d"
            .formatted(
                issuer,
                quoted(user),
                Base32.encode(secret),
                issuer,
                settings.algorithm(),
                settings.digits(),
                settings.step().toSeconds()));
  }

  private static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "TotpEnrolment[" + id + "]";
  }
}
