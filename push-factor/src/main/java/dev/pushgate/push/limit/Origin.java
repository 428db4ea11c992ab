package dev.pushgate.push.limit;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.client.UserAddress;
import dev.pushgate.radius.packet.UntrustedText;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a login comes from, as far as limits go: an IPv4 address, the /64 of an IPv6 one, or no
 * address at all at some client.
 *
 * @param text safe to show, of one line
 * @param isAddress whether it may become known as one of the user's; a client that tells no address
 *     is the same for everybody
 */
public record Origin(String text, boolean isAddress) {

  public Origin {
    if (text.isEmpty() || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("an origin is one line of text");
    }
  }

  /** The origin of a login. */
  public static Origin of(Login login) {
    return of(login.userIp(), login.client().name());
  }

  /**
   * The origin of what comes from some address at some client.
   *
   * @param address what the client tells, where that is an address
   * @param client name of the NAS
   */
  public static Origin of(Optional<InetAddress> address, String client) {
    return address
        .map(given -> new Origin(UserAddress.block(given), true))
        .orElseGet(() -> new Origin("no address at " + UntrustedText.shown(client), false));
  }
}
