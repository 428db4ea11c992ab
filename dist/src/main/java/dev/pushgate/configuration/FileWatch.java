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
 * exchanged symbolic link is one. The call comes once the files have stayed the same from one look
 * to the next, so that a file half written is not read. A file that is not there is watched for its
 * coming.
 *
 * <p>All methods may be called from any thread, also from within the call.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Runnable changed;
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

  /**
   * Watches nothing until told what, and does not look by itself until started.
   *
   * @param changed called on the watching thread, never twice at once; what it throws is logged
   */
  public FileWatch(Runnable changed) {
    this.changed = changed;
  }

  /** Looks once a second from now on. To be called once at most. */
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

  /** Calls back soon, whether a file has changed or not: what SIGHUP asks for. Does not wait. */
  public void wake() {
    woken.set(true);
    hurry.release();
  }

  /** One look at the files, and the call if it is due; what the thread does once a second. */
  void poll() {
    looking.lock();
    try {
      if (isDue()) {
        call();
      }
    } finally {
      looking.unlock();
    }
  }

  private boolean isDue() {
    lock.lock();
    try {
      Map<Path, Identity> now = new HashMap<>();
      for (Path file : known.keySet()) {
        now.put(file, Identity.of(file));
      }
      boolean settled = now.equals(seen) && !now.equals(known);
      boolean due = woken.getAndSet(false) || settled;
      seen = now;
      if (due) {
        known = now;
      }
      return due;
    } finally {
      lock.unlock();
    }
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
        if (hurry.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          hurry.drainPermits();
        }
        if (!closed) {
          poll();
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
