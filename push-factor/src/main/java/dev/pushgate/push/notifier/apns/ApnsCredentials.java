package dev.pushgate.push.notifier.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.pushgate.push.notifier.CredentialsException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * What Apple knows us by: a key that signs tokens, or a certificate for TLS. Read in full and
 * checked before there is one. No {@code toString} shows any of it.
 */
public sealed interface ApnsCredentials {

  /** A key for tokens: serves all apps of a team, and does not expire. */
  record TokenKey(ApnsSigningKey key) implements ApnsCredentials {
    @Override
    public String toString() {
      return "TokenKey[not shown]";
    }
  }

  /** A certificate for TLS: serves one app, for about a year. */
  record Certificate(X509Certificate certificate, PrivateKey key) implements ApnsCredentials {
    @Override
    public String toString() {
      return "Certificate[not shown]";
    }
  }

  /**
   * Reads a key for tokens.
   *
   * @param p8 the file {@code AuthKey_….p8} as Apple gives it out: a P-256 key, PKCS#8 in PEM
   * @param keyId identifier of the key: 10 capital letters and digits
   * @param teamId identifier of the team that it belongs to: 10 capital letters and digits
   * @throws CredentialsException when the file is missing, cannot be read or is no such key, or an
   *     identifier cannot be one
   */
  static ApnsCredentials tokenKey(Path p8, String keyId, String teamId)
      throws CredentialsException {
    return new TokenKey(TokenKeyFile.read(p8, keyId, teamId));
  }

  /**
   * Reads a certificate with its key.
   *
   * @param p12 a file in the form of PKCS#12, with one private key in it
   * @param password of the file and the key in it; left as it is
   * @param now when the certificate has to be valid
   * @throws CredentialsException when the file is missing, cannot be read or opened with the
   *     password, or has no certificate with a key in it that is valid now
   */
  static ApnsCredentials certificate(Path p12, char[] password, Instant now)
      throws CredentialsException {
    return CertificateFile.read(p12, password, now);
  }
}
