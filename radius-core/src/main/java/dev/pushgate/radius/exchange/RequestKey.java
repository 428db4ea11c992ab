package dev.pushgate.radius.exchange;

import java.nio.ByteBuffer;

/**
 * What makes two datagrams the same request (RFC 5080 section 2.2.2): all of it equal.
 *
 * @param slot where it came from and to, and its Identifier
 * @param authenticatorHigh first half of the Request Authenticator
 * @param authenticatorLow second half of the Request Authenticator
 */
public record RequestKey(Slot slot, long authenticatorHigh, long authenticatorLow) {

  /**
   * Makes a key.
   *
   * @param authenticator the Request Authenticator, 16 octets
   */
  public static RequestKey of(Slot slot, byte[] authenticator) {
    ByteBuffer halves = ByteBuffer.wrap(authenticator);
    return new RequestKey(slot, halves.getLong(), halves.getLong());
  }
}
