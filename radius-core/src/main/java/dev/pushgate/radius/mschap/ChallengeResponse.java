package dev.pushgate.radius.mschap;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** The three DES encryptions of a challenge that make a response (RFC 2759 section 8.5). */
final class ChallengeResponse {
  /** Octets of a response. */
  static final int LENGTH = 24;

  private static final int BLOCK = 8;

  /** Octets of a key before each seven bits are given a parity bit of their own. */
  private static final int KEY = 7;

  private ChallengeResponse() {}

  /**
   * The response to a challenge.
   *
   * @param challenge 8 octets
   */
  static byte[] of(byte[] challenge, NtPasswordHash hash) {
    byte[] keys = Arrays.copyOf(hash.octets(), LENGTH / BLOCK * KEY);
    byte[] response = new byte[LENGTH];
    for (int i = 0; i < LENGTH / BLOCK; i++) {
      DESEngine des = new DESEngine();
      des.init(true, new KeyParameter(spread(keys, i * KEY)));
      des.processBlock(challenge, 0, response, i * BLOCK);
    }
    Arrays.fill(keys, (byte) 0);
    return response;
  }

  /** Seven octets as eight, with their bits in the upper seven of each: DES ignores the parity. */
  private static byte[] spread(byte[] keys, int offset) {
    long bits = 0;
    for (int i = 0; i < KEY; i++) {
      bits = bits << 8 | (keys[offset + i] & 0xff);
    }
    byte[] spread = new byte[BLOCK];
    for (int i = BLOCK - 1; i >= 0; i--) {
      spread[i] = (byte) (bits << 1);
      bits >>>= KEY;
    }
    return spread;
  }
}
