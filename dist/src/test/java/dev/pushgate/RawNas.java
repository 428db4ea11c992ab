package dev.pushgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A NAS of plain datagrams, on a socket of its own. */
final class RawNas implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DatagramSocket socket;

  RawNas(InetSocketAddress server) throws IOException {
    this(server, InetAddress.getLoopbackAddress());
  }

  /** A NAS that the server sees at that address. */
  RawNas(InetSocketAddress server, InetAddress own) throws IOException {
    this.socket = new DatagramSocket(new InetSocketAddress(own, 0));
    socket.connect(server);
  }

  RawNas send(RawRequest request) {
    byte[] octets = request.octets();
    try {
      socket.send(new DatagramPacket(octets, octets.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The next datagram as it comes, or nothing when none does in that time. */
  Optional<byte[]> receive(Duration atMost) {
    DatagramPacket datagram = new DatagramPacket(new byte[5000], 5000);
    try {
      socket.setSoTimeout((int) Math.max(1, atMost.toMillis()));
      socket.receive(datagram);
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(Arrays.copyOf(datagram.getData(), datagram.getLength()));
  }

  /** The next datagram, checked as the reply to that request. */
  CheckedReply reply(RawRequest to) {
    byte[] octets =
        receive(PATIENCE).orElseThrow(() -> new AssertionError("no reply in " + PATIENCE));
    return CheckedReply.of(octets, to);
  }

  /** Sends, and waits for the reply. */
  CheckedReply ask(RawRequest request) {
    return send(request).reply(request);
  }

  @Override
  public void close() {
    socket.close();
  }
}
