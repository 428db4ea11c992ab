package dev.pushgate.radius.upstream;

import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.SharedSecret;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.tinyradius.packet.RadiusPacket;

/** A RADIUS server on loopback that does what the test says. */
public final class StandInServer implements AutoCloseable {
  public static final SharedSecret SECRET = SharedSecret.of("secret of the upstream");

  private final DatagramSocket socket;
  private final InetSocketAddress address;
  private final Thread thread;
  private final List<String> datagrams = new CopyOnWriteArrayList<>();
  private final List<ReceivedPacket> requests = new CopyOnWriteArrayList<>();
  private volatile Function<ReceivedPacket, List<byte[]>> behaviour;

  private StandInServer(int port, Function<ReceivedPacket, List<byte[]>> behaviour)
      throws IOException {
    this.behaviour = behaviour;
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    this.address = (InetSocketAddress) socket.getLocalSocketAddress();
    this.thread = Thread.ofVirtual().start(this::serve);
  }

  /** One that answers each datagram by these. */
  public static StandInServer behaving(Function<ReceivedPacket, List<byte[]>> behaviour)
      throws IOException {
    return new StandInServer(0, behaviour);
  }

  /** The same on the port of one that has been closed. */
  public static StandInServer on(int port, Function<ReceivedPacket, List<byte[]>> behaviour)
      throws IOException {
    return new StandInServer(port, behaviour);
  }

  /** One that says nothing. */
  static StandInServer silent() throws IOException {
    return behaving(_ -> List.of());
  }

  /** One that accepts everything, Status-Server included. */
  static StandInServer accepting() throws IOException {
    return behaving(StandInServer::accept);
  }

  static List<byte[]> accept(ReceivedPacket request) {
    return List.of(reply(RadiusPacket.ACCESS_ACCEPT, request).encode());
  }

  public static Reply reply(int code, ReceivedPacket request) {
    return new Reply(code, request, SECRET);
  }

  /** Behaves otherwise from now on. */
  public void behave(Function<ReceivedPacket, List<byte[]>> other) {
    behaviour = other;
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (true) {
      try {
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        socket.receive(datagram);
        if (PacketDecoder.decodeRequest(buffer, datagram.getLength(), SECRET)
            instanceof Decoded.Packet(ReceivedPacket request)) {
          datagrams.add(HexFormat.of().formatHex(Arrays.copyOf(buffer, datagram.getLength())));
          requests.add(request);
          for (byte[] reply : behaviour.apply(request)) {
            socket.send(new DatagramPacket(reply, reply.length, datagram.getSocketAddress()));
          }
        }
      } catch (IOException e) {
        // The client's port may have been closed.
        if (socket.isClosed()) {
          return;
        }
      }
    }
  }

  /** The Access-Requests that have come, retransmissions included. */
  public List<ReceivedPacket> requests() {
    return requests.stream()
        .filter(each -> each.getPacketType() == RadiusPacket.ACCESS_REQUEST)
        .toList();
  }

  /** Every datagram that has come, in hexadecimal. */
  List<String> datagrams() {
    return List.copyOf(datagrams);
  }

  public InetSocketAddress address() {
    return address;
  }

  /** As a client knows it. */
  public UpstreamServer server() {
    return new UpstreamServer(address(), SECRET);
  }

  /** Frees the port, before its time; it is free only once nobody waits at it. */
  public void stop() {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
