package dev.pushgate.radius.upstream;

import dev.pushgate.radius.DiscardCounts;
import dev.pushgate.radius.nas.Conversation;
import dev.pushgate.radius.nas.Line;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.nas.UdpLine;
import dev.pushgate.radius.packet.SignedRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A RADIUS client: asks a list of servers, one after the other until one answers.
 *
 * <p>A request is sent again by RFC 5080 section 2.2.1, the same octets each time, and after three
 * sendings, or its share of the time, goes to the next server as a packet of its own. A server that
 * did not answer is passed over for a while; then one request at a time finds out whether it is
 * back, and Status-Server where it knows that.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Each request has a socket, an identifier and an authenticator of its own, by chance, and is
 * signed by a Message-Authenticator that comes first. Replies whose authenticators are wrong, that
 * are not signed (unless the server's settings permit that) or that answer another request are
 * dropped, and the waiting goes on. Not guaranteed: that one request reaches one server only; where
 * a reply is lost, the next server gets the question too.
 *
 * <p>Safe for any number of threads; blocks, and is meant for virtual ones: those can be
 * interrupted while they wait.
 */
public final class UpstreamClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UpstreamClient.class);

  /** How often a request is sent to a server while there is another to ask. */
  static final int TRIES = 3;

  /** Who waited less has not found out whether a server answers. */
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

  private final UpstreamSettings settings;
  private final List<ServerHealth> servers;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Lines lines;
  private final Semaphore places;
  private final IgnoredReplies ignored;
  private final StatusProbes probes;

  /**
   * A client that opens sockets as it needs them.
   *
   * @param clock that deadlines are told by
   */
  public UpstreamClient(UpstreamSettings settings, InstantSource clock, SecureRandom random) {
    this(settings, UdpLine::new, clock, random);
  }

  /**
   * The same over lines of the caller's own, for tests without a network.
   *
   * @param opener opens a line for each packet
   */
  public UpstreamClient(
      UpstreamSettings settings, Line.Opener opener, InstantSource clock, SecureRandom random) {
    this.settings = settings;
    this.servers =
        settings.servers().stream()
            .map(server -> new ServerHealth(server, settings.deadTime()))
            .toList();
    this.clock = clock;
    this.random = random;
    this.lines = new Lines(opener);
    this.places = new Semaphore(settings.mostAtOnce());
    this.ignored = new IgnoredReplies(clock);
    this.probes = new StatusProbes(lines, ignored, clock, random);
  }

  /** A server whose turn it is. */
  private record Turn(ServerHealth health, int tries) {}

  /** What came of one server: its answer, or words for why there is none. */
  private sealed interface Heard {
    record Something(UpstreamReply.Answered reply) implements Heard {}

    record Nothing(String why) implements Heard {}
  }

  /**
   * Asks the servers; blocks.
   *
   * @param deadline by when the answer is needed; the timeout of the settings may end it earlier
   * @throws InterruptedException when the thread is interrupted
   */
  public UpstreamReply ask(UpstreamRequest request, Instant deadline) throws InterruptedException {
    return inPlace(() -> askInTurn(request, end(deadline)));
  }

  /**
   * Asks one server and no other, such as the one that has asked for more.
   *
   * @param server one of the settings
   * @param deadline as for {@link #ask(UpstreamRequest, Instant)}
   * @throws InterruptedException when the thread is interrupted
   */
  public UpstreamReply ask(UpstreamServer server, UpstreamRequest request, Instant deadline)
      throws InterruptedException {
    ServerHealth health =
        servers.stream()
            .filter(each -> each.server().equals(server))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(server + " is none of the servers"));
    Instant end = end(deadline);
    Turn turn = new Turn(health, Integer.MAX_VALUE);
    return inPlace(
        () ->
            switch (ask(turn, request, end, true)) {
              case Heard.Something(var answered) -> answered;
              case Heard.Nothing(String why) -> new UpstreamReply.Unanswered(why);
            });
  }

  private interface Asking {
    UpstreamReply ask() throws InterruptedException;
  }

  private UpstreamReply inPlace(Asking asking) throws InterruptedException {
    if (!places.tryAcquire()) {
      return new UpstreamReply.Busy(
          settings.mostAtOnce() + " requests wait for " + words(settings.servers()) + " already");
    }
    try {
      return asking.ask();
    } finally {
      places.release();
    }
  }

  private Instant end(Instant deadline) {
    Instant timedOut = clock.instant().plus(settings.timeout());
    return deadline.isBefore(timedOut) ? deadline : timedOut;
  }

  private UpstreamReply askInTurn(UpstreamRequest request, Instant end)
      throws InterruptedException {
    Instant start = clock.instant();
    List<Turn> first = new ArrayList<>();
    List<Turn> passedOver = new ArrayList<>();
    for (ServerHealth each : servers) {
      if (each.isUp()) {
        first.add(new Turn(each, TRIES));
      } else if (each.claimTry(start)) {
        first.add(new Turn(each, 1));
      } else {
        passedOver.add(new Turn(each, TRIES));
      }
    }
    List<Turn> order = Stream.concat(first.stream(), passedOver.stream()).toList();
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Duration left = Duration.between(clock.instant(), end);
      if (!left.isPositive()) {
        break;
      }
      int sharers = (i < first.size() ? first.size() : order.size()) - i;
      Instant until = clock.instant().plus(left.dividedBy(sharers));
      boolean last = i == order.size() - 1;
      Turn turn = last ? new Turn(order.get(i).health(), Integer.MAX_VALUE) : order.get(i);
      switch (ask(turn, request, until, last)) {
        case Heard.Something(UpstreamReply.Answered answered) -> {
          return answered;
        }
        case Heard.Nothing(String why) -> failures.add(why);
      }
    }
    return new UpstreamReply.Unanswered(
        failures.isEmpty()
            ? "there was no time left to ask " + words(settings.servers())
            : String.join("; ", failures));
  }

  /**
   * @param last whether there is nobody else to ask, so that a closed port is waited for
   */
  private Heard ask(Turn turn, UpstreamRequest request, Instant until, boolean last)
      throws InterruptedException {
    ServerHealth health = turn.health();
    UpstreamServer server = health.server();
    Instant start = clock.instant();
    Silence silence = new Silence(server, ignored, last);
    SignedRequest packet = new SignedRequest(random.nextInt(256), server.secret(), random);
    request.addTo(packet);
    Optional<NasAnswer> answer = Optional.empty();
    try {
      answer =
          lines.with(
              server,
              line ->
                  new Conversation(line, server.secret(), clock, silence)
                      .ask(
                          packet,
                          server.unsignedTaken(),
                          new Retransmission(random, turn.tries()),
                          until));
    } catch (IOException e) {
      silence.broken(e);
    }
    if (answer.isPresent()) {
      if (health.hasAnswered(clock.instant())) {
        log.info("the RADIUS server {} answers again", server);
      }
      return new Heard.Something(new UpstreamReply.Answered(answer.get(), packet, server));
    }
    Duration waited = Duration.between(start, clock.instant());
    String why = silence.words(waited);
    if (!lines.isClosed()
        && (silence.isKnown() || waited.compareTo(LEAST_WAIT) >= 0)
        && health.hasNotAnswered(start, clock.instant())) {
      log.warn(
          "the RADIUS server is passed over for {} s: {}", settings.deadTime().toSeconds(), why);
    }
    if (settings.statusServer()) {
      probes.begin(health);
    }
    return new Heard.Nothing(why);
  }

  private static String words(List<UpstreamServer> servers) {
    return String.join(", ", servers.stream().map(UpstreamServer::toString).toList());
  }

  /** How many datagrams came that were no answers, by reason. */
  public DiscardCounts ignored() {
    return ignored.counts();
  }

  /** Ends every request as unanswered, and lets none begin. */
  @Override
  public void close() {
    lines.close();
    probes.close();
  }
}
