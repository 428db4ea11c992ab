package dev.pushgate.demo;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Optional;

/** Which of this machine's addresses faces the network. */
final class DefaultRoute {
  // TEST-NET-1 (RFC 5737), on the discard port: asking the kernel for a route sends nothing.
  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9);

  private DefaultRoute() {}

  /** The address that packets to the world leave from; nothing where there is no such route. */
  static Optional<InetAddress> address() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(ANYWHERE);
      return Optional.of(socket.getLocalAddress()).filter(address -> !address.isAnyLocalAddress());
    } catch (SocketException | java.io.UncheckedIOException noRoute) {
      return Optional.empty();
    }
  }
}
