package dev.pushgate.push.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a user may be asked.
 *
 * @param pushes how many that were not approved, from places where the user has not been or from
 *     one where they have, 1 to 100
 * @param window in which they are counted, 1 min to 1 day
 * @param reportPause for how long a report stops pushes from unknown places, or null: until an
 *     administrator lifts it
 */
public record LimitSettings(int pushes, Duration window, @Nullable Duration reportPause) {
  /** Three in ten minutes; a report holds until it is lifted. */
  public static final LimitSettings DEFAULT = new LimitSettings(3, Duration.ofMinutes(10), null);
}
