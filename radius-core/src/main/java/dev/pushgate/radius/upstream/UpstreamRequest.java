package dev.pushgate.radius.upstream;

import dev.pushgate.radius.packet.SignedRequest;

/** What a server is asked. */
@FunctionalInterface
public interface UpstreamRequest {

  /**
   * Adds the attributes to an empty Access-Request, which is signed already. Called once for each
   * server, since each gets a packet of its own.
   */
  void addTo(SignedRequest packet);
}
