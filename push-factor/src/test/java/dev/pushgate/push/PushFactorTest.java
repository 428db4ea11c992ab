package dev.pushgate.push;

import static dev.pushgate.push.TestServer.BASE;
import static dev.pushgate.push.TestServer.PHONE_ADDRESS;
import static dev.pushgate.push.TestServer.refusal;
import static dev.pushgate.push.TestServer.result;
import static dev.pushgate.push.TestServer.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.phone.Refusal;
import dev.pushgate.radius.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushFactorTest {
  private final InstantSource clock = InstantSource.system();
  private final TestServer server;

  PushFactorTest(@TempDir Path folder) throws InterruptedException {
    this.server = new TestServer(folder, clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void says(TestPhone phone, String verdict) throws InterruptedException {
    Question question = server.question(phone);
    taken(server.phones.settle(question.id(), phone.verdict(question, verdict)));
  }

  @Test
  void approval_letsIn() throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<Outcome> login = server.waiting("alice");
    says(phone, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
  }

  @ParameterizedTest
  @CsvSource({"deny, denied", "report, reported"})
  void denialAndReport_rejectInTheSameWords(String verdict, String reason) throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<Outcome> login = server.waiting("alice");
    says(phone, verdict);
    assertThat(result(login))
        .isEqualTo(new Outcome.Denied(reason, "The sign-in was denied on your phone.", true));
  }

  @Test
  void userWithoutADevice_isRejectedAtOnceInWordsThatTellNothing() throws Exception {
    assertThat(server.factor.verify(server.login("bob"), Instant.MAX))
        .isEqualTo(
            new Outcome.Denied(
                "no-device",
                "No phone is enrolled for this account. Please ask your administrator."));
  }

  @Test
  void userWhoseOnlyDeviceWasRemoved_hasNone() throws Exception {
    TestPhone phone = server.enrolled("alice");
    server.devices.remove(phone.device());
    assertThat(server.factor.verify(server.login("alice"), Instant.MAX))
        .isInstanceOfSatisfying(
            Outcome.Denied.class, denied -> assertThat(denied.reason()).isEqualTo("no-device"));
  }

  @Test
  void nobodyAnswers_expiresByExpiry() throws Exception {
    server.enrolled("alice");
    PushFactor impatient = server.factor(Duration.ofMillis(20));
    assertThat(impatient.verify(server.login("alice"), clock.instant().plusSeconds(60)))
        .isEqualTo(new Outcome.Denied("expired", "Nobody answered in time on your phone.", true));
  }

  @Test
  void nobodyAnswers_expiresBeforeTheDeadline() throws Exception {
    server.enrolled("alice");
    Instant deadline = clock.instant().plusMillis(300);
    assertThat(server.factor.verify(server.login("alice"), deadline))
        .isEqualTo(new Outcome.Denied("expired", "Nobody answered in time on your phone.", true));
    assertThat(clock.instant()).isBefore(deadline);
  }

  @Test
  void deadlineThatHasPassed_expiresAtOnce() throws Exception {
    server.enrolled("alice");
    assertThat(server.factor.verify(server.login("alice"), clock.instant().minusSeconds(1)))
        .isInstanceOfSatisfying(
            Outcome.Denied.class, denied -> assertThat(denied.reason()).isEqualTo("expired"));
  }

  @Test
  void interruptedLogin_leavesNothingToApprove() throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<Outcome> login =
        new FutureTask<>(
            () -> server.factor.verify(server.login("alice"), clock.instant().plusSeconds(60)));
    Thread thread = Thread.startVirtualThread(login);
    Question question = server.question(phone);
    thread.interrupt();
    assertThatThrownBy(() -> result(login)).rootCause().isInstanceOf(InterruptedException.class);
    assertThat(refusal(server.phones.settle(question.id(), phone.verdict(question, "approve"))))
        .isEqualTo(new Refusal.Expired());
  }

  @Test
  void shutdown_rejectsWhatWaits() throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<Outcome> login = server.waiting("alice");
    Question question = server.question(phone);
    server.challenges.cancelAll();
    assertThat(result(login))
        .isEqualTo(
            new Outcome.Denied("shutdown", "The sign-in was interrupted. Please try again."));
    assertThat(refusal(server.phones.settle(question.id(), phone.verdict(question, "approve"))))
        .isEqualTo(new Refusal.Expired());
  }

  @Test
  void twoLoginsOfOneUser_areTwoChallengesAndAVerdictIsForOne() throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<Outcome> one = server.waiting("alice");
    Question first = server.question(phone);
    FutureTask<Outcome> other = server.waiting("alice");
    await().until(() -> server.questions(phone).size() == 2);
    taken(server.phones.settle(first.id(), phone.verdict(first, "approve")));
    assertThat(result(one)).isEqualTo(new Outcome.Approved("push"));
    assertThat(server.questions(phone)).hasSize(1);
    assertThat(other.isDone()).isFalse();
    says(phone, "deny");
    assertThat(result(other)).isInstanceOf(Outcome.Denied.class);
  }

  @Test
  void log_hasOneLineForEachStepAndNoSecret() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      String code = server.code("alice");
      TestPhone phone = new TestPhone(BASE, clock);
      phone.isDevice(
          taken(server.phones.enrol(phone.enrolment(code, "a phone"), PHONE_ADDRESS)).device());
      FutureTask<Outcome> login = server.waiting("alice");
      Question question = server.question(phone);
      says(phone, "approve");
      result(login);
      assertThat(log.lines())
          .hasSize(3)
          .noneMatch(line -> line.contains(code) || line.contains(question.nonce()));
      assertThat(log.events()).extracting(ILoggingEvent::getLevel).containsOnly(Level.INFO);
      assertThat(log.lines().subList(1, 3))
          .allMatch(line -> line.startsWith("login L1 client fortigate-hq user alice: "));
      assertThat(log.lines().getLast()).contains("approved by device " + phone.device());
    }
  }

  @Test
  void thousandWaitingLogins_areAllApproved() throws Exception {
    Map<String, TestPhone> phones = new HashMap<>();
    List<FutureTask<Outcome>> logins = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      phones.put("user" + i, server.enrolled("user" + i));
    }
    for (int i = 0; i < 1000; i++) {
      logins.add(server.waiting("user" + i % 50));
    }
    int approved = 0;
    for (TestPhone phone : phones.values()) {
      List<Question> questions =
          await()
              .atMost(Duration.ofSeconds(30))
              .pollDelay(Duration.ZERO)
              .until(() -> server.questions(phone), list -> list.size() == 20);
      for (Question question : questions) {
        taken(server.phones.settle(question.id(), phone.verdict(question, "approve")));
        approved++;
      }
    }
    assertThat(approved).isEqualTo(1000);
    for (FutureTask<Outcome> login : logins) {
      assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    }
  }
}
