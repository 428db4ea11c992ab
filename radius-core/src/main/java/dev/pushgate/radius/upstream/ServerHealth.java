package dev.pushgate.radius.upstream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a server answers. Safe for use by many threads. */
final class ServerHealth {
  private final UpstreamServer server;
  private final Duration deadTime;
  private @Nullable Instant heard;

  /** When a request may try it again; null while it is up. */
  private @Nullable Instant tryAgainAt;

  private boolean isBeingProbed;

  ServerHealth(UpstreamServer server, Duration deadTime) {
    this.server = server;
    this.deadTime = deadTime;
  }

  UpstreamServer server() {
    return server;
  }

  synchronized boolean isUp() {
    return tryAgainAt == null;
  }

  /** Whether a request may find out if it is back: one at a time while it is down. */
  synchronized boolean claimTry(Instant now) {
    if (tryAgainAt == null || now.isBefore(tryAgainAt)) {
      return false;
    }
    tryAgainAt = now.plus(deadTime);
    return true;
  }

  /**
   * Notes that it has answered.
   *
   * @return whether it was down
   */
  synchronized boolean hasAnswered(Instant now) {
    heard = now;
    boolean wasDown = tryAgainAt != null;
    tryAgainAt = null;
    return wasDown;
  }

  /**
   * Notes that a request went unanswered. It is not down where others have been answered meanwhile.
   *
   * @param since when the request was sent
   * @return whether it is down from now on, and was not before
   */
  synchronized boolean hasNotAnswered(Instant since, Instant now) {
    boolean goesDown = tryAgainAt == null && (heard == null || heard.isBefore(since));
    if (goesDown) {
      tryAgainAt = now.plus(deadTime);
    }
    return goesDown;
  }

  /** Whether somebody is to ask it by Status-Server from now on: it is down and nobody does. */
  synchronized boolean beginProbing() {
    boolean begins = tryAgainAt != null && !isBeingProbed;
    isBeingProbed |= begins;
    return begins;
  }

  /** Whether whoever asks it by Status-Server may stop, as it is up. */
  synchronized boolean endProbing() {
    if (tryAgainAt == null) {
      isBeingProbed = false;
    }
    return tryAgainAt == null;
  }
}
