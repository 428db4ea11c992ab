package dev.pushgate.radius.mschap;

import org.jspecify.annotations.Nullable;

/**
 * What a server that knows the password gives back to the user's side of MS-CHAPv2.
 *
 * <p>A secret until the login is accepted: it must not leave before the second factor is through.
 *
 * @param authenticatorResponse {@code S=} and 40 upper-case hex digits, by which the user's side
 *     knows the server (RFC 2759 section 5)
 * @param keys for the NAS to encrypt the session with, or null where another server that knows the
 *     password has given none
 * @param encryption how the NAS is to encrypt; says nothing where there are no keys
 */
public record ServerProof(
    String authenticatorResponse, @Nullable SessionKeys keys, Encryption encryption) {

  /** With keys, and encryption as usual. */
  public ServerProof(String authenticatorResponse, SessionKeys keys) {
    this(authenticatorResponse, keys, Encryption.USUAL);
  }

  /**
   * How a NAS is to encrypt by MPPE (RFC 2548 sections 2.4.4 and 2.4.5).
   *
   * @param policy 1 where it may, 2 where it must
   * @param types bits of the key lengths that are allowed: 2 for 40 bits, 4 for 128
   */
  public record Encryption(int policy, int types) {
    /**
     * It may be used and need not; keys of 128 bits, and not those of 40 that anybody can guess.
     */
    public static final Encryption USUAL = new Encryption(1, 4);
  }

  @Override
  public String toString() {
    return "ServerProof[not shown]";
  }
}
