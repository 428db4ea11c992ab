package dev.pushgate.radius.upstream;

import java.time.Duration;
import java.util.List;

/**
 * Whom an {@link UpstreamClient} asks, and for how long.
 *
 * @param servers in the order of preference; at least one
 * @param timeout how long a request may take in all, whatever the number of servers
 * @param deadTime how long a server that does not answer is passed over before a request goes to it
 *     again
 * @param statusServer whether a server that does not answer is asked by Status-Server (RFC 5997) as
 *     well, every second or two
 * @param mostAtOnce how many requests may wait at once; each has a socket
 */
public record UpstreamSettings(
    List<UpstreamServer> servers,
    Duration timeout,
    Duration deadTime,
    boolean statusServer,
    int mostAtOnce) {
  /** As long as users wait without wondering, with a server that is down among two. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** Short, so that a server is used within 5 s of its return. */
  public static final Duration DEFAULT_DEAD_TIME = Duration.ofSeconds(4);

  public static final int DEFAULT_MOST_AT_ONCE = 4096;

  public UpstreamSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty() || !timeout.isPositive() || !deadTime.isPositive() || mostAtOnce < 1) {
      throw new IllegalArgumentException(
          "%d servers, timeout %s, dead time %s, %d at once"
              .formatted(servers.size(), timeout, deadTime, mostAtOnce));
    }
  }

  /** As usual. */
  public static UpstreamSettings of(UpstreamServer... servers) {
    return new UpstreamSettings(
        List.of(servers), DEFAULT_TIMEOUT, DEFAULT_DEAD_TIME, true, DEFAULT_MOST_AT_ONCE);
  }
}
