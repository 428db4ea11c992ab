package dev.pushgate.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on which nobody listens at the moment. */
public final class FreePort {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private FreePort() {}

  /** The wanted UDP port if it is free, else another. */
  public static int udp(int wanted) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, wanted))) {
      return socket.getLocalPort();
    } catch (BindException taken) {
      return udp(0);
    }
  }

  /** The wanted TCP port if it is free, else another. */
  public static int tcp(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, wanted));
      return socket.getLocalPort();
    } catch (BindException taken) {
      return tcp(0);
    }
  }
}
