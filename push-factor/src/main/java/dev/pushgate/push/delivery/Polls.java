package dev.pushgate.push.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.radius.ClockedCaffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Wakes the phones that are asking just now: an open app has its long poll waiting here.
 *
 * <p>It serves every device, whatever else it is told by, and goes on where push services are
 * switched off.
 */
public final class Polls {
  /** How many polls of one device wait at most: an app that reconnects leaves dead ones behind. */
  static final int MOST_PER_DEVICE = 3;

  /** For how long after a poll the next one is expected. */
  private static final Duration ASKING = Duration.ofMinutes(1);

  /** By device; each queue is touched only within {@code compute}. The oldest stands first. */
  private final ConcurrentHashMap<String, Deque<Poll>> waiting = new ConcurrentHashMap<>();

  private final Cache<String, Instant> lastAsked;
  private final InstantSource clock;
  private volatile boolean closed;

  public Polls(InstantSource clock) {
    this.clock = clock;
    this.lastAsked = ClockedCaffeine.newBuilder(clock).expireAfterWrite(ASKING).build();
  }

  /** Why a poll need not wait any longer. */
  public enum Wake {
    /** A challenge may be there. */
    TOLD,
    /** Newer polls of the same device have taken its place, or the server stops. */
    DISPLACED,
    /** Nothing came in time. */
    TIME_OVER
  }

  /** A poll that from its registration on misses nothing. */
  public final class Poll implements AutoCloseable {
    private final String device;
    private final CompletableFuture<Wake> wake = new CompletableFuture<>();

    private Poll(String device) {
      this.device = device;
    }

    /**
     * Blocks until there is a reason to go on.
     *
     * @param longest zero or more
     */
    public Wake await(Duration longest) throws InterruptedException {
      try {
        return wake.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return Wake.TIME_OVER;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a poll ends by a value only", e);
      }
    }

    @Override
    public void close() {
      waiting.computeIfPresent(
          device,
          (_, polls) -> {
            polls.remove(this);
            return polls.isEmpty() ? null : polls;
          });
    }
  }

  /**
   * Registers a poll. Look for open challenges after this and before waiting: one that is opened in
   * between then wakes the poll at once.
   *
   * @param device identifier of the device that asks
   */
  public Poll register(String device) {
    Poll poll = new Poll(device);
    waiting.compute(
        device,
        (_, polls) -> {
          Deque<Poll> more = polls == null ? new ArrayDeque<>() : polls;
          more.addLast(poll);
          while (more.size() > MOST_PER_DEVICE) {
            more.removeFirst().wake.complete(Wake.DISPLACED);
          }
          return more;
        });
    if (closed) {
      // Registered while close went through the others.
      poll.wake.complete(Wake.DISPLACED);
    }
    return poll;
  }

  /**
   * Wakes the polls of a device: a challenge waits for it.
   *
   * @param device identifier of the device
   */
  void tell(String device) {
    wake(device, Wake.TOLD);
  }

  /** Notes that a device has asked by itself just now, whether or not it waits for an answer. */
  public void asked(String device) {
    lastAsked.put(device, clock.instant());
  }

  /** Whether the device has asked by itself in the last minute: its app is open. */
  boolean isAsking(String device) {
    return waiting.containsKey(device) || lastAsked.getIfPresent(device) != null;
  }

  /** Ends the polls that wait, and from now on each new one at once: a shutdown. */
  public void close() {
    closed = true;
    waiting.keySet().forEach(device -> wake(device, Wake.DISPLACED));
  }

  private void wake(String device, Wake why) {
    waiting.computeIfPresent(
        device,
        (_, polls) -> {
          polls.forEach(poll -> poll.wake.complete(why));
          return null;
        });
  }
}
