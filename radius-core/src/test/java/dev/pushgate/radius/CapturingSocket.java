package dev.pushgate.radius;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A socket that is on no network: what is sent by it is kept. */
final class CapturingSocket extends DatagramSocket {
  private final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
  private int arrivals;

  CapturingSocket() throws SocketException {
    super((SocketAddress) null);
  }

  /**
   * Seems to be another socket from now on, so that no earlier request is retransmitted by chance.
   */
  void becomeAnother() {
    arrivals++;
  }

  BlockingQueue<byte[]> sent() {
    return sent;
  }

  @Override
  public void send(DatagramPacket datagram) {
    sent.add(
        Arrays.copyOfRange(
            datagram.getData(), datagram.getOffset(), datagram.getOffset() + datagram.getLength()));
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    byte[] address = {127, (byte) (arrivals >> 16), (byte) (arrivals >> 8), (byte) arrivals};
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), 1 + (arrivals >> 24 & 0xff));
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
