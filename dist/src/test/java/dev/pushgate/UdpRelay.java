package dev.pushgate;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a foreign program and Pushgate and passes every datagram on as it is, each source
 * port by a port of its own, so that a test can wait for what the program sends.
 */
final class UdpRelay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final InetSocketAddress server;
  private final DatagramSocket front;
  private final Map<SocketAddress, DatagramSocket> backs = new HashMap<>();
  private final List<DatagramSocket> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private UdpRelay(DatagramSocket front, InetSocketAddress server) {
    this.front = front;
    this.server = server;
    open.add(front);
  }

  /**
   * A relay in front of that server.
   *
   * @return one whose port has four digits: OpenVPN's radiusplugin reads no more of them
   */
  static UdpRelay to(InetSocketAddress server) throws IOException {
    UdpRelay relay = new UdpRelay(fourDigits(), server);
    Thread.ofVirtual().start(relay::passRequests);
    return relay;
  }

  private static DatagramSocket fourDigits() throws IOException {
    SplittableRandom random = new SplittableRandom();
    while (true) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), random.nextInt(2000, 10_000));
      try {
        return new DatagramSocket(address);
      } catch (BindException e) {
        // Somebody else's; there are enough.
      }
    }
  }

  int port() {
    return front.getLocalPort();
  }

  /** Waits until the program has sent that many requests since the start, copies counted. */
  void awaitRequests(int count) {
    await(count + " requests").atMost(PATIENCE).until(() -> requests.size() >= count);
  }

  /** Waits until the program has sent that many requests that differ from each other. */
  void awaitDifferentRequests(int count) {
    await(count + " different requests").atMost(PATIENCE).until(() -> differentRequests() >= count);
  }

  /** How many requests differ from each other. */
  long differentRequests() {
    return requests.stream().distinct().count();
  }

  private void passRequests() {
    pass(
        front,
        datagram -> {
          requests.add(HexFormat.of().formatHex(datagram.getData(), 0, datagram.getLength()));
          back(datagram.getSocketAddress())
              .send(new DatagramPacket(datagram.getData(), datagram.getLength(), server));
        });
  }

  private DatagramSocket back(SocketAddress program) throws SocketException {
    DatagramSocket known = backs.get(program);
    if (known != null) {
      return known;
    }
    DatagramSocket back =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    backs.put(program, back);
    open.add(back);
    Thread.ofVirtual()
        .start(
            () ->
                pass(
                    back,
                    reply ->
                        front.send(
                            new DatagramPacket(reply.getData(), reply.getLength(), program))));
    return back;
  }

  private interface Passing {
    void pass(DatagramPacket datagram) throws IOException;
  }

  private static void pass(DatagramSocket from, Passing passing) {
    byte[] octets = new byte[5000];
    try {
      while (true) {
        DatagramPacket datagram = new DatagramPacket(octets, octets.length);
        from.receive(datagram);
        datagram.setData(Arrays.copyOf(octets, datagram.getLength()));
        passing.pass(datagram);
      }
    } catch (IOException e) {
      // Closed at the end of the test.
      return;
    }
  }

  @Override
  public void close() {
    open.forEach(DatagramSocket::close);
  }
}
