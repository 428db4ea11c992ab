package dev.pushgate.configuration;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code radius}.
 *
 * @param listen where Access-Requests are received; at least one, none twice
 * @param accounting where Accounting-Requests are received; none of them in {@code listen}; empty
 *     for no accounting
 * @param rejectDelay how long after the receipt of a request a Reject for a wrong password or an
 *     unknown user leaves at the earliest, 0 s to 5 s
 */
public record RadiusSettings(
    List<InetSocketAddress> listen, List<InetSocketAddress> accounting, Duration rejectDelay) {

  /** The delay where the configuration names none. */
  public static final Duration DEFAULT_REJECT_DELAY = Duration.ofSeconds(1);

  static final Duration MOST_REJECT_DELAY = Duration.ofSeconds(5);

  public RadiusSettings {
    listen = List.copyOf(listen);
    accounting = List.copyOf(accounting);
  }

  /** Port 1812 on every address of both families: what holds where the configuration is silent. */
  public static List<InetSocketAddress> defaultListen() {
    return everywhere(1812);
  }

  /** Port 1813, likewise. */
  public static List<InetSocketAddress> defaultAccounting() {
    return everywhere(1813);
  }

  private static List<InetSocketAddress> everywhere(int port) {
    return List.of(new InetSocketAddress("0.0.0.0", port), new InetSocketAddress("::", port));
  }
}
