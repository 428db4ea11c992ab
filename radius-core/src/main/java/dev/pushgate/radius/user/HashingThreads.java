package dev.pushgate.radius.user;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Compares passwords with costly hashes, a few at a time, on threads of its own.
 *
 * <p>On the virtual threads of logins a few hashes would keep every carrier from the logins that
 * wait. Who comes when too many wait already is turned away at once: late answers help nobody.
 *
 * <p>Safe for any number of threads.
 */
public final class HashingThreads implements AutoCloseable {
  /** As many of {@link Argon2id#hash} as a core makes in 8 s or so. */
  private static final int WAITING_FOR_EACH = 250;

  private final ThreadPoolExecutor threads;

  /** What came of a comparison. */
  public enum Comparison {
    SAME,
    DIFFERENT,
    /** It was not made, since too many wait. */
    NO_ROOM,
    /** It was not made within its time. */
    TOO_LATE,
    /** It was not made, since the threads have been closed. */
    CLOSED
  }

  /**
   * @param atOnce how many hashes are made at the same time, at least 1; each keeps one core busy
   *     and needs as much memory as its argon2id parameters say
   * @param mostWaiting how many may wait for that, at least 1
   */
  public HashingThreads(int atOnce, int mostWaiting) {
    this.threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            Thread.ofPlatform().daemon().name("password-hash-", 1).factory());
  }

  /** As many at once as there are cores, with room for the logins of some seconds. */
  public static HashingThreads forAllCores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new HashingThreads(cores, cores * WAITING_FOR_EACH);
  }

  /**
   * Compares a password, when its turn comes. Whoever waits longer than the patience or is
   * interrupted has not been hashed, unless the turn had come.
   *
   * @param octets the password as it was sent; overwritten when nobody needs it any more
   */
  public Comparison compare(StoredPassword stored, byte[] octets, Duration patience)
      throws InterruptedException {
    FutureTask<Boolean> comparison = new FutureTask<>(() -> matches(stored, octets));
    try {
      threads.execute(comparison);
    } catch (RejectedExecutionException e) {
      Arrays.fill(octets, (byte) 0);
      return threads.isShutdown() ? Comparison.CLOSED : Comparison.NO_ROOM;
    }
    try {
      return comparison.get(patience.toNanos(), TimeUnit.NANOSECONDS)
          ? Comparison.SAME
          : Comparison.DIFFERENT;
    } catch (TimeoutException e) {
      return Comparison.TOO_LATE;
    } catch (CancellationException e) {
      return Comparison.CLOSED;
    } catch (ExecutionException e) {
      throw new IllegalStateException("comparing a password failed", e.getCause());
    } finally {
      if (threads.remove(comparison)) {
        Arrays.fill(octets, (byte) 0);
      }
    }
  }

  private static boolean matches(StoredPassword stored, byte[] octets) {
    try {
      return stored.matches(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** How many are made now. */
  int hashing() {
    return threads.getActiveCount();
  }

  /** How many wait for their turn now. */
  public int waiting() {
    return threads.getQueue().size();
  }

  /** Ends the waits; hashes under way are made to their end, in vain. */
  @Override
  public void close() {
    for (Runnable waiting : threads.shutdownNow()) {
      if (waiting instanceof FutureTask<?> comparison) {
        comparison.cancel(false);
      }
    }
  }
}
