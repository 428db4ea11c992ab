package dev.pushgate.push.dialogue;

import static dev.pushgate.push.dialogue.LoginsAt.FINGERPRINT;
import static dev.pushgate.push.dialogue.LoginsAt.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.pushgate.push.PushFactor;
import dev.pushgate.push.TestCodeApp;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.phone.Refusal;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.Mode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberPromptTest {
  private static final Outcome APPROVED = new Outcome.Approved("number");

  /** Goes as the system's does, and can be put forward. */
  private static final class LeapingClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }
  }

  private final LeapingClock clock = new LeapingClock();
  private final Path folder;
  private final TestServer server;
  private final TestPhone phone;
  private final LoginsAt logins =
      LoginsAt.mode(Mode.NUMBER, clock).remembering(Duration.ofHours(8));

  NumberPromptTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = new TestServer(folder, clock);
    this.phone = server.enrolled("alice");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Instant soon() {
    return clock.instant().plusSeconds(60);
  }

  private Outcome.Asked prompt() throws InterruptedException {
    return LoginsAt.asked(server.factor.verify(logins.of("alice"), soon()));
  }

  private void approves(Outcome.Asked asked) throws InterruptedException {
    Question question = server.question(phone);
    TestServer.taken(
        server.phones.settle(
            question.id(),
            phone.verdict(question, "approve", LoginsAt.match(LoginsAt.number(asked)))));
  }

  private FutureTask<Outcome> answering(Outcome.Asked asked, String text) {
    FutureTask<Outcome> answer = new FutureTask<>(() -> asked.next().answered(text, soon()));
    Thread.startVirtualThread(answer);
    return answer;
  }

  private TestCodeApp app() throws InterruptedException {
    return TestCodeApp.scanning(
        server.oneTimeCodes.enrol("alice", "Test VPN", TotpSettings.USUAL).url());
  }

  private boolean isRemembered() throws InterruptedException {
    return server.remembered.covers(
        "alice", "fortigate-hq", IpLiteral.parse(HOME).orElseThrow(), FINGERPRINT);
  }

  /** How many questions have a thread that sees to them. */
  private long keptQuestions() throws IOException {
    Path dump = folder.resolve("threads " + System.nanoTime());
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
    try (Stream<String> lines = Files.lines(dump)) {
      return lines.filter(line -> line.contains("\"question-")).count();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "anything at all", "push"})
  void verdictBeforeTheAnswer_isKeptForIt(String text) throws Exception {
    Outcome.Asked asked = prompt();
    approves(asked);
    assertThat(asked.next().answered(text, soon())).isEqualTo(APPROVED);
    assertThat(isRemembered()).isTrue();
  }

  @Test
  void verdictAfterTheAnswer_isWaitedFor() throws Exception {
    Outcome.Asked asked = prompt();
    FutureTask<Outcome> answer = answering(asked, "");
    approves(asked);
    assertThat(TestServer.result(answer)).isEqualTo(APPROVED);
  }

  @Test
  void numberTypedWhereItIsShown_isNoCode() throws Exception {
    Outcome.Asked asked = prompt();
    approves(asked);
    assertThat(asked.next().answered(LoginsAt.number(asked), soon())).isEqualTo(APPROVED);
    assertThat(server.failures.count("alice")).isZero();
  }

  @Test
  void approvalWithoutAnAnswer_letsNobodyInAndRemembersNothing() throws Exception {
    approves(prompt());
    assertThat(isRemembered()).isFalse();
    await().until(() -> keptQuestions() == 0);
  }

  @Test
  void nobodyAnswersOnThePhone_endsAtTheDeadlineOfTheAnswer() throws Exception {
    Outcome.Asked asked = prompt();
    Question question = server.question(phone);
    assertThat(asked.next().answered("", clock.instant().plusMillis(300)))
        .isEqualTo(new Outcome.Denied("expired", "Nobody answered in time on your phone.", true));
    assertThat(
            TestServer.refusal(
                server.phones.settle(
                    question.id(),
                    phone.verdict(question, "approve", LoginsAt.match(LoginsAt.number(asked))))))
        .isEqualTo(new Refusal.Expired());
  }

  @Test
  void answerAfterTheExpiry_isRefused() throws Exception {
    PushFactor impatient = server.factor(Duration.ofMillis(1_100));
    Outcome.Asked asked = LoginsAt.asked(impatient.verify(logins.of("alice"), soon()));
    assertThat(asked.answerWithin()).isLessThanOrEqualTo(Duration.ofMillis(1_100));
    await().until(() -> server.questions(phone).isEmpty());
    assertThat(LoginsAt.denial(asked.next().answered("", soon()))).isEqualTo("expired");
  }

  @Test
  void wrongNumber_isTheOneTry() throws Exception {
    Outcome.Asked asked = prompt();
    Question question = server.question(phone);
    String number = LoginsAt.number(asked);
    String wrong = number.equals("111111") ? "222222" : "111111";
    assertThat(
            TestServer.refusal(
                server.phones.settle(
                    question.id(), phone.verdict(question, "approve", LoginsAt.match(wrong)))))
        .isEqualTo(new Refusal.WrongNumber());
    assertThat(
            TestServer.refusal(
                server.phones.settle(
                    question.id(), phone.verdict(question, "approve", LoginsAt.match(number)))))
        .isInstanceOf(Refusal.Settled.class);
    assertThat(LoginsAt.denial(asked.next().answered("", soon()))).isEqualTo("wrong-number");
  }

  /** Nobody has to press OK for a no to be heard. */
  @ParameterizedTest
  @CsvSource({"deny, 0", "report, 1"})
  void refusalWithoutAnAnswer_isHeardAllTheSame(String verdict, int alarms) throws Exception {
    Outcome.Asked first = prompt();
    approves(first);
    assertThat(first.next().answered("", soon())).isEqualTo(APPROVED);
    assertThat(isRemembered()).isTrue();
    var _ =
        LoginsAt.asked(
            server.factor.verify(logins.of("alice", "192.0.2.1", null, "other"), soon()));
    Question question = server.question(phone);
    TestServer.taken(server.phones.settle(question.id(), phone.verdict(question, verdict)));
    assertThat(isRemembered()).isFalse();
    assertThat(server.limits.stops()).hasSize(alarms);
    assertThat(server.alarms.raised()).isEqualTo(alarms);
    assertThat(server.audit)
        .filteredOn(record -> record instanceof AuditRecord.VerdictTaken)
        .hasSize(2);
    Outcome next = server.factor.verify(logins.of("alice", "192.0.2.1", null, "other"), soon());
    if (verdict.equals("report")) {
      assertThat(LoginsAt.denial(next)).isEqualTo("pushes-stopped");
    } else {
      assertThat(next).isInstanceOf(Outcome.Asked.class);
    }
  }

  @Test
  void rightCode_letsInAndWithdrawsTheQuestion() throws Exception {
    TestCodeApp app = app();
    Outcome.Asked asked = prompt();
    Question question = server.question(phone);
    assertThat(asked.next().answered(app.at(clock.instant()), soon()))
        .isEqualTo(new Outcome.Approved("code"));
    assertThat(server.questions(phone)).isEmpty();
    assertThat(
            TestServer.refusal(
                server.phones.settle(
                    question.id(),
                    phone.verdict(question, "approve", LoginsAt.match(LoginsAt.number(asked))))))
        .isEqualTo(new Refusal.Expired());
    await().until(() -> keptQuestions() == 0);
  }

  @Test
  void wrongCode_refusesAndWithdrawsTheQuestion() throws Exception {
    Outcome.Asked asked = prompt();
    String wrong = LoginsAt.number(asked).equals("111111") ? "222222" : "111111";
    assertThat(LoginsAt.denial(asked.next().answered(wrong, soon()))).isEqualTo("wrong-code");
    assertThat(server.questions(phone)).isEmpty();
    assertThat(server.failures.count("alice")).isEqualTo(1);
  }

  @Test
  void usedCode_leavesTheQuestionOpen() throws Exception {
    TestCodeApp app = app();
    String code = app.at(clock.instant());
    assertThat(prompt().next().answered(code, soon())).isEqualTo(new Outcome.Approved("code"));
    Login elsewhere = logins.of("alice", "192.0.2.1");
    Outcome.Asked asked = LoginsAt.asked(server.factor.verify(elsewhere, soon()));
    Outcome.Asked again = LoginsAt.asked(asked.next().answered(code, soon()));
    assertThat(again.prompt()).matches("Please wait [0-9]+ seconds to login again");
    approves(asked);
    assertThat(again.next().answered("", soon())).isEqualTo(APPROVED);
  }

  /** Somebody has the password and a code: the phone still has the last word. */
  @ParameterizedTest
  @CsvSource({"deny, denied", "report, reported"})
  void rightCodeAfterANoOnThePhone_letsNobodyIn(String verdict, String reason) throws Exception {
    TestCodeApp app = app();
    Outcome.Asked asked = prompt();
    Question question = server.question(phone);
    TestServer.taken(server.phones.settle(question.id(), phone.verdict(question, verdict)));
    assertThat(LoginsAt.denial(asked.next().answered(app.at(clock.instant()), soon())))
        .isEqualTo(reason);
    assertThat(isRemembered()).isFalse();
  }

  @Test
  void codeWhereANumberIsRequired_isRefused() throws Exception {
    TestCodeApp app = app();
    Outcome.Asked asked =
        LoginsAt.asked(server.factor.verify(logins.requiring("number").of("alice"), soon()));
    assertThat(LoginsAt.denial(asked.next().answered(app.at(clock.instant()), soon())))
        .isEqualTo("wrong-code");
  }

  @Test
  void interruptedAnswer_leavesNothingToApprove() throws Exception {
    Outcome.Asked asked = prompt();
    Question question = server.question(phone);
    FutureTask<Outcome> answer = new FutureTask<>(() -> asked.next().answered("", soon()));
    Thread thread = Thread.startVirtualThread(answer);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt();
    assertThatThrownBy(() -> TestServer.result(answer))
        .rootCause()
        .isInstanceOf(InterruptedException.class);
    assertThat(
            TestServer.refusal(
                server.phones.settle(
                    question.id(),
                    phone.verdict(question, "approve", LoginsAt.match(LoginsAt.number(asked))))))
        .isEqualTo(new Refusal.Expired());
    await().until(() -> keptQuestions() == 0);
  }

  @Test
  void shutdown_leavesNoThreadBehind() throws Exception {
    List<Outcome.Asked> prompts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      prompts.add(prompt());
    }
    FutureTask<Outcome> answer = answering(prompts.getFirst(), "");
    assertThat(keptQuestions()).isEqualTo(20);
    server.challenges.cancelAll();
    await().until(() -> keptQuestions() == 0);
    assertThat(LoginsAt.denial(TestServer.result(answer))).isEqualTo("shutdown");
    assertThat(LoginsAt.denial(prompts.getLast().next().answered("", soon())))
        .isEqualTo("shutdown");
    assertThat(LoginsAt.denial(prompt().next().answered("", soon()))).isEqualTo("shutdown");
    await().until(() -> keptQuestions() == 0);
  }

  /** Opens a hundred for one user, and returns what must not be kept when they are over. */
  private List<WeakReference<Login>> hundred(PushFactor factor, String user)
      throws InterruptedException {
    List<WeakReference<Login>> opened = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Login login = logins.of(user);
      var _ = LoginsAt.asked(factor.verify(login, soon()));
      opened.add(new WeakReference<>(login));
    }
    return opened;
  }

  @Test
  void tenThousandPromptsThatNobodyAnswers_leaveNothingBehind() throws Exception {
    PushFactor factor = server.factor(Duration.ofSeconds(5));
    List<Callable<List<WeakReference<Login>>>> users = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String user = "user" + i;
      var _ = server.enrolled(user);
      users.add(() -> hundred(factor, user));
    }
    List<WeakReference<Login>> opened =
        TestServer.race(users).stream().flatMap(List::stream).toList();
    assertThat(opened).hasSize(10_000);
    assertThat(keptQuestions()).isPositive();
    await().atMost(Duration.ofSeconds(60)).until(() -> keptQuestions() == 0);
    assertThat(opened).anyMatch(login -> login.get() != null);
    clock.ahead = Duration.ofMinutes(6);
    // What expires is dropped as something is opened.
    var _ = prompt();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              return opened.stream().allMatch(login -> login.refersTo(null));
            });
  }
}
