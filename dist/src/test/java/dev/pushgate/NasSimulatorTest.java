package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays what NASes send, each file in {@code nas} one login of one product, against a running
 * server with a phone over HTTPS: one push each, one Accept each. All are played at once, and
 * faster than life.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NasSimulatorTest {
  /** How long a client's patience takes here, whatever it is in life. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** What does not shrink with the rest: the Reject leaves 500 ms early, the question 100 ms. */
  private static final Duration MARGIN = Duration.ofMillis(600);

  /** For the packets that a NAS sends only because of a Reject. */
  private static final Duration AFTERWARDS = Duration.ofMillis(2500);

  private static final Duration POLL_EVERY = Duration.ofMillis(250);

  private final List<NasFile> files =
      NasFile.all().stream().filter(file -> !file.dialogue()).toList();
  private final Map<Play, Future<Played>> plays = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private RunningPushgate pushgate;

  /** What the user does. */
  private enum Act {
    APPROVE_AFTER_THE_LAST_PACKET,
    APPROVE_IN_THE_MIDDLE,
    DENY,
    NOTHING
  }

  private record Play(NasFile file, Act act) {}

  /**
   * How a file went.
   *
   * @param questions that the phone was asked
   * @param session of the NAS, with all its replies
   * @param stray replies that answer nothing
   */
  private record Played(int questions, NasSession session, List<String> stray) {}

  @BeforeAll
  void playAll(@TempDir Path folder) throws Exception {
    writeConfiguration(folder);
    pushgate = RunningPushgate.startIn(folder);
    for (NasFile file : files) {
      for (Act act : Act.values()) {
        Phone phone = pushgate.enrol(user(file, act));
        plays.put(new Play(file, act), threads.submit(() -> play(file, act, phone)));
      }
    }
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
    pushgate.close();
  }

  private static String user(NasFile file, Act act) {
    return file.name().replace('.', '-') + "-" + act.name().toLowerCase(Locale.ROOT);
  }

  private void writeConfiguration(Path folder) throws IOException {
    int port = RunningPushgate.freeUdpPort();
    RunningPushgate.writeConfiguration(folder, port, RunningPushgate.freeTcpPort(), "");
    Path configuration = folder.resolve("pushgate.conf");
    StringBuilder text = new StringBuilder(Files.readString(configuration));
    text.append("radius.listen = [ \"127.0.0.1:%1$d\", \"127.0.0.2:%1$d\" ]%n".formatted(port));
    StringBuilder users = new StringBuilder();
    for (NasFile file : files) {
      for (InetAddress address : addresses(file)) {
        text.append(client(file, address));
      }
      for (Act act : Act.values()) {
        users.append(user(file, act)).append(" = {CLEARTEXT}").append(RunningPushgate.PASSWORD);
        users.append('\n');
      }
    }
    Files.writeString(configuration, text);
    Files.writeString(folder.resolve("users.properties"), users);
  }

  private static String client(NasFile file, InetAddress address) {
    String host = address.getHostAddress();
    return "clients.%s { address = \"%s\", secret = \"%s\", kind = %s, mode = block, answer-within = %d ms%s }%n"
        .formatted(
            "nas-" + host.replace('.', '-'),
            host,
            RunningPushgate.SECRET,
            file.kind().word(),
            PATIENCE.plus(MARGIN).toMillis(),
            file.group() ? ", login-group = " + file.name() : "");
  }

  private List<InetAddress> addresses(NasFile file) {
    int number = files.indexOf(file);
    return Stream.of(1, 2)
        .map(last -> InetAddress.ofLiteral("127.1." + number + "." + last))
        .toList();
  }

  private Played play(NasFile file, Act act, Phone phone) throws Exception {
    int port = pushgate.radius().getPort();
    List<InetSocketAddress> servers =
        Stream.of("127.0.0.1", "127.0.0.2")
            .map(host -> new InetSocketAddress(InetAddress.ofLiteral(host), port))
            .toList();
    try (SimulatedNas nas = new SimulatedNas(addresses(file), servers)) {
      NasSession session = NasSession.first(file, nas, user(file, act));
      boolean goesOn = file.unprompted() < file.packets().size();
      Duration atMost = PATIENCE.plus(MARGIN).plus(goesOn ? AFTERWARDS : Duration.ZERO);
      long end = System.nanoTime() + atMost.toNanos();
      double pace = PATIENCE.toNanos() * 1e9 / file.answerWithin().toNanos();
      Future<?> playing =
          threads.submit(
              () -> {
                session.play(pace);
                return null;
              });
      Set<Question> asked = new LinkedHashSet<>();
      boolean tapped = act == Act.NOTHING;
      while (System.nanoTime() < end && !(playing.isDone() && session.newestCode() != 0)) {
        List<Question> open = open(phone);
        asked.addAll(open);
        if (!tapped && !open.isEmpty() && session.sendings() >= tapAfter(file, act)) {
          var _ =
              act == Act.DENY ? phone.deny(open.getFirst()) : phone.approve(open.getFirst(), null);
          tapped = true;
        }
        Thread.sleep(POLL_EVERY);
      }
      playing.get();
      asked.addAll(open(phone));
      return new Played(asked.size(), session, nas.strayReplies());
    }
  }

  private static int tapAfter(NasFile file, Act act) {
    int unprompted = file.unprompted();
    return switch (act) {
      case APPROVE_AFTER_THE_LAST_PACKET -> unprompted;
      case APPROVE_IN_THE_MIDDLE -> (unprompted + 1) / 2;
      case DENY, NOTHING -> 1;
    };
  }

  private static List<Question> open(Phone phone) throws IOException, InterruptedException {
    return phone.challenges(Duration.ZERO) instanceof Reply.Done<List<Question>>(var open)
        ? open
        : List.of();
  }

  private Played played(NasFile file, Act act) throws Exception {
    Played played = Objects.requireNonNull(plays.get(new Play(file, act))).get();
    assertThat(played.stray()).as("replies that answer nothing").isEmpty();
    assertThat(played.session().isAnsweredOnceEach()).as("one reply for each packet").isTrue();
    return played;
  }

  /** One for the login; where nothing tells that packets are one login, one for each. */
  private static int pushes(NasFile file, Played played) {
    return file.joins() ? 1 : played.session().newPackets();
  }

  List<NasFile> files() {
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void tapAfterTheLastPacket_isOnePushAndOneAcceptForTheNewest(NasFile file) throws Exception {
    Played played = played(file, Act.APPROVE_AFTER_THE_LAST_PACKET);
    assertThat(played.questions()).as("pushes").isEqualTo(pushes(file, played));
    assertThat(played.session().accepts()).as("Accepts").isEqualTo(1);
    assertThat(played.session().newestCode()).as("code").isEqualTo(CheckedReply.ACCEPT);
  }

  @ParameterizedTest
  @MethodSource("files")
  void tapInTheMiddle_isOnePushAndOneAcceptForTheNewest(NasFile file) throws Exception {
    Played played = played(file, Act.APPROVE_IN_THE_MIDDLE);
    assertThat(played.questions()).as("pushes").isEqualTo(pushes(file, played));
    assertThat(played.session().accepts()).as("Accepts").isEqualTo(1);
    assertThat(played.session().newestCode()).as("code").isEqualTo(CheckedReply.ACCEPT);
  }

  @ParameterizedTest
  @MethodSource("files")
  void denial_isOnePushAndNoAccept(NasFile file) throws Exception {
    Played played = played(file, Act.DENY);
    assertThat(played.questions()).as("pushes").isEqualTo(1);
    assertThat(played.session().accepts()).as("Accepts").isZero();
    assertThat(played.session().newestCode()).as("code").isEqualTo(CheckedReply.REJECT);
  }

  @ParameterizedTest
  @MethodSource("files")
  void loginThatNobodyAnswers_isRejectedBeforeTheClientGivesUp(NasFile file) throws Exception {
    assertThat(file.answerWithin()).as("the budget told").isLessThanOrEqualTo(file.givesUp());
    Played played = played(file, Act.NOTHING);
    assertThat(played.questions()).as("pushes").isEqualTo(pushes(file, played));
    assertThat(played.session().accepts()).as("Accepts").isZero();
    assertThat(played.session().isAnswered()).as("answered").isTrue();
    if (file.joins()) {
      assertThat(played.session().newestCode()).as("code").isEqualTo(CheckedReply.REJECT);
    }
  }
}
