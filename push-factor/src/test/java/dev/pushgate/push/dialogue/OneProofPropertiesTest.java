package dev.pushgate.push.dialogue;

import static dev.pushgate.push.dialogue.LoginsAt.FINGERPRINT;
import static dev.pushgate.push.dialogue.LoginsAt.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestCodeApp;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.awaitility.Awaitility;

/** One proof lets one login in, whoever else comes with it at the same moment. */
class OneProofPropertiesTest {

  /** A user with a phone and an app, and two processes on one folder. */
  private static final class World implements AutoCloseable {
    final TestClock clock = new TestClock();
    final Path folder;
    final TestServer one;
    final TestServer other;
    final TestPhone phone;
    final TestCodeApp app;

    World() throws Exception {
      folder = Files.createTempDirectory("pushgate-properties");
      Keys keys = TestServer.newKeys();
      one = new TestServer(folder, clock, keys);
      other = new TestServer(folder, clock, keys);
      phone = one.enrolled("alice");
      app =
          TestCodeApp.scanning(
              one.oneTimeCodes.enrol("alice", "Test VPN", TotpSettings.USUAL).url());
    }

    Instant soon() {
      return clock.instant().plusSeconds(60);
    }

    @Override
    public void close() throws IOException {
      one.close();
      other.close();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private enum Proof {
    OF_THE_APP,
    ON_PAPER,
    OF_THE_HELP_DESK
  }

  /** How a code comes in, and to which process. */
  private enum Way {
    PROMPTED,
    PROMPTED_BY_THE_OTHER,
    NUMBERED,
    NUMBERED_BY_THE_OTHER,
    APPENDED,
    APPENDED_AT_THE_OTHER
  }

  private static String code(World world, Proof proof) throws InterruptedException {
    return switch (proof) {
      case OF_THE_APP -> world.app.at(world.clock.instant());
      case ON_PAPER -> world.one.recoveryCodes.issue("alice").getFirst();
      case OF_THE_HELP_DESK ->
          world.one.bypassCodes.issue(
              "alice", world.clock.instant().plus(Duration.ofMinutes(15)), "lost phone", "root");
    };
  }

  private static Callable<Outcome> login(World world, Way way, String code)
      throws InterruptedException {
    return switch (way) {
      case PROMPTED -> prompted(world, world.one, Mode.CHALLENGE, code);
      case PROMPTED_BY_THE_OTHER -> prompted(world, world.other, Mode.CHALLENGE, code);
      case NUMBERED -> prompted(world, world.one, Mode.NUMBER, code);
      case NUMBERED_BY_THE_OTHER -> prompted(world, world.other, Mode.NUMBER, code);
      case APPENDED -> appended(world, world.one, code);
      case APPENDED_AT_THE_OTHER -> appended(world, world.other, code);
    };
  }

  private static Callable<Outcome> prompted(World world, TestServer by, Mode mode, String code)
      throws InterruptedException {
    Login login = LoginsAt.mode(mode, world.clock).of("alice");
    Outcome.Asked asked = LoginsAt.asked(by.factor.verify(login, world.soon()));
    return () -> asked.next().answered(code, world.soon());
  }

  private static Callable<Outcome> appended(World world, TestServer by, String code) {
    Login login = LoginsAt.mode(Mode.BLOCK, world.clock).of("alice", HOME, code, FINGERPRINT);
    return () -> by.factor.verify(login, world.soon());
  }

  private static long approved(List<Outcome> outcomes) {
    return outcomes.stream().filter(Outcome.Approved.class::isInstance).count();
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void oneCode_letsOneLoginIn(@ForAll Proof proof, @ForAll @Size(min = 2, max = 12) List<Way> ways)
      throws Exception {
    try (World world = new World()) {
      String code = code(world, proof);
      List<Callable<Outcome>> logins = new ArrayList<>();
      for (Way way : ways) {
        logins.add(login(world, way, code));
      }
      assertThat(approved(TestServer.race(logins))).isEqualTo(1);
    }
  }

  /** The phone says yes to one of many questions, many times, to both processes and everywhere. */
  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void oneApproval_letsOneLoginIn(
      @ForAll @IntRange(min = 2, max = 6) int waiting,
      @ForAll @IntRange(min = 1, max = 6) int times)
      throws Exception {
    try (World world = new World()) {
      List<FutureTask<Outcome>> logins = new ArrayList<>();
      for (int i = 0; i < waiting; i++) {
        TestServer by = i % 2 == 0 ? world.one : world.other;
        FutureTask<Outcome> login =
            new FutureTask<>(
                () ->
                    by.factor.verify(
                        LoginsAt.mode(Mode.BLOCK, world.clock).of("alice"), world.soon()));
        Thread.startVirtualThread(login);
        logins.add(login);
      }
      List<Question> questions =
          Awaitility.await()
              .pollDelay(Duration.ZERO)
              .until(
                  () ->
                      Stream.concat(
                              world.one.questions(world.phone).stream(),
                              world.other.questions(world.phone).stream())
                          .toList(),
                  list -> list.size() == waiting);
      Question approved = questions.getFirst();
      String verdict = world.phone.verdict(approved, "approve");
      List<Callable<PhoneAnswer<?>>> verdicts = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        for (Question question : questions) {
          verdicts.add(() -> world.one.phones.settle(question.id(), verdict));
          verdicts.add(() -> world.other.phones.settle(question.id(), verdict));
        }
      }
      var _ = TestServer.race(verdicts);
      world.one.challenges.cancelAll();
      world.other.challenges.cancelAll();
      assertThat(approved(logins.stream().map(TestServer::result).toList())).isEqualTo(1);
    }
  }

  /** Approval, denial and a right code reach one number prompt at the same moment. */
  @Property(shrinking = ShrinkingMode.OFF)
  void oneNumberPrompt_hasOneOutcomeAndThePhoneKnowsIt(
      @ForAll boolean approves, @ForAll boolean denies, @ForAll boolean typesCode)
      throws Exception {
    try (World world = new World()) {
      for (int i = 0; i < 5; i++) {
        assertThatThereIsOneOutcome(world, approves, denies, typesCode || !(approves || denies));
        world.clock.advance(Duration.ofSeconds(60));
      }
    }
  }

  private static void assertThatThereIsOneOutcome(
      World world, boolean approves, boolean denies, boolean typesCode) throws Exception {
    Login login = LoginsAt.mode(Mode.NUMBER, world.clock).of("alice");
    Outcome.Asked asked = LoginsAt.asked(world.one.factor.verify(login, world.soon()));
    Question question = world.one.question(world.phone);
    String text = typesCode ? world.app.at(world.clock.instant()) : "";
    List<Callable<Object>> all = new ArrayList<>();
    all.add(() -> asked.next().answered(text, world.soon()));
    if (approves) {
      String verdict =
          world.phone.verdict(question, "approve", LoginsAt.match(LoginsAt.number(asked)));
      all.add(() -> world.one.phones.settle(question.id(), verdict));
    }
    if (denies) {
      String verdict = world.phone.verdict(question, "deny");
      all.add(() -> world.one.phones.settle(question.id(), verdict));
    }
    List<Object> ends = TestServer.race(all);
    boolean letIn = ends.getFirst() instanceof Outcome.Approved;
    boolean saidYes = approves && ends.get(1) instanceof PhoneAnswer.Taken<?>;
    boolean saidNo = denies && ends.getLast() instanceof PhoneAnswer.Taken<?>;
    assertThat(saidYes && saidNo).isFalse();
    assertThat(letIn).isEqualTo(typesCode ? !saidNo : saidYes);
  }
}
