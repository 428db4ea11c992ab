package dev.pushgate.push.dialogue;

import static dev.pushgate.push.dialogue.LoginsAt.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.PushFactor;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestCodeApp;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.limit.LimitSettings;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a login whose user may not be asked, or cannot be. */
class LimitedPushesTest {
  private static final String AWAY = "192.0.2.55";
  private static final Outcome USED_UP =
      new Outcome.Denied(
          "pushes-used-up",
          "Too many notifications went unanswered. Please wait some minutes, or use a code.");

  private final TestClock clock = new TestClock();
  private final TestServer server;
  private final PushFactor impatient;

  LimitedPushesTest(@TempDir Path folder) throws InterruptedException {
    this.server = new TestServer(folder, clock);
    server.limitSettings = LimitSettings.DEFAULT;
    this.impatient = server.factor(Duration.ofMillis(1));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Instant soon() {
    return clock.instant().plusSeconds(60);
  }

  private TestCodeApp app() throws InterruptedException {
    return TestCodeApp.scanning(
        server.oneTimeCodes.enrol("alice", "Test VPN", TotpSettings.USUAL).url());
  }

  private LoginsAt at(Mode mode) {
    return LoginsAt.mode(mode, clock);
  }

  private Outcome unanswered(Mode mode) throws InterruptedException {
    return impatient.verify(at(mode).of("alice", AWAY), soon());
  }

  private void usePushesUp() throws InterruptedException {
    for (int i = 0; i < LimitSettings.DEFAULT.pushes(); i++) {
      assertThat(LoginsAt.denial(unanswered(Mode.BLOCK))).isEqualTo("expired");
    }
  }

  /** A phone that is told by a service which is not set up. */
  private void enrolOneThatCannotBeTold() throws InterruptedException {
    TestPhone phone = new TestPhone(TestServer.BASE, clock);
    var _ =
        TestServer.taken(
            server.phones.enrol(
                phone.enrolment(
                    server.code("alice"), "a phone", "{\"via\":\"fcm\",\"token\":\"t\"}"),
                TestServer.PHONE_ADDRESS));
  }

  private ChallengeNotes notesOf(TestPhone phone, String from) throws InterruptedException {
    Login login = at(Mode.NUMBER).of("alice", from);
    var _ = LoginsAt.asked(server.factor.verify(login, soon()));
    Question question = server.questions(phone).getFirst();
    TestServer.taken(server.phones.settle(question.id(), phone.verdict(question, "deny")));
    return question.notes();
  }

  @Test
  void question_saysThatThePlaceIsNewAndWhichRequestItIs() throws Exception {
    TestPhone phone = server.enrolled("alice");
    assertThat(notesOf(phone, HOME)).as("nobody knows a place yet").isEqualTo(ChallengeNotes.NONE);
    TestCodeApp app = app();
    Outcome.Asked asked =
        LoginsAt.asked(server.factor.verify(at(Mode.CHALLENGE).of("alice", HOME), soon()));
    assertThat(asked.next().answered(app.at(clock.instant()), soon()))
        .isEqualTo(new Outcome.Approved("code"));
    assertThat(notesOf(phone, HOME)).as("at home").isEqualTo(ChallengeNotes.NONE);
    assertThat(notesOf(phone, AWAY)).as("away").isEqualTo(new ChallengeNotes(true, 1));
    assertThat(notesOf(phone, AWAY)).as("again").isEqualTo(new ChallengeNotes(true, 2));
    assertThat(notesOf(phone, "198.51.100.9").manyRequests()).as("from elsewhere").isTrue();
    assertThat(notesOf(phone, HOME)).as("at home").isEqualTo(new ChallengeNotes(false, 2));
    clock.advance(Duration.ofMinutes(10));
    assertThat(notesOf(phone, AWAY)).as("later").isEqualTo(new ChallengeNotes(true, 1));
  }

  @Test
  void pushesUsedUpInBlockMode_areRefusedInWordsThatSaySo() throws Exception {
    var _ = server.enrolled("alice");
    var _ = app();
    usePushesUp();
    assertThat(unanswered(Mode.BLOCK)).isEqualTo(USED_UP);
  }

  @Test
  void pushesUsedUpInChallengeMode_leaveTheCode() throws Exception {
    var _ = server.enrolled("alice");
    TestCodeApp app = app();
    usePushesUp();
    Outcome.Asked again =
        LoginsAt.asked(LoginsAt.asked(unanswered(Mode.CHALLENGE)).next().answered("", soon()));
    assertThat(again.prompt()).isEqualTo("Enter a code");
    assertThat(again.next().answered(app.at(clock.instant()), soon()))
        .isEqualTo(new Outcome.Approved("code"));
  }

  @Test
  void pushesUsedUpInChallengeModeOfAUserWithoutCodes_areRefused() throws Exception {
    var _ = server.enrolled("alice");
    usePushesUp();
    assertThat(LoginsAt.asked(unanswered(Mode.CHALLENGE)).next().answered("push", soon()))
        .isEqualTo(USED_UP);
  }

  @Test
  void pushesUsedUpInBlockMode_leaveNumbers() throws Exception {
    var _ = server.enrolled("alice");
    usePushesUp();
    Outcome.Asked asked =
        LoginsAt.asked(server.factor.verify(at(Mode.NUMBER).of("alice", AWAY), soon()));
    assertThat(LoginsAt.number(asked)).hasSize(6);
  }

  @Test
  void numbersUsedUp_leaveTheCode() throws Exception {
    var _ = server.enrolled("alice");
    TestCodeApp app = app();
    Login login = at(Mode.NUMBER).of("alice", AWAY);
    for (int i = 0; i < 3 * LimitSettings.DEFAULT.pushes(); i++) {
      Outcome.Asked shown = LoginsAt.asked(server.factor.verify(login, soon()));
      assertThat(LoginsAt.number(shown)).hasSize(6);
    }
    Outcome.Asked asked = LoginsAt.asked(server.factor.verify(login, soon()));
    assertThat(asked.prompt()).isEqualTo("Enter a code");
    assertThat(asked.next().answered(app.at(clock.instant()), soon()))
        .isEqualTo(new Outcome.Approved("code"));
  }

  /** One tap in three is right without looking: that is no number. */
  @Test
  void choices_areCountedAsPlainPushes() throws Exception {
    var _ = server.enrolled("alice");
    server.number = new NumberSettings(6, true);
    Login login = at(Mode.NUMBER).of("alice", AWAY);
    for (int i = 0; i < LimitSettings.DEFAULT.pushes(); i++) {
      assertThat(LoginsAt.asked(server.factor.verify(login, soon())).prompt()).startsWith("Tap ");
    }
    assertThat(server.factor.verify(login, soon())).isEqualTo(USED_UP);
  }

  @Test
  void reportedUser_isAskedForACodeElsewhereAndByPushAtHome() throws Exception {
    TestPhone phone = server.enrolled("alice");
    var _ = app();
    server.limits.approved("alice", Origin.of(at(Mode.BLOCK).of("alice")));
    server.limits.reported("alice", Origin.of(at(Mode.BLOCK).of("alice", AWAY)));
    Login away = at(Mode.NUMBER).of("alice", AWAY);
    assertThat(LoginsAt.asked(server.factor.verify(away, soon())).prompt())
        .isEqualTo("Enter a code");
    assertThat(server.questions(phone)).isEmpty();
    Login home = at(Mode.NUMBER).of("alice", HOME);
    assertThat(LoginsAt.number(LoginsAt.asked(server.factor.verify(home, soon())))).hasSize(6);
  }

  @Test
  void phoneThatCannotBeTold_isRefusedInBlockMode() throws Exception {
    enrolOneThatCannotBeTold();
    var _ = app();
    assertThat(server.factor.verify(at(Mode.BLOCK).of("alice"), soon()))
        .isEqualTo(
            new Outcome.Denied(
                "not-delivered",
                "Your phone could not be notified. Please open the app on it, then sign in again."));
  }

  @Test
  void phoneThatCannotBeTold_leavesTheCodeInADialogue() throws Exception {
    enrolOneThatCannotBeTold();
    TestCodeApp app = app();
    for (Mode mode : new Mode[] {Mode.CHALLENGE, Mode.NUMBER}) {
      Outcome.Asked first = LoginsAt.asked(server.factor.verify(at(mode).of("alice"), soon()));
      Outcome.Asked again = LoginsAt.asked(first.next().answered("", soon()));
      assertThat(again.prompt()).as(mode.word()).isEqualTo("Enter a code");
      assertThat(again.next().answered(app.at(clock.instant()), soon()))
          .isEqualTo(new Outcome.Approved("code"));
      clock.advance(Duration.ofSeconds(30));
    }
  }

  @Test
  void phoneThatCannotBeTold_isRefusedInADialogueOfAUserWithoutCodes() throws Exception {
    enrolOneThatCannotBeTold();
    for (Mode mode : new Mode[] {Mode.CHALLENGE, Mode.NUMBER}) {
      Outcome.Asked asked = LoginsAt.asked(server.factor.verify(at(mode).of("alice"), soon()));
      assertThat(LoginsAt.denial(asked.next().answered("", soon())))
          .as(mode.word())
          .isEqualTo("not-delivered");
    }
  }
}
