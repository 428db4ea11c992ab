package dev.pushgate.radius.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection that does not show that it is one.
 *
 * <p>The library begins a handshake on each TLS socket that it gets. On one that is secured already
 * this is a renegotiation, or a change of keys, on which Samba hangs up or falls silent.
 */
final class SecuredSocket extends Socket {
  private final SSLSocket secured;

  /**
   * @param secured with its handshake behind it
   */
  SecuredSocket(SSLSocket secured) {
    this.secured = secured;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return secured.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return secured.getOutputStream();
  }

  @Override
  public void close() throws IOException {
    secured.close();
  }

  @Override
  public boolean isConnected() {
    return secured.isConnected();
  }

  @Override
  public boolean isClosed() {
    return secured.isClosed();
  }

  @Override
  public InetAddress getInetAddress() {
    return secured.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return secured.getLocalAddress();
  }

  @Override
  public int getPort() {
    return secured.getPort();
  }

  @Override
  public int getLocalPort() {
    return secured.getLocalPort();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    secured.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return secured.getSoTimeout();
  }

  @Override
  public void setKeepAlive(boolean on) throws SocketException {
    secured.setKeepAlive(on);
  }

  @Override
  public void setReuseAddress(boolean on) throws SocketException {
    secured.setReuseAddress(on);
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    secured.setSoLinger(on, seconds);
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    secured.setTcpNoDelay(on);
  }

  @Override
  public void setReceiveBufferSize(int size) throws SocketException {
    secured.setReceiveBufferSize(size);
  }

  @Override
  public void setSendBufferSize(int size) throws SocketException {
    secured.setSendBufferSize(size);
  }
}
