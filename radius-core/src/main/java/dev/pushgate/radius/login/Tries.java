package dev.pushgate.radius.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wrong passwords that count together. After some that cost nothing each further one is followed by
 * a pause, 1, 2, 4, 8, 16 and then 30 seconds long, in which nothing is tried.
 *
 * <p>Of tries at the same moment no more are under way than may be wrong without a pause; the
 * others wait for those. A wrong one is forgiven after some time.
 *
 * <p>Safe for use by many threads.
 */
final class Tries {
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** After so many that cost something the pauses grow no more. */
  private static final int GROWTH = 6;

  private final int free;
  private final Duration forgivenAfter;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  private int wrong;
  private int underWay;
  private Instant forgiven = Instant.EPOCH;
  private Instant pauseEnds = Instant.EPOCH;

  /**
   * @param free how many wrong ones cost nothing, at least 1
   * @param forgivenAfter how long it takes until one less counts
   */
  Tries(int free, Duration forgivenAfter, InstantSource clock) {
    this.free = free;
    this.forgivenAfter = forgivenAfter;
    this.clock = clock;
  }

  /**
   * Begins a try, which is to be ended by one of the other methods; waits for others that are under
   * way where one more could be too many.
   *
   * @return how long the pause still lasts, in which case nothing has begun; empty where the try
   *     may go on
   */
  Optional<Duration> begin() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Instant now = clock.instant();
        if (now.isBefore(pauseEnds)) {
          return Optional.of(Duration.between(now, pauseEnds));
        }
        forgive(now);
        if (underWay < Math.max(1, free - wrong)) {
          underWay++;
          return Optional.empty();
        }
        ended.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The try was wrong. Returns whether none is on the books that was wrong before. */
  boolean wasWrong() {
    lock.lock();
    try {
      Instant now = clock.instant();
      forgive(now);
      boolean first = wrong == 0;
      if (first) {
        forgiven = now;
      }
      wrong = Math.min(wrong + 1, free + GROWTH);
      if (wrong > free) {
        Duration pause = Duration.ofSeconds(1L << (wrong - free - 1));
        pauseEnds = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      }
      end();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** The try was neither right nor wrong, or is counted elsewhere. */
  void wasNothing() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  /** Starts anew. Returns whether any was on the books. */
  boolean clear() {
    lock.lock();
    try {
      forgive(clock.instant());
      boolean any = wrong > 0;
      wrong = 0;
      pauseEnds = Instant.EPOCH;
      ended.signalAll();
      return any;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes one wrong try off the books, and the pause with it where no more are left than may be.
   */
  void forgiveOne() {
    lock.lock();
    try {
      wrong = Math.max(0, wrong - 1);
      if (wrong <= free) {
        pauseEnds = Instant.EPOCH;
      }
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    underWay--;
    ended.signalAll();
  }

  private void forgive(Instant now) {
    long times = Duration.between(forgiven, now).dividedBy(forgivenAfter);
    if (wrong > 0 && times > 0) {
      wrong = (int) Math.max(0, wrong - times);
      forgiven = forgiven.plus(forgivenAfter.multipliedBy(times));
    }
  }
}
