package dev.pushgate.radius.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Hands out one socket, which is connected already. */
final class ReadySocket extends SocketFactory {
  private final Socket socket;

  ReadySocket(Socket socket) {
    this.socket = socket;
  }

  /** Always fails, so that the library does not connect itself. */
  @Override
  public Socket createSocket() throws IOException {
    throw new IOException("there are only connected ones");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    return socket;
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    return socket;
  }
}
