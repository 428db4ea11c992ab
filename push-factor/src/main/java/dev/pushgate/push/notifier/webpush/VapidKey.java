package dev.pushgate.push.notifier.webpush;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import dev.pushgate.push.signed.StrictBase64;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/**
 * The key pair on P-256 by which browsers' push services know this server (RFC 8292 section 2).
 *
 * <p>A browser subscribes with the public key, and from then on its push service takes messages for
 * that subscription from the owner of the private key alone.
 */
public final class VapidKey {
  private final ECPrivateKey privateKey;
  private final ECPublicKey publicKey;

  private VapidKey(ECPrivateKey privateKey, ECPublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** A new one. */
  public static VapidKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      return new VapidKey((ECPrivateKey) pair.getPrivate(), (ECPublicKey) pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256, without which no phone works", e);
    }
  }

  /**
   * Reads what {@link #privateKeyOctets} and {@link #publicKey} gave.
   *
   * @throws IllegalArgumentException when something else gave it; the text shows nothing of it
   */
  static VapidKey ofStored(byte[] privateKey, byte[] publicKey) {
    try {
      return new VapidKey(
          PrivateKeySources.ofPKCS8Bytes(privateKey).extract(),
          PublicKeySources.ofUncompressedBytes(publicKey).extract());
    } catch (RuntimeException e) {
      // Without the cause, whose text might show a part of the key.
      throw new IllegalArgumentException("not a key pair on P-256: " + e.getClass().getName());
    }
  }

  /**
   * The public key as browsers take it ({@code applicationServerKey}): base64url of the
   * uncompressed point, 87 characters.
   */
  public String publicKey() {
    return StrictBase64.encode(
        PublicKeySources.ofECPublicKey(publicKey).extractBytesInUncompressedForm());
  }

  /** The private key in PKCS#8. <b>A secret.</b> */
  byte[] privateKeyOctets() {
    return privateKey.getEncoded();
  }

  /** The same as the library takes it. */
  VAPIDKeyPair pair() {
    return VAPIDKeyPairs.of(
        PrivateKeySources.ofECPrivateKey(privateKey), PublicKeySources.ofECPublicKey(publicKey));
  }

  @Override
  public String toString() {
    return "VapidKey[not shown]";
  }
}
