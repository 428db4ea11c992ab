package dev.pushgate.push.privacyidea;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.signed.Base32;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What the app calls a challenge: its identifier and 112 bits of its nonce in one, so that an
 * answer finds its challenge also when that is over. 30 octets are 48 letters of base32, which need
 * no padding.
 */
final class Nonce {
  private static final int ID_OCTETS = 16;
  private static final int OCTETS = 30;

  private Nonce() {}

  static String of(Challenge challenge) {
    try {
      byte[] nonce = Arrays.copyOf(StrictBase64.decode(challenge.id(), "a challenge's id"), OCTETS);
      byte[] secret = StrictBase64.decode(challenge.nonce(), "a challenge's nonce");
      System.arraycopy(secret, 0, nonce, ID_OCTETS, OCTETS - ID_OCTETS);
      return Base32.encode(nonce);
    } catch (MalformedException e) {
      throw new IllegalStateException("a challenge has an identifier and nonce of base64url", e);
    }
  }

  /**
   * The identifier of the challenge that the nonce is for, if there is one.
   *
   * @throws MalformedException when it is no base32 of 30 octets
   */
  static String challenge(String nonce) throws MalformedException {
    byte[] octets = Base32.decodePadded(nonce, "'nonce'");
    if (octets.length != OCTETS) {
      throw new MalformedException("'nonce' must be as it was given");
    }
    return StrictBase64.encode(Arrays.copyOf(octets, ID_OCTETS));
  }

  static boolean belongsTo(String nonce, Challenge challenge) {
    return MessageDigest.isEqual(
        of(challenge).getBytes(StandardCharsets.US_ASCII),
        nonce.getBytes(StandardCharsets.US_ASCII));
  }
}
