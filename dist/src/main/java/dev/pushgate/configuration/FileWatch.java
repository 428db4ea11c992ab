package dev.pushgate.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back when one of a set of files has changed, by looking at them once a second.
 *
 * <p>A change is told by size, time of change and identity of the file that a path leads to, so an
 * exchanged symbolic link is one. A file that is not there is watched for its coming.
 *
 * <p>A file half written must not be read, since it may look whole: a list of users that ends too
 * early does. So the call comes once the files have stayed the same from one look to the next, and
 * for {@value #LOOKS_WHEN_SHORTER} looks where one has become shorter, as it does when it is
 * written anew from its beginning. One that has become empty is waited for until it is not: to
 * empty it is how writing anew begins, and may take its time on a busy disk. Whoever reads them
 * asks {@link #isStill} afterwards.
 *
 * <p>All methods may be called from any thread, also from within the call.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int LOOKS_WHEN_SHORTER = 5;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Runnable changed;
  private final Duration interval;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("file-watch").unstarted(this::lookUntilClosed);
  private final ReentrantLock looking = new ReentrantLock();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Semaphore hurry = new Semaphore(0);
  private volatile boolean closed;

  private final ReentrantLock lock = new ReentrantLock();
  // The files as they were at the last call, and at the last look; guarded by the lock.
  private Map<Path, Identity> known = Map.of();
  private Map<Path, Identity> seen = Map.of();

  /** How many looks in a row have seen the same; guarded by the lock. */
  private int sameLooks;

  /**
   * Watches nothing until told what, and does not look by itself until started.
   *
   * @param changed called on the watching thread, never twice at once; what it throws is logged
   */
  public FileWatch(Runnable changed) {
    this(changed, INTERVAL);
  }

  /**
   * One that looks at other times.
   *
   * @param interval from one look to the next
   */
  public FileWatch(Runnable changed, Duration interval) {
    this.changed = changed;
    this.interval = interval;
  }

  /** Looks once in each interval from now on. To be called once at most. */
  public void start() {
    thread.start();
  }

  /**
   * Watches these files from now on and no others. Files watched already keep their history, so
   * that a change since the last call is not lost.
   */
  public void watch(Collection<Path> files) {
    lock.lock();
    try {
      Map<Path, Identity> before = new HashMap<>();
      for (Path file : files) {
        Identity last = known.get(file);
        before.put(file, last == null ? Identity.of(file) : last);
      }
      known = before;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the files still are as they were when the last call began: what was read of them since
   * then is of one piece.
   */
  public boolean isStill() {
    lock.lock();
    try {
      return known.entrySet().stream()
          .allMatch(file -> Identity.of(file.getKey()).equals(file.getValue()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls back soon, whether a file has changed or not: what SIGHUP asks for. Only files that are
   * being changed are waited for. Does not wait itself.
   */
  public void wake() {
    woken.set(true);
    hurry.release();
  }

  /** One look at the files, and the call if it is due; what the thread does once a second. */
  void poll() {
    poll(true);
  }

  private void poll(boolean regular) {
    looking.lock();
    try {
      if (isDue(regular)) {
        call();
      }
    } finally {
      looking.unlock();
    }
  }

  /**
   * @param regular false for a look before its time: what has changed then may have been whole for
   *     a moment only
   */
  private boolean isDue(boolean regular) {
    lock.lock();
    try {
      Map<Path, Identity> now = new HashMap<>();
      for (Path file : known.keySet()) {
        now.put(file, Identity.of(file));
      }
      boolean same = now.equals(seen);
      if (regular) {
        sameLooks = same ? sameLooks + 1 : 0;
        seen = now;
      }
      boolean settled =
          same
              && !now.equals(known)
              && !isAnyEmptied(now)
              && sameLooks >= (isAnyShorter(now) ? LOOKS_WHEN_SHORTER : 1);
      boolean due = settled || (same && woken.get());
      if (due) {
        woken.set(false);
        known = now;
      }
      return due;
    } finally {
      lock.unlock();
    }
  }

  private boolean isAnyEmptied(Map<Path, Identity> now) {
    return now.entrySet().stream()
        .filter(file -> file.getValue().size() == 0)
        .anyMatch(file -> file.getValue().isShorterThan(known.get(file.getKey())));
  }

  private boolean isAnyShorter(Map<Path, Identity> now) {
    return now.entrySet().stream()
        .anyMatch(file -> file.getValue().isShorterThan(known.get(file.getKey())));
  }

  // An Error too must not end the watch: one broken edit would be the last one noticed.
  @SuppressWarnings("CatchingUnchecked")
  private void call() {
    try {
      changed.run();
    } catch (RuntimeException | Error e) {
      LOG.error("Reading the changed files failed; what was read before stays in force", e);
    }
  }

  private void lookUntilClosed() {
    try {
      while (!closed) {
        boolean hurried = hurry.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        if (hurried) {
          hurry.drainPermits();
        }
        if (!closed) {
          poll(!hurried);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the watch; a call that is under way is waited for, 5 s at most. */
  @Override
  public void close() {
    closed = true;
    hurry.release();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      if (thread.isAlive() && !thread.join(LONGEST_CLOSE)) {
        LOG.warn("Reading the changed files has not ended within {} s", LONGEST_CLOSE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What tells one content of a path from another without reading it. */
  private record Identity(long size, @Nullable FileTime changed, @Nullable Object file) {
    private static final Identity MISSING = new Identity(-1, null, null);

    /** Whether it is another file does not matter: that may have been written anew since then. */
    boolean isShorterThan(@Nullable Identity before) {
      return before != null && !equals(MISSING) && size < before.size;
    }

    static Identity of(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Identity(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
      } catch (IOException e) {
        return MISSING;
      }
    }
  }
}
