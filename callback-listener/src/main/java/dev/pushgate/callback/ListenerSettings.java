package dev.pushgate.callback;

import dev.pushgate.callback.limit.Limits;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where and as what the listener serves.
 *
 * @param addresses local addresses to bind, as {@link AllowedInterfaces} found them; empty for all
 *     addresses of the machine, IPv4 and IPv6
 * @param port 1 to 65535, or 0 for any free one; the same on each address
 * @param baseAddress where phones reach the listener, from outside; its path, if any, is a prefix
 *     that a reverse proxy may or may not have taken off
 * @param service the name that the administrator gave this service
 * @param webPushKey the public VAPID key (RFC 8292, section 3.2) that browsers subscribe with, an
 *     uncompressed P-256 point in base64url without padding; empty where the server has no Web Push
 * @param limits what phones may ask of it
 */
public record ListenerSettings(
    List<InetAddress> addresses,
    int port,
    URI baseAddress,
    String service,
    Optional<String> webPushKey,
    Limits limits) {

  public ListenerSettings {
    addresses = List.copyOf(addresses);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /** Path of the base address without a slash at its end; empty where there is none. */
  String pathPrefix() {
    String path = baseAddress.getPath();
    return path == null ? "" : path.replaceFirst("/+$", "");
  }
}
