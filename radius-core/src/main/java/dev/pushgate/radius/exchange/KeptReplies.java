package dev.pushgate.radius.exchange;

import dev.pushgate.radius.socket.ReplyPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The replies that have left, for those who ask again because theirs was lost.
 *
 * <p>Safe for use by many threads.
 */
final class KeptReplies {

  /** How long a reply is kept, counted from when it left (RFC 5080 section 2.2.2). */
  static final Duration KEPT = Duration.ofSeconds(30);

  /** What a request was answered. */
  private static final class Kept {
    private final Instant until;
    private final ReplyPath path;
    private final byte[] octets;

    private Kept(Instant until, ReplyPath path, byte[] octets) {
      this.until = until;
      this.path = path;
      this.octets = octets;
    }
  }

  private final InstantSource clock;

  /** In the order in which the replies left; guarded by itself. */
  private final Map<RequestKey, Kept> replies = new LinkedHashMap<>();

  KeptReplies(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Keeps a reply from now on.
   *
   * @param octets the whole datagram; none where the request got no reply and will get none
   */
  void keep(RequestKey key, ReplyPath path, byte[] octets) {
    synchronized (replies) {
      replies.put(key, new Kept(clock.instant().plus(KEPT), path, octets));
    }
  }

  /**
   * Sends the reply to that request once more, octet by octet the same; false where none is kept.
   */
  boolean sendAgain(RequestKey key) {
    Kept kept = get(key);
    if (kept == null) {
      return false;
    }
    if (kept.octets.length > 0) {
      kept.path.send(kept.octets);
    }
    return true;
  }

  private @Nullable Kept get(RequestKey key) {
    synchronized (replies) {
      return replies.get(key);
    }
  }

  /** Forgets a reply that nobody can ask for any more. */
  void forget(RequestKey key) {
    synchronized (replies) {
      replies.remove(key);
    }
  }

  /** Forgets what has been kept long enough, and tells what that was. */
  List<RequestKey> forgetOld() {
    Instant now = clock.instant();
    List<RequestKey> forgotten = new ArrayList<>();
    synchronized (replies) {
      Iterator<Map.Entry<RequestKey, Kept>> oldestFirst = replies.entrySet().iterator();
      while (oldestFirst.hasNext()) {
        Map.Entry<RequestKey, Kept> oldest = oldestFirst.next();
        if (!oldest.getValue().until.isBefore(now)) {
          break;
        }
        forgotten.add(oldest.getKey());
        oldestFirst.remove();
      }
    }
    return forgotten;
  }

  int size() {
    synchronized (replies) {
      return replies.size();
    }
  }
}
