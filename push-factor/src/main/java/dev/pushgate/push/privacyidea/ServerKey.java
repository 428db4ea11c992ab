package dev.pushgate.push.privacyidea;

import dev.pushgate.push.signed.Base32;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;

/** The RSA key pair by which privacyIDEA Authenticator knows this server. */
final class ServerKey {
  private static final int BITS = 3072;
  private static final int DER_INTEGER = 0x02;
  private static final int DER_SEQUENCE = 0x30;
  private static final int SHORT_LENGTHS = 0x80;

  private final RSAPrivateCrtKey key;

  private ServerKey(RSAPrivateCrtKey key) {
    this.key = key;
  }

  /** A new one; takes up to some seconds. */
  static ServerKey random(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(BITS, RSAKeyGenParameterSpec.F4), random);
      return new ServerKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw noRsa(e);
    }
  }

  /**
   * Reads what {@link #toStored} wrote.
   *
   * @throws IllegalArgumentException when something else wrote it
   */
  static ServerKey ofStored(String base64) {
    try {
      byte[] octets = Base64.getDecoder().decode(base64);
      return new ServerKey(
          (RSAPrivateCrtKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(octets)));
    } catch (GeneralSecurityException e) {
      // Without the cause, which might quote the key.
      throw new IllegalArgumentException("the stored key for privacyIDEA Authenticator is damaged");
    }
  }

  /** The private key as PKCS#8 in base64: a secret. */
  String toStored() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** The public key as the app reads it: base64 of an RSAPublicKey in DER (RFC 8017 A.1.1). */
  String publicKey() {
    ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    writeInteger(numbers, key.getModulus());
    writeInteger(numbers, key.getPublicExponent());
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    write(der, DER_SEQUENCE, numbers.toByteArray());
    return Base64.getEncoder().encodeToString(der.toByteArray());
  }

  /** RSASSA-PKCS1-v1_5 with SHA-256 over the UTF-8 of the text, in base32. */
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base32.encodePadded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw noRsa(e);
    }
  }

  private static void writeInteger(ByteArrayOutputStream to, BigInteger number) {
    write(to, DER_INTEGER, number.toByteArray());
  }

  /** Tag, length (ITU-T X.690 section 10.1) and contents. */
  private static void write(ByteArrayOutputStream to, int tag, byte[] contents) {
    to.write(tag);
    if (contents.length < SHORT_LENGTHS) {
      to.write(contents.length);
    } else {
      byte[] length = BigInteger.valueOf(contents.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      to.write(SHORT_LENGTHS | (length.length - from));
      to.write(length, from, length.length - from);
    }
    to.writeBytes(contents);
  }

  private static IllegalStateException noRsa(GeneralSecurityException e) {
    return new IllegalStateException("this Java has no RSA", e);
  }

  @Override
  public String toString() {
    return "ServerKey[not shown]";
  }
}
