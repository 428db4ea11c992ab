package dev.pushgate.push.signed;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The public RSA key of a device that privacyIDEA Authenticator has made.
 *
 * @param modulus odd, 2048 to 8192 bits
 * @param exponent odd, 65537 (as NIST SP 800-56B section 6.2 has it) or more, 64 bits at most
 */
public record RsaKey(BigInteger modulus, BigInteger exponent) implements DeviceKey {
  /** Of a modulus, in bits. */
  public static final int LEAST_BITS = 2048;

  /** Of a modulus, in bits: a larger one would cost much time at each check. */
  public static final int MOST_BITS = 8192;

  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);
  private static final int MOST_EXPONENT_BITS = 64;

  /**
   * @throws IllegalArgumentException when the numbers are not as said above
   */
  public RsaKey {
    if (modulus.signum() <= 0
        || modulus.bitLength() < LEAST_BITS
        || modulus.bitLength() > MOST_BITS
        || !modulus.testBit(0)
        || exponent.compareTo(LEAST_EXPONENT) < 0
        || exponent.bitLength() > MOST_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new IllegalArgumentException(
          "an RSA key has an odd modulus of 2048 to 8192 bits and an odd exponent of 65537 or more");
    }
  }

  /** The same key as Java's cryptography has it. */
  public static RsaKey of(RSAPublicKey key) {
    return new RsaKey(key.getModulus(), key.getPublicExponent());
  }

  /**
   * Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1) in base64 with padding (RFC 4648 section
   * 4).
   *
   * @throws MalformedException when it is anything but the one DER spelling of an RSA key that is
   *     taken
   */
  public static RsaKey ofSubjectPublicKeyInfo(String base64) throws MalformedException {
    try {
      byte[] octets = Base64.getDecoder().decode(base64);
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(octets));
      if (key instanceof RSAPublicKey rsa
          && Arrays.equals(key.getEncoded(), octets)
          && Base64.getEncoder().encodeToString(octets).equals(base64)) {
        return of(rsa);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Told below, without what the message holds.
    }
    throw new MalformedException(
        "'pubkey' must be base64 of an RSA key of 2048 to 8192 bits with a usual exponent");
  }

  static RsaKey of(JsonMembers jwk) throws MalformedException {
    try {
      return new RsaKey(number(jwk, "n"), number(jwk, "e"));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("'jwk' must be an RSA key of 2048 to 8192 bits");
    }
  }

  private static BigInteger number(JsonMembers jwk, String name) throws MalformedException {
    return new BigInteger(1, StrictBase64.decode(jwk.text(name), "'" + name + "' in 'jwk'"));
  }

  @Override
  public String jwk() {
    return "{\"e\":\"" + text(exponent) + "\",\"kty\":\"RSA\",\"n\":\"" + text(modulus) + "\"}";
  }

  private static String text(BigInteger number) {
    byte[] octets = number.toByteArray();
    return StrictBase64.encode(
        octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets);
  }

  /**
   * Whether the holder of this key has signed those octets by RSASSA-PKCS1-v1_5 with SHA-256 (RFC
   * 8017 section 8.2).
   */
  public boolean hasSigned(byte[] octets, byte[] signature) {
    if (signature.length != (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
      check.update(octets);
      return check.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA256withRSA", e);
    }
  }
}
