package dev.pushgate.callback;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that wait for a challenge, so that none of them holds up the end of the server. */
final class Waits {

  interface Waiting<T> {
    T during(Duration time) throws InterruptedException;
  }

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /**
   * Waits on this thread, which is interrupted when all waits are over or the phone has gone.
   *
   * @param time how long to wait; nothing once all waits are over
   */
  <T> T during(PhoneCall call, Duration time, Waiting<T> waiting) throws InterruptedException {
    Thread thread = Thread.currentThread();
    threads.add(thread);
    try {
      call.request().addFailureListener(gone -> thread.interrupt());
      return waiting.during(over ? Duration.ZERO : time);
    } finally {
      threads.remove(thread);
    }
  }

  /** Ends all waits, and those that would begin. */
  void end() {
    over = true;
    threads.forEach(Thread::interrupt);
  }
}
