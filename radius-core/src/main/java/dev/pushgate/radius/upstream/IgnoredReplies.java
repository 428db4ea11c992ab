package dev.pushgate.radius.upstream;

import dev.pushgate.radius.DiscardCounts;
import dev.pushgate.radius.OncePerMinute;
import dev.pushgate.radius.packet.DiscardReason;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what came and was no answer, and says so in the log once a minute for each server. */
final class IgnoredReplies {
  private static final Logger log = LoggerFactory.getLogger(IgnoredReplies.class);

  private final DiscardCounts counts = new DiscardCounts();
  private final OncePerMinute complaints;

  private record Subject(UpstreamServer server, DiscardReason reason) {}

  IgnoredReplies(InstantSource clock) {
    this.complaints = new OncePerMinute(clock);
  }

  DiscardCounts counts() {
    return counts;
  }

  void note(DiscardReason reason, UpstreamServer server) {
    counts.count(reason);
    if (complaints.permits(new Subject(server, reason))) {
      log.warn("ignoring replies of the RADIUS server {}: {}", server, hint(reason));
    }
  }

  /** What is wrong, and what to do about it. */
  static String hint(DiscardReason reason) {
    return switch (reason) {
      case RESPONSE_AUTHENTICATOR, MESSAGE_AUTHENTICATOR_WRONG ->
          reason.words() + "; does the shared secret match on both sides?";
      case MESSAGE_AUTHENTICATOR_MISSING ->
          reason.words()
              + ", without which an Access-Accept can be forged (CVE-2024-3596): bring the server up"
              + " to date, or let it send it";
      default -> reason.words();
    };
  }
}
