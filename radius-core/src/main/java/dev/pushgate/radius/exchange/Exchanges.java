package dev.pushgate.radius.exchange;

import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.socket.ReplyPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that wait for their reply, and the replies of the last 30 seconds.
 *
 * <p>Nothing in here is ever dropped to make room: at a bound, what is new is not admitted.
 *
 * <p>Safe for use by many threads.
 */
public final class Exchanges {

  /** How long a reply is kept, counted from when it left (RFC 5080 section 2.2.2). */
  public static final Duration REPLY_KEPT = Duration.ofSeconds(30);

  private record Kept(Instant until, RequestKey key) {}

  private final Bounds bounds;
  private final InstantSource clock;
  private final Map<RequestKey, Exchange> exchanges = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> waitingByClient = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

  /**
   * How much is admitted.
   *
   * @param waiting logins that wait at once, in all
   * @param waitingPerClient logins that wait at once for one client
   * @param total logins that wait and replies that are kept, together
   */
  public record Bounds(int waiting, int waitingPerClient, int total) {
    /** Room for the 100,000 waiting logins that the design asks for, and a quarter more. */
    public static final Bounds DEFAULT = new Bounds(125_000, 110_000, 500_000);
  }

  /** What a request that came in is. */
  public sealed interface Arrival {
    /** A new request: work on it and answer it. */
    record New(Exchange exchange) implements Arrival {}

    /** The same octets as one that waits; it will be answered by that. */
    record InProgress() implements Arrival {}

    /** The same octets as one that was answered: its reply has been sent again. */
    record Answered() implements Arrival {}

    /** New, but a bound has been reached. */
    record Refused() implements Arrival {}
  }

  /** An empty set. */
  public Exchanges(Bounds bounds, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
  }

  /** Takes note of a request. */
  public Arrival arrive(RequestKey key, AccessRequest request, ReplyPath path) {
    Exchange known = exchanges.get(key);
    if (known != null) {
      return again(known, path);
    }
    if (!enter(request.client().name())) {
      return new Arrival.Refused();
    }
    Exchange exchange = new Exchange(key, request, path);
    known = exchanges.putIfAbsent(key, exchange);
    if (known != null) {
      leave(request.client().name());
      return again(known, path);
    }
    return new Arrival.New(exchange);
  }

  private static Arrival again(Exchange known, ReplyPath path) {
    known.cameAgainBy(path);
    return known.sendReplyAgain() ? new Arrival.Answered() : new Arrival.InProgress();
  }

  private boolean enter(String client) {
    int inAll = waiting.incrementAndGet();
    int ofClient =
        waitingByClient.computeIfAbsent(client, name -> new AtomicInteger()).incrementAndGet();
    boolean room =
        inAll <= bounds.waiting()
            && ofClient <= bounds.waitingPerClient()
            && exchanges.size() < bounds.total();
    if (!room) {
      leave(client);
    }
    return room;
  }

  private void leave(String client) {
    waiting.decrementAndGet();
    AtomicInteger ofClient = waitingByClient.get(client);
    if (ofClient != null) {
      ofClient.decrementAndGet();
    }
  }

  /**
   * Makes these octets the reply of the exchange, keeps them and sends them.
   *
   * @return false when another reply was first; then nothing is sent
   */
  boolean answer(Exchange exchange, byte[] octets) {
    if (!exchange.claim(octets)) {
      return false;
    }
    leave(exchange.request().client().name());
    kept.add(new Kept(clock.instant().plus(REPLY_KEPT), exchange.key()));
    exchange.sendReply();
    return true;
  }

  /** Forgets replies that have been kept long enough; to be called about once a second. */
  public void forgetOldReplies() {
    Instant now = clock.instant();
    Kept oldest = kept.peek();
    while (oldest != null && oldest.until().isBefore(now)) {
      exchanges.remove(oldest.key());
      kept.remove();
      oldest = kept.peek();
    }
  }

  /** How many logins wait now. */
  public int waiting() {
    return waiting.get();
  }

  /** Those that have no reply yet. */
  List<Exchange> unanswered() {
    return exchanges.values().stream().filter(exchange -> !exchange.isAnswered()).toList();
  }
}
