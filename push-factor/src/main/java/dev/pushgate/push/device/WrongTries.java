package dev.pushgate.push.device;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.radius.ClockedCaffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who tries wrong codes: after five from one address each further one costs twice the
 * wait of the one before.
 *
 * <p>An IPv6 address counts by its first 64 bits, within which a host takes as many as it likes.
 *
 * <p>Memory is bounded: past {@value #MOST_ADDRESSES} addresses, some are forgotten early. Who has
 * that many gains tries, which against 128 random bits are worth nothing.
 */
final class WrongTries {
  static final int FREE = 5;
  static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  static final Duration LONGEST_WAIT = Duration.ofHours(1);
  static final int MOST_ADDRESSES = 50_000;

  /** Counted from the last try; longer than any wait. */
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(2);

  private static final int IPV6_PREFIX_OCTETS = 8;

  private final InstantSource clock;
  private final Cache<String, Count> counts;

  /**
   * @param wrong tries so far
   * @param until when the next one is taken
   */
  private record Count(int wrong, Instant until) {}

  WrongTries(InstantSource clock) {
    this.clock = clock;
    this.counts =
        ClockedCaffeine.newBuilder(clock)
            .maximumSize(MOST_ADDRESSES)
            .expireAfterWrite(FORGOTTEN_AFTER)
            .executor(Runnable::run)
            .build();
  }

  /** How long the address has still to wait; empty when it may try. */
  Optional<Duration> retryAfter(InetAddress address) {
    return remaining(counts.getIfPresent(key(address)), clock.instant());
  }

  /**
   * Counts a try as wrong before anyone has looked, so that many at once are no more than five; a
   * right one is given back by {@link #wasRight}.
   *
   * @return how long the address has to wait, in which case nothing was counted; empty when the try
   *     may go on
   */
  Optional<Duration> begin(InetAddress address) {
    Instant now = clock.instant();
    String key = key(address);
    while (true) {
      Count before = counts.getIfPresent(key);
      Optional<Duration> wait = remaining(before, now);
      if (wait.isPresent()) {
        return wait;
      }
      int wrong = before == null ? 1 : before.wrong() + 1;
      Count after = new Count(wrong, now.plus(waitAfter(wrong)));
      if (before == null
          ? counts.asMap().putIfAbsent(key, after) == null
          : counts.asMap().replace(key, before, after)) {
        return Optional.empty();
      }
    }
  }

  /** Takes back what {@link #begin} counted. */
  void wasRight(InetAddress address) {
    var _ =
        counts
            .asMap()
            .computeIfPresent(
                key(address),
                (_, count) ->
                    count.wrong() <= FREE
                        ? new Count(count.wrong() - 1, Instant.EPOCH)
                        : new Count(count.wrong() - 1, count.until()));
  }

  private static Optional<Duration> remaining(@Nullable Count count, Instant now) {
    return count != null && now.isBefore(count.until())
        ? Optional.of(Duration.between(now, count.until()))
        : Optional.empty();
  }

  private static Duration waitAfter(int wrong) {
    if (wrong < FREE) {
      return Duration.ZERO;
    }
    int doublings = Math.min(wrong - FREE, Integer.SIZE - 2);
    Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private static String key(InetAddress address) {
    byte[] octets = address.getAddress();
    return HexFormat.of()
        .formatHex(Arrays.copyOf(octets, Math.min(octets.length, IPV6_PREFIX_OCTETS)));
  }
}
