package dev.pushgate.radius.exchange;

import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.socket.ReplyPath;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request and its one reply: the first to answer wins, whoever comes later is not sent. */
public final class Exchange {
  private final RequestKey key;
  private final AccessRequest request;
  private volatile ReplyPath path;
  private final AtomicReference<byte @Nullable []> reply = new AtomicReference<>();
  private volatile @Nullable Thread worker;
  private volatile @Nullable Future<?> timeLimit;

  Exchange(RequestKey key, AccessRequest request, ReplyPath path) {
    this.key = key;
    this.request = request;
    this.path = path;
  }

  RequestKey key() {
    return key;
  }

  /** What was asked. */
  public AccessRequest request() {
    return request;
  }

  /** Whether the reply has been claimed. */
  boolean isAnswered() {
    return reply.get() != null;
  }

  /**
   * Answers by the way that the request came last: the first socket may be gone with its address.
   */
  void cameAgainBy(ReplyPath newest) {
    path = newest;
  }

  /** Sends the reply once more, octet by octet the same; false where there is none yet. */
  boolean sendReplyAgain() {
    byte[] octets = reply.get();
    if (octets == null) {
      return false;
    }
    path.send(octets);
    return true;
  }

  /**
   * Makes these octets the reply, unless there is one.
   *
   * @return false when there is a reply already; then nothing must be sent
   */
  boolean claim(byte[] octets) {
    return reply.compareAndSet(null, octets);
  }

  /** Sends the reply that has been claimed; there is nothing more to limit then. */
  void sendReply() {
    sendReplyAgain();
    Future<?> limit = timeLimit;
    if (limit != null) {
      limit.cancel(false);
    }
  }

  /** Tells which thread works on the request and what will end its time. */
  void startedOn(Thread thread, Future<?> limit) {
    worker = thread;
    timeLimit = limit;
  }

  /** Interrupts the thread that works on the request, if it still does. */
  void interrupt() {
    Thread thread = worker;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Waits until the thread that works on the request has ended, but no longer than this. */
  void awaitEnd(Duration atMost) {
    Thread thread = worker;
    if (thread == null) {
      return;
    }
    try {
      thread.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
