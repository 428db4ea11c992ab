package dev.pushgate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and passes octets on, until it is told to fall silent: then connections
 * stay open and nothing goes through, as behind a firewall that has forgotten them.
 */
final class TcpRelay implements AutoCloseable {
  private final int server;
  private final ServerSocket front;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean silent;
  private volatile boolean refusing;

  private TcpRelay(int server, ServerSocket front) {
    this.server = server;
    this.front = front;
  }

  /** Before that port of this machine. */
  static TcpRelay to(int server) throws IOException {
    TcpRelay relay =
        new TcpRelay(server, new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  int port() {
    return front.getLocalPort();
  }

  /** How many connections there have been. */
  int connections() {
    return connections.get();
  }

  /** How many connections are open now. */
  int openConnections() {
    return open.size() / 2;
  }

  /** Lets nothing through any more, or again for new connections. */
  void fallSilent(boolean whether) {
    silent = whether;
  }

  /** Ends the connections that there are. */
  void dropAll() {
    Set.copyOf(open).forEach(this::close);
  }

  /** Ends the connections that there are, and new ones as they come, as a server that restarts. */
  void refuseAll(boolean whether) {
    refusing = whether;
    if (whether) {
      dropAll();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = front.accept();
        connections.incrementAndGet();
        if (refusing) {
          client.close();
          continue;
        }
        try {
          Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
          open.add(client);
          open.add(behind);
          Thread.ofVirtual().start(() -> pass(client, behind));
          Thread.ofVirtual().start(() -> pass(behind, client));
        } catch (IOException e) {
          client.close();
        }
      }
    } catch (IOException e) {
      // Closed at the end of the test.
      return;
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] octets = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
        if (!silent) {
          out.write(octets, 0, read);
          out.flush();
        }
      }
    } catch (IOException e) {
      // One of the two has gone.
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    Set.copyOf(open).forEach(this::close);
  }
}
