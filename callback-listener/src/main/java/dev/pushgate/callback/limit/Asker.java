package dev.pushgate.callback.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import org.eclipse.jetty.server.Request;

/** By what those who ask are told apart. */
public final class Asker {
  private static final int IPV6_NETWORK_OCTETS = 8;

  private Asker() {}

  /** The address that a request comes from, as {@link Limits} means it. */
  public static String of(Request request) {
    return of(request.getConnectionMetaData().getRemoteSocketAddress());
  }

  static String of(SocketAddress remote) {
    InetAddress address = ((InetSocketAddress) remote).getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_OCTETS)
        : address.getHostAddress();
  }
}
