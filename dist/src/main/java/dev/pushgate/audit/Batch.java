package dev.pushgate.audit;

import dev.pushgate.radius.audit.AuditException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lines that are written in one go. Lines are added under the lock of {@link AuditFile}, and none
 * any more once it writes.
 */
final class Batch {
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final CompletableFuture<Optional<AuditException>> end = new CompletableFuture<>();

  /** Adds a line; whether it is the first. */
  boolean add(byte[] line) {
    boolean first = lines.size() == 0;
    lines.writeBytes(line);
    return first;
  }

  byte[] octets() {
    return lines.toByteArray();
  }

  void written() {
    end.complete(Optional.empty());
  }

  /** Whether those who wait have been told how it ended. */
  boolean isOver() {
    return end.isDone();
  }

  void failed(AuditException why) {
    end.complete(Optional.of(why));
  }

  /**
   * Blocks until the lines are written, through interruptions, which stay pending.
   *
   * @throws AuditException when they could not be written
   */
  void await() {
    Optional<AuditException> failure = end.join();
    if (failure.isPresent()) {
      // One for each thread, so that each has its own stack trace.
      throw new AuditException(String.valueOf(failure.get().getMessage()), failure.get());
    }
  }
}
