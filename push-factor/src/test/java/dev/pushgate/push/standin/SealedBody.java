package dev.pushgate.push.standin;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The body of a push message, opened as a browser does: RFC 8188 (aes128gcm) with the keys of RFC
 * 8291, written from the two pages and with nothing of the library under test.
 */
public final class SealedBody {
  private static final int SALT_OCTETS = 16;
  private static final int HEADER_OCTETS = SALT_OCTETS + 4 + 1;
  private static final int POINT_OCTETS = 65;
  private static final int COORDINATE_OCTETS = 32;
  private static final int KEY_OCTETS = 16;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final byte LAST_RECORD = 2;

  private final byte[] salt;
  private final int recordSize;
  private final byte[] sender;
  private final byte[] record;

  /**
   * @throws GeneralSecurityException when it is no message of one record (RFC 8291 section 4)
   */
  public SealedBody(byte[] body) throws GeneralSecurityException {
    if (body.length < HEADER_OCTETS + POINT_OCTETS || body[HEADER_OCTETS - 1] != POINT_OCTETS) {
      throw new GeneralSecurityException("no header with the sender's point in it");
    }
    salt = Arrays.copyOf(body, SALT_OCTETS);
    recordSize = ByteBuffer.wrap(body).getInt(SALT_OCTETS);
    sender = Arrays.copyOfRange(body, HEADER_OCTETS, HEADER_OCTETS + POINT_OCTETS);
    record = Arrays.copyOfRange(body, HEADER_OCTETS + POINT_OCTETS, body.length);
    if (recordSize <= record.length) {
      // "greater than the sum of the lengths of the plaintext, the padding delimiter, any padding,
      // and the authentication tag"
      throw new GeneralSecurityException("record size " + recordSize + " of " + record.length);
    }
  }

  /**
   * What was sealed.
   *
   * @param key of the browser
   * @param point of the browser: its public key, uncompressed
   * @param auth the browser's secret of 16 octets
   * @throws GeneralSecurityException when it was sealed for somebody else, or altered
   */
  public byte[] open(PrivateKey key, byte[] point, byte[] auth) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(publicKey(sender), true);
    byte[] combined =
        expand(
            hmac(auth, agreement.generateSecret()),
            joined("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), point, sender),
            32);
    byte[] pseudoRandom = hmac(salt, combined);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(
            expand(pseudoRandom, label("Content-Encoding: aes128gcm"), KEY_OCTETS), "AES"),
        new GCMParameterSpec(
            TAG_BITS, expand(pseudoRandom, label("Content-Encoding: nonce"), NONCE_OCTETS)));
    return withoutPadding(cipher.doFinal(record));
  }

  private static byte[] withoutPadding(byte[] opened) throws GeneralSecurityException {
    int end = opened.length - 1;
    while (end >= 0 && opened[end] == 0) {
      end--;
    }
    if (end < 0 || opened[end] != LAST_RECORD) {
      throw new GeneralSecurityException("no delimiter of a last record");
    }
    return Arrays.copyOf(opened, end);
  }

  private static byte[] label(String text) {
    return (text + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /** HKDF-Expand of RFC 5869, for no more than one block. */
  private static byte[] expand(byte[] key, byte[] info, int octets)
      throws GeneralSecurityException {
    return Arrays.copyOf(hmac(key, joined(info, new byte[] {1})), octets);
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  /** A point on P-256 in its uncompressed form. */
  static byte[] point(ECPublicKey key) {
    return joined(
        new byte[] {4}, coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] octets = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_OCTETS];
    int length = Math.min(octets.length, COORDINATE_OCTETS);
    System.arraycopy(octets, octets.length - length, fixed, COORDINATE_OCTETS - length, length);
    return fixed;
  }

  static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
    if (point.length != POINT_OCTETS || point[0] != 4) {
      throw new GeneralSecurityException("not an uncompressed point");
    }
    ECPoint affine =
        new ECPoint(
            new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_OCTETS)),
            new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_OCTETS, POINT_OCTETS)));
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(affine, curve()));
  }

  static PrivateKey privateKey(byte[] scalar) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, scalar), curve()));
  }

  private static ECParameterSpec curve() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }
}
