package dev.pushgate.radius;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Caches whose entries expire by an injected clock, and in time, not when somebody looks. */
public final class ClockedCaffeine {
  private ClockedCaffeine() {}

  /**
   * A builder of such a cache; what expires when is for the caller to say.
   *
   * @param clock must not go back by more than a moment
   */
  public static Caffeine<Object, Object> newBuilder(InstantSource clock) {
    return Caffeine.newBuilder()
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .scheduler(Scheduler.systemScheduler());
  }
}
