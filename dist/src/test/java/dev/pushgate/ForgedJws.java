package dev.pushgate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Compact JWS of whatever text, which no library would make. */
final class ForgedJws {
  private ForgedJws() {}

  /** Signed as ES256 whatever the header says. */
  static String es256(PrivateKey key, String header, String payload) {
    return signed(key, "SHA256withECDSAinP1363Format", header, payload);
  }

  /** Signed by an algorithm of Java's. */
  static String signed(PrivateKey key, String algorithm, String header, String payload) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(signingInput(header, payload).getBytes(StandardCharsets.US_ASCII));
      return with(header, payload, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With these octets for a signature. */
  static String with(String header, String payload, byte[] signature) {
    return signingInput(header, payload) + "." + base64Url(signature);
  }

  static String signingInput(String header, String payload) {
    return base64Url(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64Url(payload.getBytes(StandardCharsets.UTF_8));
  }

  static String base64Url(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
