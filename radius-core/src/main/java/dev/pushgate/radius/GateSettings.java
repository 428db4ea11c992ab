package dev.pushgate.radius;

import dev.pushgate.radius.exchange.Exchanges;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a {@link RadiusGate} listens and what it bears.
 *
 * @param listen where Access-Requests come in; port 0 takes a free one; a wildcard address stands
 *     for every local address of its family
 * @param accounting where Accounting-Requests come in, likewise; empty for no accounting
 * @param rejectDelay how long after receipt a Reject for a wrong password leaves at the earliest
 * @param bounds how many logins may wait and how many replies are kept
 */
public record GateSettings(
    List<InetSocketAddress> listen,
    List<InetSocketAddress> accounting,
    Duration rejectDelay,
    Exchanges.Bounds bounds) {

  /** The reject delay where nothing else is said. */
  public static final Duration DEFAULT_REJECT_DELAY = Duration.ofSeconds(1);

  public GateSettings {
    if (listen.isEmpty()) {
      throw new IllegalArgumentException("a gate listens on at least one address");
    }
    listen = List.copyOf(listen);
    accounting = List.copyOf(accounting);
  }

  /** Settings of a gate without accounting. */
  public GateSettings(
      List<InetSocketAddress> listen, Duration rejectDelay, Exchanges.Bounds bounds) {
    this(listen, List.of(), rejectDelay, bounds);
  }

  /** The usual settings for these addresses; there is no accounting. */
  public static GateSettings listeningOn(InetSocketAddress... listen) {
    return new GateSettings(List.of(listen), DEFAULT_REJECT_DELAY, Exchanges.Bounds.DEFAULT);
  }
}
