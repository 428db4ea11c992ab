package dev.pushgate.radius.upstream;

import dev.pushgate.radius.nas.Line;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A network on which nothing ever comes back, and a clock that is put forward by waiting. */
final class ClockedLines implements InstantSource, Line.Opener {
  static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private Instant now = START;
  private final List<Sent> sent = new ArrayList<>();
  private final Set<Integer> unreachable = new HashSet<>();

  /**
   * A datagram that was sent.
   *
   * @param after since the start
   */
  record Sent(int port, Duration after, String octets) {}

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Nobody listens there from now on. */
  void refuse(int port) {
    unreachable.add(port);
  }

  List<Sent> sent() {
    return sent;
  }

  @Override
  public Line to(InetSocketAddress server) {
    return new Line() {
      private boolean met;

      @Override
      public void send(byte[] datagram) {
        sent.add(
            new Sent(
                server.getPort(),
                Duration.between(START, now),
                HexFormat.of().formatHex(datagram)));
        met = unreachable.contains(server.getPort());
      }

      @Override
      public Optional<byte[]> receive(Duration atMost) throws PortUnreachableException {
        if (met) {
          met = false;
          throw new PortUnreachableException();
        }
        pass(atMost);
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
