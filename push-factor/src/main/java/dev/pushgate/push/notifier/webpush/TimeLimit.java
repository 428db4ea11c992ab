package dev.pushgate.push.notifier.webpush;

import java.time.Duration;

/** The end of what one attempt may take. Measured apart from the clock, which may be set. */
record TimeLimit(long endNanos) {

  /** Begins now. */
  static TimeLimit of(Duration time) {
    return new TimeLimit(System.nanoTime() + time.toNanos());
  }

  /** What is left for one step of it, in nanoseconds; zero or more. */
  long left(Duration most) {
    return Math.clamp(endNanos - System.nanoTime(), 0, most.toNanos());
  }
}
