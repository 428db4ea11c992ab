package dev.pushgate.radius.exchange;

import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.login.PendingReply;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.socket.Endpoint;
import dev.pushgate.radius.socket.ReplyPath;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request that waits for its one reply: the first to answer wins, whoever comes later is not
 * sent.
 */
public final class Exchange implements PendingReply {
  private final Exchanges exchanges;
  private final RequestKey key;
  private final long sequence;
  private final AccessRequest request;
  private volatile ReplyPath path;
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile Instant lastSeen;
  private volatile @Nullable Runnable seenAgain;
  private volatile @Nullable Thread worker;
  private @Nullable Thread waiter;
  private boolean timeIsOver;
  private volatile @Nullable Future<?> timeLimit;

  Exchange(
      Exchanges exchanges, RequestKey key, long sequence, AccessRequest request, ReplyPath path) {
    this.exchanges = exchanges;
    this.key = key;
    this.sequence = sequence;
    this.request = request;
    this.path = path;
    this.lastSeen = request.received();
  }

  RequestKey key() {
    return key;
  }

  ReplyPath path() {
    return path;
  }

  @Override
  public AccessRequest request() {
    return request;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public Endpoint receivedOn() {
    return key.slot().local();
  }

  @Override
  public Instant lastSeen() {
    return lastSeen;
  }

  @Override
  public boolean isWaiting() {
    return !done.get();
  }

  @Override
  public void whenSeenAgain(Runnable listener) {
    seenAgain = listener;
  }

  @Override
  public boolean claimIdentifier() {
    return exchanges.claimIdentifier(this);
  }

  @Override
  public boolean answer(Supplier<Reply> reply) {
    return exchanges.answer(this, () -> reply.get().encode());
  }

  @Override
  public boolean endWithoutReply() {
    return exchanges.endWithoutReply(this);
  }

  /**
   * Takes note that the same octets have come again while it waits.
   *
   * @param newest where they came by: the first socket may be gone with its address
   */
  void seenAgain(Instant now, ReplyPath newest) {
    lastSeen = now;
    path = newest;
    Runnable listener = seenAgain;
    if (listener != null) {
      listener.run();
    }
  }

  /** Takes the right to end the wait; true for the first who asks for it, and for nobody else. */
  boolean finish() {
    return done.compareAndSet(false, true);
  }

  /** Gives that right back. */
  void resume() {
    done.set(false);
  }

  @Override
  public <T> T interruptibly(Wait<T> wait) throws InterruptedException {
    synchronized (this) {
      if (timeIsOver) {
        throw new InterruptedException();
      }
      waiter = Thread.currentThread();
    }
    try {
      return wait.await();
    } finally {
      synchronized (this) {
        waiter = null;
        // One that came in between, or that a factor has left set, must not meet what follows.
        boolean unused = Thread.interrupted();
      }
    }
  }

  /** Tells which thread works on the request and what will end its time. */
  void startedOn(Thread thread, Future<?> limit) {
    worker = thread;
    timeLimit = limit;
  }

  /** There is nothing more to limit. */
  void cancelTimeLimit() {
    Future<?> limit = timeLimit;
    if (limit != null) {
      limit.cancel(false);
    }
  }

  /** Interrupts what the request's thread waits for, now and from now on. */
  synchronized void endTime() {
    timeIsOver = true;
    if (waiter != null) {
      waiter.interrupt();
    }
  }

  /** The thread that works on the request, if there is one yet. */
  Optional<Thread> worker() {
    return Optional.ofNullable(worker);
  }
}
