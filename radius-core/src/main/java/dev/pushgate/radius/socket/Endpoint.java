package dev.pushgate.radius.socket;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Address and port, told apart from the same ones on another link: interfaces often share their
 * link-local IPv6 address (VLANs do), and an {@link InetSocketAddress} takes them for equal.
 *
 * @param address as the system knows it
 * @param zone number of the interface of a link-local address, 0 for all others
 */
public record Endpoint(InetSocketAddress address, int zone) {

  /** What this address and port stand for. */
  public static Endpoint of(InetSocketAddress address) {
    return new Endpoint(
        address,
        address.getAddress() instanceof Inet6Address six && six.isLinkLocalAddress()
            ? six.getScopeId()
            : 0);
  }
}
