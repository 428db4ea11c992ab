package dev.pushgate.push.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * A bounded queue of work and the platform threads that do it, each with a connection of its own.
 *
 * <p>Calls of SQLite are native and would pin the carriers of virtual threads; here they do not.
 */
final class Lane {
  private static final int CAPACITY = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Tells a thread that no work follows. */
  private static final Piece<String> LAST = new Piece<>(_ -> "");

  private final BlockingQueue<Piece<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final List<Thread> threads = new ArrayList<>();
  private final int most;
  private final BiConsumer<Handle, List<Piece<?>>> how;

  /** Held to read by those who put work into the queue, to write by the one who closes it. */
  private final ReadWriteLock gate = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * @param name of the threads
   * @param handles one for each thread; closed by it
   * @param most how many pieces that wait may be done in one go, at least 1
   * @param how does them and answers each
   */
  Lane(String name, List<Handle> handles, int most, BiConsumer<Handle, List<Piece<?>>> how) {
    this.most = most;
    this.how = how;
    for (Handle handle : handles) {
      String threadName = name + "-" + (threads.size() + 1);
      threads.add(Thread.ofPlatform().name(threadName).daemon().start(() -> workOn(handle)));
    }
  }

  <T> T run(Store.Work<T> work) throws InterruptedException {
    Piece<T> piece = new Piece<>(work);
    gate.readLock().lockInterruptibly();
    try {
      if (closed) {
        throw new StoreException("the store is closed", null);
      }
      if (!queue.offer(piece, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException(
            CAPACITY + " pieces of work have waited for the store for " + PATIENCE, null);
      }
    } finally {
      gate.readLock().unlock();
    }
    return piece.await();
  }

  /**
   * Takes no more work and waits until what was taken is done.
   *
   * @param limit how long to wait at most
   */
  void close(Duration limit) {
    gate.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        for (int i = 0; i < threads.size(); i++) {
          putLast();
        }
      }
    } finally {
      gate.writeLock().unlock();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(limit);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void putLast() {
    // The threads keep making room, so this waits a moment at most.
    while (!queue.offer(LAST)) {
      Thread.onSpinWait();
    }
  }

  private void workOn(Handle handle) {
    try (handle) {
      boolean more = true;
      while (more) {
        List<Piece<?>> pieces = new ArrayList<>();
        pieces.add(queue.take());
        // Several threads share one queue, so none may take the sign that is meant for another.
        while (pieces.size() < most && pieces.getLast() != LAST) {
          Piece<?> next = queue.poll();
          if (next == null) {
            break;
          }
          pieces.add(next);
        }
        more = !pieces.remove(LAST);
        pieces.removeIf(piece -> !piece.isWanted());
        if (!pieces.isEmpty()) {
          how.accept(handle, pieces);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the threads of the store", e);
    }
  }
}
