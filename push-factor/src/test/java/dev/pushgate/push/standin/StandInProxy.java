package dev.pushgate.push.standin;

import dev.pushgate.push.notifier.Uplink;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on loopback that takes CONNECT, and leads each name in the world to the server of
 * the test that stands in for it. It also makes trouble, as networks do.
 */
public final class StandInProxy implements AutoCloseable {
  private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String NOT_FOUND = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
  private static final int BUFFER_OCTETS = 16_384;

  private final ServerSocket socket;
  private final Map<String, InetSocketAddress> standIns = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Trouble trouble = Trouble.NONE;

  /** What becomes of new connections. */
  public enum Trouble {
    NONE,
    /** They are closed at once. */
    CLOSING,
    /** They are taken, and nothing is ever said on them. */
    SILENT,
    /** What is said on them is no HTTP. */
    GARBAGE
  }

  public StandInProxy() throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("stand-in-proxy").start(this::accept);
  }

  /** Leads a name to a server of the test. */
  public StandInProxy leads(String host, int port, InetSocketAddress to) {
    standIns.put(host + ":" + port, to);
    return this;
  }

  /** How a notifier gets to the world through this proxy, trusting the test's authority. */
  public Uplink uplink(StandInAuthority authority) {
    return new Uplink(Optional.of(address()), List.of(authority.certificate()));
  }

  /** Where it listens; not resolved. */
  public InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", socket.getLocalPort());
  }

  /** What was asked for, as {@code host:port}, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** What becomes of connections from now on. */
  public void makes(Trouble kind) {
    trouble = kind;
  }

  /** Cuts all connections that are open. */
  public void cut() {
    open.forEach(StandInProxy::close);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().name("stand-in-proxy-connection").start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client) {
      switch (trouble) {
        case NONE -> connect(client);
        case CLOSING -> {}
        case SILENT -> {
          var _ = client.getInputStream().readAllBytes();
        }
        case GARBAGE -> {
          client.getOutputStream().write(new byte[] {0, 1, 2, 3, 13, 10, 13, 10});
          client.getOutputStream().flush();
          var _ = client.getInputStream().read();
        }
      }
    } catch (IOException e) {
      // One of the two has gone, which is what the test wants or sees.
    } finally {
      open.remove(client);
    }
  }

  private void connect(Socket client) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    String[] request = line(in).split(" ", -1);
    while (!line(in).isEmpty()) {
      // Headers say nothing to us.
    }
    String name = request.length > 1 ? request[1] : "";
    asked.add(name);
    InetSocketAddress to = standIns.get(name);
    OutputStream out = client.getOutputStream();
    if (to == null) {
      out.write(NOT_FOUND.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    try (Socket server = new Socket(to.getAddress(), to.getPort())) {
      open.add(server);
      out.write(ESTABLISHED.getBytes(StandardCharsets.US_ASCII));
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      transfer(in, server.getOutputStream());
      server.shutdownOutput();
      back.join();
      open.remove(server);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      transfer(from.getInputStream(), to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(to);
    }
  }

  private static void transfer(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER_OCTETS];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      to.write(buffer, 0, read);
      to.flush();
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      if (octet != '\r') {
        line.append((char) octet);
      }
    }
    return line.toString();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as closed as can be.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as closed as can be.
    }
    cut();
  }
}
