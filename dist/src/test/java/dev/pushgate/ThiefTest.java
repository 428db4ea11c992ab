package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.pushgate.NasFile.Packet;
import dev.pushgate.TappedGate.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * A thief who knows the password sits behind the same address at the same NAS as the victim: their
 * packets come in every order, and the victim taps the question of his own login, at every moment.
 * The thief gets no Accept from that tap.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThiefTest {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  /** Longer than an Accept is held back, which is a sixth of the above. */
  private static final Duration SETTLING = Duration.ofMillis(700);

  private static final Duration BETWEEN_PACKETS = Duration.ofMillis(20);

  /** For what takes a moment unless something is broken. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int RUNS_AT_ONCE = 300;
  private static final int PACKETS_EACH = 4;

  private final AtomicInteger users = new AtomicInteger();
  private final Semaphore places = new Semaphore(RUNS_AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<NasFile> files = NasFile.all();
  private final Map<NasFile, List<Future<Run>>> runs = new HashMap<>();
  private final Logger chatter = (Logger) LoggerFactory.getLogger("dev.pushgate.radius");
  private TappedGate gate;

  /**
   * An order of packets.
   *
   * @param thief for each packet, whether it is the thief's
   * @param tapAfter number of packets after which the victim taps
   */
  private record Order(List<Boolean> thief, int tapAfter) {}

  /**
   * What came of an order.
   *
   * @param told what was sent: V1 is the victim's first packet of the file, T1 the thief's
   * @param victim how many Accepts the victim got
   * @param thief how many Accepts the thief got
   */
  private record Run(String told, int victim, int thief) {}

  @BeforeAll
  void playAll() throws Exception {
    chatter.setLevel(Level.ERROR);
    gate = TappedGate.start(files, ANSWER_WITHIN);
    for (NasFile file : files) {
      List<Packet> packets = representative(file);
      runs.put(
          file,
          orders(packets.size()).stream()
              .map(order -> threads.submit(() -> inItsPlace(file, packets, order)))
              .toList());
    }
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
    gate.close();
    chatter.setLevel(null);
  }

  List<NasFile> files() {
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void thiefBehindTheSameAddress_getsNoAcceptFromTheVictimsTap(NasFile file) throws Exception {
    List<String> stolen = new ArrayList<>();
    int victims = 0;
    for (Future<Run> each : Objects.requireNonNull(runs.get(file))) {
      Run run = each.get();
      victims += run.victim() > 0 ? 1 : 0;
      if (run.thief() > 0) {
        stolen.add(run.told());
      }
    }
    assertThat(stolen).as("orders in which the thief got in").isEmpty();
    assertThat(victims).as("orders in which the victim got in").isPositive();
  }

  /** The packets that matter for an order: new ones, and one copy of each. */
  private static List<Packet> representative(NasFile file) {
    List<Packet> packets = new ArrayList<>();
    for (Packet packet : file.packets()) {
      boolean copiedBefore =
          packet.again().isPresent()
              && packets.stream().anyMatch(earlier -> earlier.again().equals(packet.again()));
      if (!copiedBefore && packets.size() < PACKETS_EACH) {
        packets.add(packet);
      }
    }
    return packets;
  }

  private static List<Order> orders(int packetsEach) {
    List<Order> orders = new ArrayList<>();
    merge(packetsEach, packetsEach, new ArrayList<>(), orders);
    return orders;
  }

  private static void merge(int victims, int thiefs, List<Boolean> soFar, List<Order> orders) {
    if (victims == 0 && thiefs == 0) {
      for (int tapAfter = soFar.indexOf(false) + 1; tapAfter <= soFar.size(); tapAfter++) {
        orders.add(new Order(List.copyOf(soFar), tapAfter));
      }
      return;
    }
    if (victims > 0) {
      soFar.add(false);
      merge(victims - 1, thiefs, soFar, orders);
      soFar.removeLast();
    }
    if (thiefs > 0) {
      soFar.add(true);
      merge(victims, thiefs - 1, soFar, orders);
      soFar.removeLast();
    }
  }

  private record Span(Instant begin, Instant end) {
    boolean holds(Instant moment) {
      return !moment.isBefore(begin) && !moment.isAfter(end);
    }
  }

  private Run inItsPlace(NasFile file, List<Packet> packets, Order order)
      throws InterruptedException {
    places.acquire();
    try (SimulatedNas nas = gate.nas(file)) {
      return new Players(file, nas, "user" + users.incrementAndGet()).play(packets, order);
    } finally {
      places.release();
    }
  }

  /** The two, in one order. */
  private final class Players {
    private final NasFile file;
    private final String user;
    private final NasSession victim;
    private final NasSession thief;
    private final StringBuilder told = new StringBuilder();

    /** When packets of the victim were on their way. */
    private final List<Span> victims = new ArrayList<>();

    Players(NasFile file, SimulatedNas nas, String user) {
      this.file = file;
      this.user = user;
      this.victim = NasSession.first(file, nas, user);
      this.thief = NasSession.another(file, nas, user);
    }

    Run play(List<Packet> packets, Order order) throws InterruptedException {
      int ofVictim = 0;
      int ofThief = 0;
      for (int i = 0; i < order.thief().size(); i++) {
        if (order.thief().get(i)) {
          send(thief, packets.get(ofThief++));
        } else {
          send(victim, packets.get(ofVictim++));
        }
        if (i + 1 == order.tapAfter()) {
          Optional<Question> question = victimsQuestion();
          told.append(question.isPresent() ? "tap " : "(nothing to tap) ");
          question.ifPresent(Question::approve);
        }
      }
      Thread.sleep(SETTLING);
      gate.questions(user).forEach(Question::deny);
      return new Run(told.toString(), victim.accepts(), thief.accepts());
    }

    private void send(NasSession session, Packet packet) throws InterruptedException {
      Instant sent = Instant.now();
      if (!session.send(packet)) {
        return;
      }
      told.append(session == thief ? 'T' : 'V').append(packet.number()).append(' ');
      awaitTaken();
      if (file.dialogue()) {
        awaitPrompt(session, packet);
      }
      if (session == victim) {
        victims.add(new Span(sent, Instant.now()));
      }
      Thread.sleep(BETWEEN_PACKETS);
    }

    /** The newest open question of those that are asked for a packet of the victim's. */
    private Optional<Question> victimsQuestion() {
      return gate.questions(user).stream()
          .filter(Question::isOpen)
          .filter(question -> victims.stream().anyMatch(span -> span.holds(question.received())))
          .reduce((_, last) -> last);
    }

    private void awaitPrompt(NasSession session, Packet packet) throws InterruptedException {
      if (!packet.answersChallenge()) {
        var _ = session.awaitReply(PATIENCE);
      }
    }

    /** Until the password of the newest packet has been checked, if it has one. */
    private void awaitTaken() throws InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      int passwords = victim.newPasswords() + thief.newPasswords();
      while (gate.checkedPasswords(user) < passwords && System.nanoTime() < end) {
        Thread.sleep(1);
      }
    }
  }
}
