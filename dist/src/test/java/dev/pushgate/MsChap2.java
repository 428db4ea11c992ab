package dev.pushgate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.DESKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * The response of MS-CHAPv2, put together by hand from RFC 2759 and RFC 2548 section 2.3.2, so that
 * what the server makes of it is not judged by the server's own code.
 */
final class MsChap2 {
  private static final byte[] IDENT_AND_FLAGS = {1, 0};
  private static final byte[] RESERVED = new byte[8];

  private MsChap2() {}

  /**
   * The value of the attribute MS-CHAP2-Response, 50 octets.
   *
   * @param challenge of the NAS, 16 octets
   * @param peerChallenge of the user's computer, 16 octets
   */
  static byte[] response(String user, String password, byte[] challenge, byte[] peerChallenge) {
    try {
      byte[] name = user.getBytes(StandardCharsets.UTF_8);
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(RawRequest.joined(peerChallenge, challenge, name));
      byte[] ntResponse = challengeResponse(Arrays.copyOf(hash, 8), ntPasswordHash(password));
      return RawRequest.joined(IDENT_AND_FLAGS, peerChallenge, RESERVED, ntResponse);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ntPasswordHash(String password) {
    byte[] unicode = password.getBytes(StandardCharsets.UTF_16LE);
    MD4Digest md4 = new MD4Digest();
    md4.update(unicode, 0, unicode.length);
    byte[] hash = new byte[16];
    md4.doFinal(hash, 0);
    return hash;
  }

  private static byte[] challengeResponse(byte[] challenge, byte[] passwordHash)
      throws GeneralSecurityException {
    byte[] keys = Arrays.copyOf(passwordHash, 21);
    return RawRequest.joined(
        des(Arrays.copyOfRange(keys, 0, 7), challenge),
        des(Arrays.copyOfRange(keys, 7, 14), challenge),
        des(Arrays.copyOfRange(keys, 14, 21), challenge));
  }

  private static byte[] des(byte[] sevenOctets, byte[] clear) throws GeneralSecurityException {
    byte[] key = new byte[8];
    for (int i = 0; i < 8; i++) {
      int left = i == 0 ? 0 : sevenOctets[i - 1] & 0xff;
      int right = i == 7 ? 0 : sevenOctets[i] & 0xff;
      key[i] = (byte) ((left << (8 - i) | right >> i) & 0xfe);
    }
    Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance("DES").generateSecret(new DESKeySpec(key)));
    return cipher.doFinal(clear);
  }
}
