package dev.pushgate.push.notifier.fcm;

import dev.pushgate.push.standin.StandInAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server that begins an answer and then goes on with one octet at a time for ever. */
final class TricklingServer implements AutoCloseable {
  private static final int MILLIS_BETWEEN_OCTETS = 50;

  private final SSLServerSocket socket;
  private final String start;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final CompletableFuture<Boolean> leftAlone = new CompletableFuture<>();

  /**
   * @param host name on its certificate
   * @param start what it begins with at once
   */
  TricklingServer(StandInAuthority authority, String host, String start) throws IOException {
    this.start = start;
    this.socket =
        (SSLServerSocket)
            authority
                .identity(host)
                .tls()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Completes when an answer has begun. */
  Future<Boolean> begun() {
    return begun;
  }

  /** Completes when the other side has closed a connection. */
  Future<Boolean> leftAlone() {
    return leftAlone;
  }

  private void accept() {
    try {
      while (true) {
        trickle((SSLSocket) socket.accept());
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void trickle(SSLSocket connection) {
    try {
      OutputStream out = connection.getOutputStream();
      out.write(start.getBytes(StandardCharsets.US_ASCII));
      begun.complete(true);
      var _ =
          threads.scheduleAtFixedRate(
              () -> octet(out),
              MILLIS_BETWEEN_OCTETS,
              MILLIS_BETWEEN_OCTETS,
              TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      // The handshake failed: the certificate is not for the name that was asked for.
    }
  }

  private void octet(OutputStream out) {
    try {
      out.write(' ');
    } catch (IOException e) {
      leftAlone.complete(true);
      throw new IllegalStateException("ends the schedule", e);
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    socket.close();
  }
}
