package dev.pushgate.radius.upstream;

import dev.pushgate.radius.nas.Conversation;
import dev.pushgate.radius.packet.DiscardReason;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be said of a server that does not answer. For one thread. */
final class Silence implements Conversation.Listener {
  private final UpstreamServer server;
  private final IgnoredReplies ignored;
  private final boolean waitsForPort;
  private final Set<DiscardReason> reasons = EnumSet.noneOf(DiscardReason.class);
  private boolean nobodyListens;
  private @Nullable String broken;

  /**
   * @param waitsForPort whether to wait on where nobody listens
   */
  Silence(UpstreamServer server, IgnoredReplies ignored, boolean waitsForPort) {
    this.server = server;
    this.ignored = ignored;
    this.waitsForPort = waitsForPort;
  }

  @Override
  public void ignored(DiscardReason why) {
    reasons.add(why);
    ignored.note(why, server);
  }

  @Override
  public boolean isWorthWaitingFor() {
    nobodyListens = true;
    return waitsForPort;
  }

  /** The line broke. */
  void broken(IOException e) {
    broken = e.getMessage();
  }

  /** Whether more is known than that nothing came. */
  boolean isKnown() {
    return nobodyListens || broken != null;
  }

  /** What is wrong, and what to look at. */
  String words(Duration waited) {
    if (broken != null) {
      return server + " cannot be asked: " + broken;
    }
    if (!reasons.isEmpty()) {
      return "no usable answer from "
          + server
          + ": "
          + String.join(", ", reasons.stream().map(IgnoredReplies::hint).toList());
    }
    if (nobodyListens) {
      return "nothing listens on " + server + ": does the server run, are address and port right?";
    }
    return "no answer from %s within %d ms: are address and port right, is this host a client there with"
            .formatted(server, waited.toMillis())
        + " the same secret, and does it take a Message-Authenticator?";
  }
}
