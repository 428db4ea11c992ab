package dev.pushgate.push.privacyidea;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.radius.ClockedCaffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What each poll was told, for as long as its timestamp is good: who sends a poll again that is not
 * theirs learns nothing that they could not have read the first time.
 *
 * <p>Only polls with a signature that stands come here, so strangers cannot fill it. Safe for use
 * by many threads.
 */
final class PollsTaken {
  /** Of many devices, far more than poll within two minutes. */
  private static final int MOST = 100_000;

  /** A poll from a clock that is fast is good for twice the tolerance. */
  private static final Duration KEPT = Timestamp.TOLERANCE.multipliedBy(2).plusSeconds(10);

  private final Cache<String, List<String>> told;

  PollsTaken(InstantSource clock) {
    this.told = ClockedCaffeine.newBuilder(clock).maximumSize(MOST).expireAfterWrite(KEPT).build();
  }

  /**
   * Records a poll unless it has been here.
   *
   * @param signed what its signature is over
   * @param challenges identifiers of those that it is told of
   * @return what it was told before, or empty where this is the first time
   */
  Optional<List<String>> repeated(String signed, List<String> challenges) {
    return Optional.ofNullable(told.asMap().putIfAbsent(signed, List.copyOf(challenges)));
  }
}
