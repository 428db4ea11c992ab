package dev.pushgate.push.notifier.webpush;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host; {@link InetAddress#getAllByName} is one. May block. */
@FunctionalInterface
interface HostLookup {

  /**
   * @param host a name
   * @return at least one
   */
  InetAddress[] addresses(String host) throws UnknownHostException;
}
