package dev.pushgate.push.dialogue;

import static dev.pushgate.push.dialogue.LoginsAt.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.limit.LimitSettings;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day in simulated time on which somebody who has the password of a user with nothing but a phone
 * tries a thousand times from fifty addresses, and what the phone shows of it.
 */
class DayOfAttacksOnUserTest {
  private static final int TRIES = 1_000;
  private static final int ADDRESSES = 50;

  /** The user signs in at each of so many tries, and whenever the phone has just been asked. */
  private static final int LOGIN_EVERY = 13;

  private final TestClock clock = new TestClock();
  private final TestServer server;
  private final TestPhone phone;
  private final List<FutureTask<Outcome>> attacks = new ArrayList<>();

  DayOfAttacksOnUserTest(@TempDir Path folder) throws InterruptedException {
    this.server = new TestServer(folder, clock);
    server.limitSettings = LimitSettings.DEFAULT;
    this.phone = server.enrolled("alice");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Instant soon() {
    return clock.instant().plusSeconds(60);
  }

  private FutureTask<Outcome> start(Login login) {
    FutureTask<Outcome> task = new FutureTask<>(() -> server.factor.verify(login, soon()));
    Thread.startVirtualThread(task);
    return task;
  }

  private static boolean isDoneSoon(FutureTask<Outcome> task) throws Exception {
    try {
      var _ = task.get(2, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private List<Question> questionsFrom(String address) throws InterruptedException {
    return server.questions(phone).stream()
        .filter(question -> address.equals(question.from()))
        .toList();
  }

  /** Whether a thief's login from there makes the phone show a question. */
  private boolean isSeen(LoginsAt logins, String from) throws Exception {
    FutureTask<Outcome> attack = start(logins.of("alice", from));
    attacks.add(attack);
    while (questionsFrom(from).isEmpty()) {
      if (isDoneSoon(attack) && questionsFrom(from).isEmpty()) {
        assertThat(LoginsAt.denial(attack.get())).isIn("pushes-used-up", "pushes-stopped");
        return false;
      }
    }
    return true;
  }

  /** The user's own login, which the user approves on the phone. */
  private void getsIn(LoginsAt logins, String from) throws Exception {
    FutureTask<Outcome> login = start(logins.of("alice", from));
    Question question =
        Awaitility.await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> questionsFrom(from), list -> !list.isEmpty())
            .getFirst();
    if (logins.mode() == Mode.NUMBER) {
      Outcome.Asked asked = LoginsAt.asked(TestServer.result(login));
      says(question, "approve", LoginsAt.match(LoginsAt.number(asked)));
      assertThat(asked.next().answered("", soon())).isEqualTo(new Outcome.Approved("number"));
    } else {
      says(question, "approve", "");
      assertThat(TestServer.result(login)).isEqualTo(new Outcome.Approved("push"));
    }
  }

  private void says(Question question, String verdict, String more) throws InterruptedException {
    TestServer.taken(server.phones.settle(question.id(), phone.verdict(question, verdict, more)));
  }

  /** How many questions of a thief the phone shows on one day, on which its user gets in. */
  private int seenOnOneDay(LoginsAt logins) throws Exception {
    int seen = 0;
    for (int i = 0; i < TRIES; i++) {
      boolean isSeen = isSeen(logins, "192.0.2." + (1 + i % ADDRESSES));
      seen += isSeen ? 1 : 0;
      if (isSeen || i % LOGIN_EVERY == 0) {
        getsIn(logins, HOME);
      }
      clock.advance(Duration.ofDays(1).dividedBy(TRIES));
    }
    return seen;
  }

  /** Whatever the user approved, it was the user's own. */
  private void assertThatNoThiefIsIn(LoginsAt logins) throws Exception {
    server.challenges.cancelAll();
    for (FutureTask<Outcome> attack : attacks) {
      Outcome outcome = TestServer.result(attack);
      assertThat(
              outcome instanceof Outcome.Asked asked ? asked.next().answered("", soon()) : outcome)
          .as("in mode " + logins.mode())
          .isInstanceOf(Outcome.Denied.class);
    }
  }

  @Test
  void pushOnlyUserInBlockMode_seesAFewPushesAndGetsInAllDay() throws Exception {
    LoginsAt logins = LoginsAt.mode(Mode.BLOCK, clock);
    getsIn(logins, HOME);
    assertThat(seenOnOneDay(logins)).isEqualTo(24);
    assertThatNoThiefIsIn(logins);
  }

  @Test
  void userInNumberMode_seesAFewMoreAndGetsInAllDay() throws Exception {
    LoginsAt logins = LoginsAt.mode(Mode.NUMBER, clock);
    getsIn(logins, HOME);
    assertThat(seenOnOneDay(logins)).isEqualTo(30);
    assertThatNoThiefIsIn(logins);
  }

  @Test
  void userWhoReports_seesNoMoreUntilThatIsLifted() throws Exception {
    LoginsAt logins = LoginsAt.mode(Mode.BLOCK, clock);
    getsIn(logins, HOME);
    assertThat(isSeen(logins, "192.0.2.1")).isTrue();
    says(server.question(phone), "report", "");
    assertThat(LoginsAt.denial(TestServer.result(attacks.getFirst()))).isEqualTo("reported");
    assertThat(seenOnOneDay(logins)).isZero();
    assertThat(server.limits.lift("alice")).isTrue();
    assertThat(isSeen(logins, "192.0.2.1")).isTrue();
  }

  /** Blindly approving is what the number is for. */
  @Test
  void numberOfTheUsersOwnLogin_isWrongForTheThiefs() throws Exception {
    LoginsAt logins = LoginsAt.mode(Mode.NUMBER, clock);
    Outcome.Asked thief =
        LoginsAt.asked(server.factor.verify(logins.of("alice", "192.0.2.1"), soon()));
    Outcome.Asked user = LoginsAt.asked(server.factor.verify(logins.of("alice", HOME), soon()));
    Question thiefs = questionsFrom("192.0.2.1").getFirst();
    var _ =
        TestServer.refusal(
            server.phones.settle(
                thiefs.id(),
                phone.verdict(thiefs, "approve", LoginsAt.match(LoginsAt.number(user)))));
    assertThat(LoginsAt.denial(thief.next().answered("ok", soon()))).isEqualTo("wrong-number");
    says(questionsFrom(HOME).getFirst(), "approve", LoginsAt.match(LoginsAt.number(user)));
    assertThat(user.next().answered("ok", soon())).isEqualTo(new Outcome.Approved("number"));
  }
}
