package dev.pushgate.radius.exchange;

import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.socket.ReplyPath;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The requests that wait for their reply, and the replies of the last 30 seconds.
 *
 * <p>Nothing in here is ever dropped to make room: at a bound, what is new is not admitted.
 *
 * <p>Safe for use by many threads.
 */
public final class Exchanges {

  private static final byte[] NO_REPLY = {};

  /**
   * Whose an Identifier is.
   *
   * @param sequence of the request
   */
  private record Holder(RequestKey key, long sequence) {}

  private final Bounds bounds;
  private final InstantSource clock;
  private final KeptReplies kept;
  private final AtomicLong sequence = new AtomicLong();
  private final Map<RequestKey, Exchange> waiting = new ConcurrentHashMap<>();

  /** The latest request of each Identifier whose password was right. */
  private final Map<Slot, Holder> holders = new ConcurrentHashMap<>();

  private final AtomicInteger waitingInAll = new AtomicInteger();
  private final Map<String, AtomicInteger> waitingByClient = new ConcurrentHashMap<>();

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

    /** The same octets as one that is done with: its reply, if it got one, has been sent again. */
    record Answered() implements Arrival {}

    /** New, but a bound has been reached. */
    record Refused() implements Arrival {}
  }

  /** An empty set. */
  public Exchanges(Bounds bounds, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.kept = new KeptReplies(clock);
  }

  /** Takes note of a request. */
  public Arrival arrive(RequestKey key, AccessRequest request, ReplyPath path) {
    Exchange known = waiting.get(key);
    if (known != null) {
      return again(known, path);
    }
    if (kept.sendAgain(key, path)) {
      return new Arrival.Answered();
    }
    if (!enter(request.client().name())) {
      return new Arrival.Refused();
    }
    Exchange exchange = new Exchange(this, key, sequence.incrementAndGet(), request, path);
    known = waiting.putIfAbsent(key, exchange);
    if (known != null) {
      leave(request.client().name());
      return again(known, path);
    }
    // Another thread may have taken the same octets from arrival to reply since the look above.
    if (kept.sendAgain(key, path)) {
      waiting.remove(key, exchange);
      leave(request.client().name());
      return new Arrival.Answered();
    }
    return new Arrival.New(exchange);
  }

  private Arrival again(Exchange known, ReplyPath path) {
    known.seenAgain(clock.instant(), path);
    return new Arrival.InProgress();
  }

  /**
   * Gives the Identifier to a request whose password has proved right. Whoever had it is done: a
   * reply that was kept is not asked for any more, and one that still waits ends without a reply,
   * which the NAS could not tell from one to the later request (RFC 5080 section 2.2.2).
   *
   * <p>Not before the password is right, since a forged datagram must end nobody's login.
   *
   * @return false when a later request has it already
   */
  boolean claimIdentifier(Exchange exchange) {
    Slot slot = exchange.key().slot();
    Holder mine = new Holder(exchange.key(), exchange.sequence());
    Holder before = holders.put(slot, mine);
    if (before == null) {
      return true;
    }
    if (before.sequence() > mine.sequence()) {
      holders.replace(slot, mine, before);
      endWithoutReply(exchange);
      return false;
    }
    Exchange earlier = waiting.get(before.key());
    // One that waited is remembered for a while, so that a late copy of it is no new request.
    if (earlier == null || !endWithoutReply(earlier)) {
      kept.forget(before.key());
    }
    return true;
  }

  /** Ends an exchange that shall have no reply; false when it has one. */
  boolean endWithoutReply(Exchange exchange) {
    if (!exchange.finish()) {
      return false;
    }
    keep(exchange, NO_REPLY);
    exchange.cancelTimeLimit();
    return true;
  }

  /**
   * Makes these octets the reply of the exchange, keeps them and sends them.
   *
   * @param reply makes them; where it fails, there is no reply yet
   * @return false when another reply was first; then nothing is sent
   */
  boolean answer(Exchange exchange, Supplier<byte[]> reply) {
    if (!exchange.finish()) {
      return false;
    }
    byte[] octets;
    try {
      octets = reply.get();
    } catch (RuntimeException e) {
      exchange.resume();
      throw e;
    }
    keep(exchange, octets);
    exchange.path().send(octets);
    exchange.cancelTimeLimit();
    return true;
  }

  private void keep(Exchange exchange, byte[] octets) {
    kept.keep(exchange.key(), octets);
    waiting.remove(exchange.key(), exchange);
    leave(exchange.request().client().name());
  }

  /** Forgets replies that have been kept long enough; to be called about once a second. */
  public void forgetOldReplies() {
    for (RequestKey key : kept.forgetOld()) {
      holders.computeIfPresent(key.slot(), (_, holder) -> holder.key().equals(key) ? null : holder);
    }
  }

  private boolean enter(String client) {
    int inAll = waitingInAll.incrementAndGet();
    int ofClient =
        waitingByClient.computeIfAbsent(client, name -> new AtomicInteger()).incrementAndGet();
    boolean room =
        inAll <= bounds.waiting()
            && ofClient <= bounds.waitingPerClient()
            && inAll + kept.size() <= bounds.total();
    if (!room) {
      leave(client);
    }
    return room;
  }

  private void leave(String client) {
    waitingInAll.decrementAndGet();
    AtomicInteger ofClient = waitingByClient.get(client);
    if (ofClient != null) {
      ofClient.decrementAndGet();
    }
  }

  /** How many logins wait now. */
  public int waiting() {
    return waitingInAll.get();
  }

  /** Those that have no reply yet. */
  List<Exchange> unanswered() {
    return List.copyOf(waiting.values());
  }
}
