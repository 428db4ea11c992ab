package dev.pushgate.push.code;

import java.time.Duration;

/**
 * How an app computes its codes (RFC 6238).
 *
 * @param algorithm of the HMAC
 * @param digits 6 or 8
 * @param step how long a code is shown, 30 s or 60 s
 */
public record TotpSettings(Algorithm algorithm, int digits, Duration step) {
  /** What every authenticator app can do. */
  public static final TotpSettings USUAL =
      new TotpSettings(Algorithm.SHA1, 6, Duration.ofSeconds(30));

  /** The hash within the HMAC. */
  public enum Algorithm {
    SHA1("HmacSHA1", 20),
    SHA256("HmacSHA256", 32);

    private final String javaName;
    private final int secretOctets;

    Algorithm(String javaName, int secretOctets) {
      this.javaName = javaName;
      this.secretOctets = secretOctets;
    }

    String javaName() {
      return javaName;
    }

    /** As long as the hash, as RFC 4226 section 4 (R6) recommends. */
    int secretOctets() {
      return secretOctets;
    }
  }

  public TotpSettings {
    if (digits != 6 && digits != 8) {
      throw new IllegalArgumentException("a code has 6 or 8 digits, not " + digits);
    }
    if (step.toSeconds() != 30 && step.toSeconds() != 60) {
      throw new IllegalArgumentException("a code is shown for 30 s or 60 s, not " + step);
    }
  }
}
