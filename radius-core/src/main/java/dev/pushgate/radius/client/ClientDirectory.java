package dev.pushgate.radius.client;

import java.net.InetAddress;
import java.util.Optional;

/** Finds the client that a datagram comes from. Called for each datagram: must not block. */
@FunctionalInterface
public interface ClientDirectory {

  /** The client that has this source address, if any. */
  Optional<Client> find(InetAddress source);
}
