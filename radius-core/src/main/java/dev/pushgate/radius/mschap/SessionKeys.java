package dev.pushgate.radius.mschap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The two keys of 128 bits that MPPE starts with, named as the NAS sees them (RFC 3079 section
 * 3.4).
 *
 * <p>Prints nothing of itself. Immutable.
 */
public final class SessionKeys {
  private static final int LENGTH = 16;

  private static final byte[] MASTER = ascii("This is the MPPE Master Key");
  private static final byte[] SERVER_RECEIVES =
      ascii("On the client side, this is the send key; on the server side, it is the receive key.");
  private static final byte[] SERVER_SENDS =
      ascii("On the client side, this is the receive key; on the server side, it is the send key.");

  private static final byte[] PAD_1 = new byte[40];
  private static final byte[] PAD_2 = filled(40, 0xf2);

  private final byte[] send;
  private final byte[] receive;

  /**
   * @param send for what the NAS sends to the user; copied
   * @param receive for what the NAS receives; copied
   */
  public SessionKeys(byte[] send, byte[] receive) {
    this.send = send.clone();
    this.receive = receive.clone();
  }

  static SessionKeys derive(NtPasswordHash password, byte[] ntResponse) {
    byte[] master = masterKey(password, ntResponse);
    return new SessionKeys(startKey(master, SERVER_SENDS), startKey(master, SERVER_RECEIVES));
  }

  /** GetMasterKey (RFC 3079 section 3.4). */
  static byte[] masterKey(NtPasswordHash password, byte[] ntResponse) {
    return Arrays.copyOf(Sha1.over(password.hashed(), ntResponse, MASTER), LENGTH);
  }

  /** GetAsymmetricStartKey (RFC 3079 section 3.4). */
  private static byte[] startKey(byte[] masterKey, byte[] direction) {
    return Arrays.copyOf(Sha1.over(masterKey, PAD_1, direction, PAD_2), LENGTH);
  }

  /** For what the NAS sends to the user; a secret. */
  public byte[] send() {
    return send.clone();
  }

  /** For what the NAS receives from the user; a secret. */
  public byte[] receive() {
    return receive.clone();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] filled(int length, int octet) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) octet);
    return octets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionKeys that
        && MessageDigest.isEqual(send, that.send)
        && MessageDigest.isEqual(receive, that.receive);
  }

  @Override
  public int hashCode() {
    return SessionKeys.class.hashCode();
  }

  @Override
  public String toString() {
    return "SessionKeys[not shown]";
  }
}
