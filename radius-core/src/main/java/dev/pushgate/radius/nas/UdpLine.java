package dev.pushgate.radius.nas;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.tinyradius.packet.RadiusPacket;

/**
 * A UDP socket of its own, on a port that the system picks, connected: datagrams of others do not
 * get in.
 */
public final class UdpLine implements Line {
  private final DatagramSocket socket;
  private final byte[] buffer = new byte[RadiusPacket.MAX_PACKET_LENGTH];

  /**
   * Opens a socket.
   *
   * @throws IOException when none can be had
   */
  public UdpLine(InetSocketAddress server) throws IOException {
    this.socket = new DatagramSocket();
    try {
      socket.connect(server);
    } catch (SocketException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void send(byte[] datagram) throws IOException, InterruptedException {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length));
    } catch (IOException e) {
      throw unlessInterrupted(e);
    }
  }

  @Override
  public Optional<byte[]> receive(Duration atMost) throws IOException, InterruptedException {
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    try {
      socket.setSoTimeout(Math.clamp(atMost.toMillis(), 1, Integer.MAX_VALUE));
      socket.receive(datagram);
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unlessInterrupted(e);
    }
    return Optional.of(Arrays.copyOf(buffer, datagram.getLength()));
  }

  /** Interrupting a virtual thread that waits at a socket closes that. */
  private static IOException unlessInterrupted(IOException e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return e;
  }

  /** The address and port that the server sees. */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  @Override
  public void close() {
    socket.close();
  }
}
