package dev.pushgate.radius.mschap;

/**
 * What a server that knows the password gives back to the user's side of MS-CHAPv2.
 *
 * <p>A secret until the login is accepted: it must not leave before the second factor is through.
 *
 * @param authenticatorResponse {@code S=} and 40 upper-case hex digits, by which the user's side
 *     knows the server (RFC 2759 section 5)
 * @param keys for the NAS to encrypt the session with
 */
public record ServerProof(String authenticatorResponse, SessionKeys keys) {

  @Override
  public String toString() {
    return "ServerProof[not shown]";
  }
}
