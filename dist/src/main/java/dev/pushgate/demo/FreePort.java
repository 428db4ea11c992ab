package dev.pushgate.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on which nobody listens at the moment. */
final class FreePort {
  private FreePort() {}

  /** The wanted UDP port if it is free or was asked for by number, else another. */
  static int udp(int wanted) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(wanted))) {
      return socket.getLocalPort();
    } catch (java.net.BindException taken) {
      return udp(0);
    }
  }

  /** The wanted TCP port if it is free, else another. */
  static int tcp(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(wanted));
      return socket.getLocalPort();
    } catch (java.net.BindException taken) {
      return tcp(0);
    }
  }
}
