package dev.pushgate.callback.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts what is open, in all and by address, and lets no more in than the limits say. */
final class Tally {
  private final int inAll;
  private final int byAddress;
  private final Map<String, Integer> open = new HashMap<>();
  private int openInAll;

  Tally(int inAll, int byAddress) {
    this.inAll = inAll;
    this.byAddress = byAddress;
  }

  /** Counts one more, unless that would be too many. */
  synchronized boolean enter(String address) {
    int here = open.getOrDefault(address, 0);
    if (openInAll >= inAll || here >= byAddress) {
      return false;
    }
    openInAll++;
    open.put(address, here + 1);
    return true;
  }

  /** Takes back one that was let in. */
  synchronized void leave(String address) {
    openInAll--;
    notifyAll();
    open.computeIfPresent(address, (same, here) -> here == 1 ? null : here - 1);
  }

  /** Blocks until all have left, but no longer than that. */
  synchronized void awaitNone(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    for (long left = longest.toNanos(); openInAll > 0 && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
