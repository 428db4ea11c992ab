package dev.pushgate.radius.upstream;

import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.packet.SharedSecret;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Another RADIUS server.
 *
 * @param address where it takes Access-Requests; resolved
 * @param secret shared with it
 * @param unsignedTaken whether its replies are taken without a Message-Authenticator, by which who
 *     sits in between can forge an Access-Accept (CVE-2024-3596)
 */
public record UpstreamServer(
    InetSocketAddress address, SharedSecret secret, boolean unsignedTaken) {

  public UpstreamServer {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(address + " is not resolved");
    }
  }

  /** One whose replies must have a Message-Authenticator. */
  public UpstreamServer(InetSocketAddress address, SharedSecret secret) {
    this(address, secret, false);
  }

  /** Address and port. */
  @Override
  public String toString() {
    String host = IpLiteral.text(address.getAddress());
    return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
