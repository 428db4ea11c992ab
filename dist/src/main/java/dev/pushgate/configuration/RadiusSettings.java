package dev.pushgate.configuration;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code radius}.
 *
 * @param listen where Access-Requests are received; at least one, none twice
 * @param rejectDelay how long after the receipt of a request a Reject for a wrong password or an
 *     unknown user leaves at the earliest, 0 s to 5 s
 */
public record RadiusSettings(List<InetSocketAddress> listen, Duration rejectDelay) {

  /** The delay where the configuration names none. */
  public static final Duration DEFAULT_REJECT_DELAY = Duration.ofSeconds(1);

  static final Duration MOST_REJECT_DELAY = Duration.ofSeconds(5);

  public RadiusSettings {
    listen = List.copyOf(listen);
  }

  /** Port 1812 on every address of both families: what holds where the configuration is silent. */
  public static List<InetSocketAddress> defaultListen() {
    return List.of(new InetSocketAddress("0.0.0.0", 1812), new InetSocketAddress("::", 1812));
  }
}
