package dev.pushgate.radius.socket;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns wildcards into the addresses that this host has at the moment. */
final class LocalAddresses {
  private LocalAddresses() {}

  /** The addresses to bind for these: wildcards replaced, all others as they are. */
  static Set<Endpoint> behind(Collection<InetSocketAddress> listen) throws SocketException {
    Set<Endpoint> addresses = new LinkedHashSet<>();
    for (InetSocketAddress wanted : listen) {
      if (wanted.getAddress().isAnyLocalAddress()) {
        for (InetAddress local : all()) {
          if (isSameFamily(local, wanted.getAddress())) {
            addresses.add(Endpoint.of(new InetSocketAddress(local, wanted.getPort())));
          }
        }
      } else {
        addresses.add(Endpoint.of(wanted));
      }
    }
    return addresses;
  }

  private static List<InetAddress> all() throws SocketException {
    List<InetAddress> addresses = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()) {
        each.inetAddresses().forEach(addresses::add);
      }
    }
    return addresses;
  }

  private static boolean isSameFamily(InetAddress one, InetAddress other) {
    return one instanceof Inet4Address == other instanceof Inet4Address;
  }
}
