package dev.pushgate.radius.exchange;

import java.nio.ByteBuffer;

/** What makes two datagrams the same request (RFC 5080 section 2.2.2): all of it equal. */
public final class RequestKey {
  private final Slot slot;
  private final long authenticatorHigh;
  private final long authenticatorLow;

  /** Kept, since each key is looked up some ten times. */
  private final int hash;

  /**
   * @param slot where it came from and to, and its Identifier
   * @param authenticatorHigh first half of the Request Authenticator
   * @param authenticatorLow second half of the Request Authenticator
   */
  public RequestKey(Slot slot, long authenticatorHigh, long authenticatorLow) {
    this.slot = slot;
    this.authenticatorHigh = authenticatorHigh;
    this.authenticatorLow = authenticatorLow;
    this.hash =
        31 * (31 * slot.hashCode() + Long.hashCode(authenticatorHigh))
            + Long.hashCode(authenticatorLow);
  }

  /**
   * Makes a key.
   *
   * @param authenticator the Request Authenticator, 16 octets
   */
  public static RequestKey of(Slot slot, byte[] authenticator) {
    ByteBuffer halves = ByteBuffer.wrap(authenticator);
    return new RequestKey(slot, halves.getLong(), halves.getLong());
  }

  /** Where it came from and to, and its Identifier. */
  public Slot slot() {
    return slot;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestKey that
        && hash == that.hash
        && authenticatorHigh == that.authenticatorHigh
        && authenticatorLow == that.authenticatorLow
        && slot.equals(that.slot);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "RequestKey[" + slot + "]";
  }
}
