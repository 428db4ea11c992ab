package dev.pushgate.radius.ldap;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of connections of one kind to one server.
 *
 * <p>Safe for any number of threads.
 */
final class ConnectionPool {
  /** So many questions of one kind a server is asked at once. */
  static final int MOST = 16;

  /** Firewalls drop what is idle for longer without telling, and so do directories. */
  private static final Duration MOST_IDLE = Duration.ofSeconds(30);

  private final Semaphore turns = new Semaphore(MOST, true);
  private final Deque<Link> idle = new ArrayDeque<>();
  private final Set<Link> lent = new HashSet<>();
  private final InstantSource clock;
  private boolean closed;

  ConnectionPool(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Waits for the right to use a connection, to be given back by {@link #endTurn}.
   *
   * @return false where it is not there in time
   */
  boolean awaitTurn(Duration patience) throws InterruptedException {
    return turns.tryAcquire(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
  }

  void endTurn() {
    turns.release();
  }

  /** A connection that has been used before, or null where there is none. */
  synchronized @Nullable Link reuse() {
    Link link = idle.pollLast();
    if (link != null) {
      lent.add(link);
    }
    return link;
  }

  /** Takes up a new connection that is in use now. */
  synchronized void lend(Link link) throws DirectoryException {
    if (closed) {
      link.abort();
      throw closing();
    }
    lent.add(link);
  }

  /** Keeps a connection for the next. */
  synchronized void keep(Link link) {
    lent.remove(link);
    if (closed) {
      link.abort();
    } else {
      idle.addLast(link.usedAt(clock.instant()));
    }
  }

  /** Drops a connection of which the state is not known. */
  void drop(Link link) {
    synchronized (this) {
      lent.remove(link);
    }
    link.abort();
  }

  /** Drops all that nobody uses. */
  void dropIdle() {
    takeIdle(null).forEach(Link::abort);
  }

  /** Ends what nobody has used for long. */
  void closeOld() {
    takeIdle(clock.instant().minus(MOST_IDLE)).forEach(Link::close);
  }

  private synchronized List<Link> takeIdle(@Nullable Instant usedBefore) {
    List<Link> taken = new ArrayList<>();
    for (Link link : idle) {
      if (usedBefore == null || link.usedLast().isBefore(usedBefore)) {
        taken.add(link);
      }
    }
    idle.removeAll(taken);
    return taken;
  }

  /** Ends all connections, also those in use; what is asked on them ends as unavailable. */
  void close() {
    List<Link> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(idle);
      all.addAll(lent);
      idle.clear();
    }
    all.forEach(Link::abort);
  }

  /** What is answered from the end on. */
  static DirectoryException closing() {
    return new DirectoryException(
        DirectoryException.Scope.DIRECTORY, "the source has been closed or its settings changed");
  }
}
