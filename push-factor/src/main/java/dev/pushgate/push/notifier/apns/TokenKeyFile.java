package dev.pushgate.push.notifier.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.nimbusds.jose.jwk.Curve;
import dev.pushgate.push.notifier.CredentialsException;
import dev.pushgate.push.notifier.CredentialsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the key for tokens that Apple gives out, and finds what is wrong with it. */
final class TokenKeyFile {
  private static final String WANTED = "the file AuthKey_….p8 from Apple's developer site";
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Z0-9]{10}");

  private TokenKeyFile() {}

  static ApnsSigningKey read(Path file, String keyId, String teamId) throws CredentialsException {
    requireIdentifier(
        keyId, "key", "Copy the Key ID from Certificates, Identifiers & Profiles > Keys");
    requireIdentifier(teamId, "team", "Copy the Team ID from Membership details");
    ECPrivateKey key = key(file);
    if (!Curve.P_256.equals(Curve.forECParameterSpec(key.getParams()))) {
      throw notSuchAKey(file);
    }
    try {
      return new ApnsSigningKey(keyId, teamId, key);
    } catch (GeneralSecurityException e) {
      throw notSuchAKey(file);
    }
  }

  private static void requireIdentifier(String text, String kind, String remedy)
      throws CredentialsException {
    if (!IDENTIFIER.matcher(text).matches()) {
      throw new CredentialsException("a " + kind + " id has 10 capital letters and digits", remedy);
    }
  }

  private static ECPrivateKey key(Path file) throws CredentialsException {
    String text = new String(CredentialsFile.read(file, WANTED), StandardCharsets.ISO_8859_1);
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw new CredentialsException(
          file + " has no private key as PEM in it (BEGIN PRIVATE KEY)",
          "Put " + WANTED + " there");
    }
    try {
      byte[] octets = Base64.getMimeDecoder().decode(pem.group(1));
      if (KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets))
          instanceof ECPrivateKey key) {
        return key;
      }
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      // Told below: what is wrong inside has parts of the key in it.
    }
    throw notSuchAKey(file);
  }

  private static CredentialsException notSuchAKey(Path file) {
    return new CredentialsException(
        "the private key in " + file + " is not one on the curve P-256",
        "Put " + WANTED + " there, unchanged");
  }
}
