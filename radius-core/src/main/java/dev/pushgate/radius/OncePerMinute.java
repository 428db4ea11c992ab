package dev.pushgate.radius;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a log readable under fire: lets each subject through once a minute. */
public final class OncePerMinute {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<Object, Instant> last = new ConcurrentHashMap<>();

  /** Lets every subject through once. */
  public OncePerMinute(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Whether a line about this subject is due.
   *
   * @param subject with equals and hashCode; there must be few of them, none named by an attacker
   */
  public boolean permits(Object subject) {
    Instant now = clock.instant();
    Instant before = last.get(subject);
    if (before == null) {
      return last.putIfAbsent(subject, now) == null;
    }
    return !now.isBefore(before.plus(PAUSE)) && last.replace(subject, before, now);
  }
}
