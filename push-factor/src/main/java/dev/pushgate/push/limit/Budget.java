package dev.pushgate.push.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How many pushes may be sent that nobody approves.
 *
 * <p>So many in any window; and in any stretch of time that is twice, four times, eight times as
 * long, only a few more each time, up to a day. So who goes on gets the next few only after a wait
 * that doubles, and nobody gains by pausing cleverly: each stretch counts wherever it begins.
 *
 * @param first how many in a window, at least 1
 * @param more how many more in each stretch twice as long, at least 1
 * @param window more than zero
 * @param longestPause after which one is sent, whatever came before
 */
record Budget(int first, int more, Duration window, Duration longestPause) {
  /** The longest stretch; no pause is longer. */
  static final Duration DAY = Duration.ofDays(1);

  /** For how long a push counts. */
  Duration memory() {
    return window.compareTo(DAY) > 0 ? window : DAY;
  }

  /**
   * When the next push may be sent.
   *
   * @param sent when those were sent that nobody has approved, the latest last
   */
  Instant next(List<Instant> sent) {
    if (sent.size() < first) {
      return Instant.MIN;
    }
    Instant next = Instant.MIN;
    int allowed = first;
    Duration stretch = window;
    while (true) {
      boolean last = stretch.multipliedBy(2).compareTo(memory()) > 0;
      if (sent.size() >= allowed) {
        Instant leaves = sent.get(sent.size() - allowed).plus(last ? memory() : stretch);
        next = leaves.isAfter(next) ? leaves : next;
      }
      if (last) {
        Instant pause = sent.getLast().plus(longestPause);
        return next.isAfter(pause) ? pause : next;
      }
      allowed += more;
      stretch = stretch.multipliedBy(2);
    }
  }
}
