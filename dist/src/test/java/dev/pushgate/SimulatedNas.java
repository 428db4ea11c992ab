package dev.pushgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A NAS on loopback: its addresses and ports, what it has sent from them, and what came back. Every
 * reply is checked octet by octet as the reply to the request that it answers.
 */
final class SimulatedNas implements AutoCloseable {
  private final List<InetAddress> own;
  private final List<InetSocketAddress> servers;
  private final Map<String, DatagramSocket> sockets = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<String> strayReplies = new ArrayList<>();

  /** A request that has been sent at least once. */
  final class Request {
    private final DatagramSocket socket;
    private final RawRequest packet;
    private final byte[] octets;
    private final List<CheckedReply> replies = new ArrayList<>();

    private Request(DatagramSocket socket, RawRequest packet) {
      this.socket = socket;
      this.packet = packet;
      this.octets = packet.octets();
    }

    /** Sends it, or sends it once more. */
    void sendTo(int server) {
      try {
        socket.send(new DatagramPacket(octets, octets.length, servers.get(server - 1)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The first reply that came. */
    Optional<CheckedReply> reply() {
      synchronized (SimulatedNas.this) {
        return replies.stream().findFirst();
      }
    }

    /** How many different replies came; more than one is a fault of the server. */
    int differentReplies() {
      synchronized (SimulatedNas.this) {
        return (int)
            replies.stream().map(reply -> Arrays.hashCode(reply.octets())).distinct().count();
      }
    }

    private boolean takes(DatagramSocket receiver, byte[] datagram) {
      if (receiver != socket || (datagram[1] & 0xff) != packet.identifier()) {
        return false;
      }
      try {
        replies.add(CheckedReply.of(datagram, packet));
        return true;
      } catch (AssertionError e) {
        return false; // the reply to another request of the same Identifier
      }
    }
  }

  /**
   * A NAS without any socket yet.
   *
   * @param own its addresses, the first of which is number 1
   * @param servers addresses of the server, the first of which is number 1
   */
  SimulatedNas(List<InetAddress> own, List<InetSocketAddress> servers) {
    this.own = own;
    this.servers = servers;
  }

  /**
   * A request that has not been sent yet.
   *
   * @param from number of the address that it leaves by
   * @param port name of the source port that it leaves by
   */
  synchronized Request request(int from, String port, RawRequest packet) {
    DatagramSocket socket =
        sockets.computeIfAbsent(from + "/" + port, name -> open(name, own.get(from - 1)));
    Request request = new Request(socket, packet);
    requests.add(request);
    return request;
  }

  private DatagramSocket open(String name, InetAddress address) {
    try {
      DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
      Thread.ofVirtual().name("nas-" + name).start(() -> receive(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(DatagramSocket socket) {
    byte[] buffer = new byte[5000];
    while (!socket.isClosed()) {
      DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(datagram);
        take(socket, Arrays.copyOf(buffer, datagram.getLength()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private synchronized void take(DatagramSocket socket, byte[] datagram) {
    if (requests.stream().noneMatch(request -> request.takes(socket, datagram))) {
      strayReplies.add(HexFormat.of().formatHex(datagram));
    }
    notifyAll();
  }

  /** Waits for a reply to that request, until that moment of {@link System#nanoTime}. */
  synchronized Optional<CheckedReply> awaitReply(Request request, long end)
      throws InterruptedException {
    while (request.reply().isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
    return request.reply();
  }

  /** Replies that are no right reply to anything it has sent. */
  synchronized List<String> strayReplies() {
    return List.copyOf(strayReplies);
  }

  @Override
  public synchronized void close() {
    sockets.values().forEach(DatagramSocket::close);
  }
}
