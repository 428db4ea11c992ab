package dev.pushgate.command;

import dev.pushgate.server.PushgateServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the end of this process back, after SIGTERM or SIGINT, until the command has tidied up.
 *
 * <p>To be the outermost of a command's resources: closed last, it lets the process go. The exit
 * code is then 143 (128 and the number of SIGTERM), or 130 after SIGINT.
 */
final class UntilTerminated implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UntilTerminated.class);

  /** Who asks for the end may count on it within 5 s; the rest is for the JVM's own. */
  private static final Duration LONGEST = Duration.ofMillis(4500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch tidy = new CountDownLatch(1);

  private UntilTerminated() {}

  /** From now on the process ends only after {@link #close}, or 4.5 s after it was asked to. */
  static UntilTerminated begin() {
    UntilTerminated end = new UntilTerminated();
    Runtime.getRuntime().addShutdownHook(new Thread(end::hold, "shutdown"));
    return end;
  }

  private void hold() {
    asked.countDown();
    try {
      if (!tidy.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn(
            "not everything has stopped within {} ms, ending all the same", LONGEST.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the signal, while the server does its work. */
  void await(PushgateServer server) throws InterruptedException {
    asked.await();
    log.info("stopping: {} logins wait and are rejected", server.waiting());
  }

  @Override
  public void close() {
    tidy.countDown();
  }
}
