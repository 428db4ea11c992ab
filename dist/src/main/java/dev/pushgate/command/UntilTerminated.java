package dev.pushgate.command;

import dev.pushgate.server.PushgateServer;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server running until SIGTERM or SIGINT, then lets it reject what waits and end. */
final class UntilTerminated {
  private static final Logger log = LoggerFactory.getLogger(UntilTerminated.class);

  private UntilTerminated() {}

  /** Returns only when the server has stopped. */
  static void run(PushgateServer server) throws InterruptedException {
    CountDownLatch terminated = new CountDownLatch(1);
    Thread atEnd =
        new Thread(
            () -> {
              log.info("stopping: {} logins wait and are rejected", server.waiting());
              server.close();
              log.info("stopped");
              terminated.countDown();
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(atEnd);
    terminated.await();
  }
}
