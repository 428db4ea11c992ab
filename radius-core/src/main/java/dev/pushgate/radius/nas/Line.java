package dev.pushgate.radius.nas;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A way to one RADIUS server and back. For one thread at a time, but for {@link #close}, which any
 * thread may call and which ends a wait.
 */
public interface Line extends AutoCloseable {

  /**
   * Sends a datagram.
   *
   * @throws java.net.PortUnreachableException when an earlier one met a port that nobody listens on
   * @throws IOException when the line is closed or broken
   * @throws InterruptedException when the thread was interrupted, which closes the line
   */
  void send(byte[] datagram) throws IOException, InterruptedException;

  /**
   * Waits for a datagram, whatever it holds.
   *
   * @param atMost how long; a positive time
   * @return empty when none came
   * @throws java.net.PortUnreachableException when ICMP says that nobody listens on that port
   * @throws IOException when the line is closed or broken
   * @throws InterruptedException when the thread was interrupted, which closes the line
   */
  Optional<byte[]> receive(Duration atMost) throws IOException, InterruptedException;

  @Override
  void close();

  /** Opens lines. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens one.
     *
     * @throws IOException when no socket can be had
     */
    Line to(InetSocketAddress server) throws IOException;
  }
}
