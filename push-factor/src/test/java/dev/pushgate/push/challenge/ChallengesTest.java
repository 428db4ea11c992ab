package dev.pushgate.push.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.PushHealth;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengesTest {
  private final TestClock clock = new TestClock();
  private final Challenges challenges = new Challenges(clock, new SecureRandom());
  private final Device device = device("alice");

  private Device device(String user) {
    TestPhone phone = new TestPhone(TestServer.BASE, clock);
    return new Device(
        "device of " + user,
        user,
        "a phone",
        phone.key(),
        new PushAddress.Poll(),
        PushHealth.NEW,
        clock.instant(),
        null);
  }

  private Login login() {
    return new Login(
        "L1",
        new User("alice", Set.of(), null),
        Client.of("fortigate-hq", "192.0.2.1", "shared"),
        null,
        clock.instant());
  }

  private Challenge open(Challenges in, InstantSource by, Duration life, Optional<String> number) {
    return in.open(login(), Set.of(device.id()), by.instant().plus(life), number);
  }

  private Challenge open() {
    return open(challenges, clock, Duration.ofSeconds(60), Optional.empty());
  }

  private static SignedVerdict says(Verdict verdict, Challenge challenge, String digest) {
    return new SignedVerdict(verdict, challenge.nonce(), Optional.empty(), digest);
  }

  private static SignedVerdict approves(Challenge challenge, String number) {
    return new SignedVerdict(
        Verdict.APPROVE, challenge.nonce(), Optional.of(number), "digest of " + number);
  }

  @Test
  void idAndNonce_areRandomAndApart() {
    Challenge one = open();
    Challenge other = open();
    assertThat(Set.of(one.id(), one.nonce(), other.id(), other.nonce()))
        .hasSize(4)
        .allMatch(text -> text.matches("[A-Za-z0-9_-]{22}"));
    assertThat(one.toString()).doesNotContain(one.nonce());
  }

  @ParameterizedTest
  @EnumSource
  void verdict_settlesAndWakes(Verdict verdict) throws Exception {
    Challenge challenge = open();
    FutureTask<End> login = new FutureTask<>(() -> challenges.await(challenge));
    Thread.startVirtualThread(login);
    Settlement.State state =
        switch (verdict) {
          case APPROVE -> Settlement.State.APPROVED;
          case DENY -> Settlement.State.DENIED;
          case REPORT -> Settlement.State.REPORTED;
        };
    assertThat(challenges.settle(challenge.id(), device, says(verdict, challenge, "d")))
        .isEqualTo(new Ruling.Taken(state));
    assertThat(TestServer.result(login))
        .isEqualTo(new End.Answered(new Settlement(state, device.id()), false, "d"));
    assertThat(challenges.openFor(device)).isEmpty();
  }

  @Test
  void secondVerdict_isToldTheFirstAndTheSameAgainItsFirstAnswer() {
    Challenge challenge = open();
    challenges.settle(challenge.id(), device, says(Verdict.DENY, challenge, "first"));
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "2nd")))
        .isEqualTo(new Ruling.AlreadySettled(Settlement.State.DENIED));
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.DENY, challenge, "first")))
        .isEqualTo(new Ruling.Taken(Settlement.State.DENIED));
    assertThat(challenges.repeated(challenge.id(), "first"))
        .contains(new Ruling.Taken(Settlement.State.DENIED));
    assertThat(challenges.repeated(challenge.id(), "2nd")).isEmpty();
    assertThat(challenges.repeated("other", "first")).isEmpty();
  }

  @Test
  void verdictOfWhoIsNotAsked_isUnknown() {
    Challenge challenge = open();
    SignedVerdict approval = says(Verdict.APPROVE, challenge, "d");
    assertThat(challenges.settle(challenge.id(), device("bob"), approval))
        .isEqualTo(new Ruling.Unknown());
    assertThat(challenges.settle("AAAAAAAAAAAAAAAAAAAAAA", device, approval))
        .isEqualTo(new Ruling.Unknown());
    Challenge other = open();
    assertThat(challenges.settle(other.id(), device, approval)).isEqualTo(new Ruling.Unknown());
    assertThat(challenge.end()).isEmpty();
    assertThat(other.end()).isEmpty();
  }

  @Test
  void deviceEnrolledAfterOpening_isNotAskedThoughTheClocksAgree() {
    Challenge challenge =
        challenges.open(
            login(), Set.of("older"), clock.instant().plusSeconds(60), Optional.empty());
    assertThat(challenges.openFor(device)).isEmpty();
    assertThat(challenges.openFor(device, challenge.id())).isEmpty();
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d")))
        .isEqualTo(new Ruling.Unknown());
  }

  @Test
  void openChallenges_areShownNewestFirstToTheDevicesAsked() {
    Challenge first = open();
    clock.advance(Duration.ofSeconds(1));
    Challenge second = open();
    assertThat(challenges.openFor(device)).containsExactly(second, first);
    assertThat(challenges.openFor(device, first.id())).contains(first);
    assertThat(challenges.openFor(device("bob"))).isEmpty();
    clock.advance(Duration.ofSeconds(59));
    assertThat(challenges.openFor(device)).containsExactly(second);
    assertThat(challenges.openFor(device, first.id())).isEmpty();
  }

  @Test
  void verdictAtTheMomentOfExpiry_isTooLateAndEndsTheWait() throws Exception {
    Challenge challenge = open();
    FutureTask<End> login = new FutureTask<>(() -> challenges.await(challenge));
    Thread.startVirtualThread(login);
    clock.advance(Duration.ofSeconds(60));
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d")))
        .isEqualTo(new Ruling.Over());
    assertThat(TestServer.result(login)).isEqualTo(new End.Expired());
  }

  @Test
  void verdictInTheLastMillisecond_isTaken() {
    Challenge challenge = open();
    clock.advance(Duration.ofMillis(59_999));
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d")))
        .isEqualTo(new Ruling.Taken(Settlement.State.APPROVED));
  }

  @Test
  void challengeThatNobodyAnswers_expiresByItself() throws Exception {
    Challenges real = new Challenges(InstantSource.system(), new SecureRandom());
    Challenge challenge =
        open(real, InstantSource.system(), Duration.ofMillis(20), Optional.empty());
    assertThat(real.await(challenge)).isEqualTo(new End.Expired());
    assertThat(real.openFor(device)).isEmpty();
    assertThat(real.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d")))
        .isEqualTo(new Ruling.Over());
  }

  @Test
  void endedChallenge_isKnownForFiveMinutesAndThenForgotten() throws Exception {
    Challenge challenge = open();
    challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d"));
    SignedVerdict late = says(Verdict.DENY, challenge, "late");
    clock.advance(Duration.ofSeconds(60).plus(Challenges.KEPT_AFTER_EXPIRY).minusMillis(1));
    assertThat(challenges.settle(challenge.id(), device, late))
        .isEqualTo(new Ruling.AlreadySettled(Settlement.State.APPROVED));
    clock.advance(Duration.ofMillis(1));
    assertThat(challenges.settle(challenge.id(), device, late)).isEqualTo(new Ruling.Unknown());
  }

  @Test
  void manyVerdictsAtOnce_settleOnce() throws Exception {
    List<Verdict> verdicts = List.of(Verdict.values());
    for (int round = 0; round < 50; round++) {
      Challenge challenge = open();
      FutureTask<End> login = new FutureTask<>(() -> challenges.await(challenge));
      Thread.startVirtualThread(login);
      List<Callable<Ruling>> tasks = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Verdict verdict = verdicts.get(i % 3);
        String digest = "d" + i;
        tasks.add(
            () -> challenges.settle(challenge.id(), device, says(verdict, challenge, digest)));
      }
      List<Ruling> rulings = TestServer.race(tasks);
      Settlement.State won = ((End.Answered) TestServer.result(login)).settlement().state();
      assertThat(rulings).filteredOn(new Ruling.Taken(won)::equals).hasSize(1);
      assertThat(rulings).filteredOn(new Ruling.AlreadySettled(won)::equals).hasSize(29);
    }
  }

  /** Whatever the race between a tap and the end of the time, phone and login tell the same. */
  @Test
  void verdictAgainstExpiryAndInterruption_phoneAndLoginAgree() throws Exception {
    Challenges real = new Challenges(InstantSource.system(), new SecureRandom());
    int taken = 0;
    for (int round = 0; round < 500; round++) {
      Challenge challenge =
          open(real, InstantSource.system(), Duration.ofNanos(20_000L * round), Optional.empty());
      boolean interrupt = round % 2 == 0;
      List<Callable<Object>> tasks =
          List.of(
              () -> {
                if (interrupt) {
                  Thread.currentThread().interrupt();
                }
                try {
                  return real.await(challenge);
                } catch (InterruptedException e) {
                  return "interrupted";
                }
              },
              () -> real.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d")));
      List<Object> results = TestServer.race(tasks);
      boolean phoneSaysTaken = results.get(1).equals(new Ruling.Taken(Settlement.State.APPROVED));
      assertThat(results.get(0) instanceof End.Answered).isEqualTo(phoneSaysTaken);
      taken += phoneSaysTaken ? 1 : 0;
    }
    assertThat(taken).as("both sides of the race were seen").isBetween(1, 499);
  }

  /**
   * An interruption may strike just when a verdict wins. Repeated, because the moment between the
   * two is short.
   */
  @Test
  void verdictAgainstInterruption_isNeverLost() throws Exception {
    for (int round = 0; round < 20_000; round++) {
      Challenge challenge = open();
      CyclicBarrier start = new CyclicBarrier(2);
      FutureTask<Boolean> answered =
          new FutureTask<>(
              () -> {
                start.await();
                Thread.currentThread().interrupt();
                try {
                  return challenges.await(challenge) instanceof End.Answered;
                } catch (InterruptedException e) {
                  return false;
                }
              });
      Thread.startVirtualThread(answered);
      start.await();
      for (int spin = 0; spin < round % 50 * 10; spin++) {
        Thread.onSpinWait();
      }
      Ruling ruling =
          challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d"));
      assertThat(TestServer.result(answered)).isEqualTo(ruling instanceof Ruling.Taken);
    }
  }

  @Test
  void interruptedLogin_cancelsItsChallenge() throws Exception {
    Challenge challenge = open();
    FutureTask<End> login = new FutureTask<>(() -> challenges.await(challenge));
    Thread thread = Thread.startVirtualThread(login);
    thread.interrupt();
    assertThatThrownBy(() -> TestServer.result(login))
        .rootCause()
        .isInstanceOf(InterruptedException.class);
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "d")))
        .isEqualTo(new Ruling.Over());
    assertThat(challenges.openFor(device)).isEmpty();
  }

  @Test
  void cancelAll_endsWhatIsOpenAndWhatComes() throws Exception {
    Challenge before = open();
    challenges.cancelAll();
    assertThat(challenges.await(before)).isEqualTo(new End.Cancelled());
    assertThat(challenges.await(open())).isEqualTo(new End.Cancelled());
    assertThat(challenges.openFor(device)).isEmpty();
  }

  @Test
  void rightNumber_approves() {
    Challenge challenge = open(challenges, clock, Duration.ofSeconds(60), Optional.of("471604"));
    assertThat(challenge.digits()).isEqualTo(6);
    assertThat(challenges.settle(challenge.id(), device, approves(challenge, "471604")))
        .isEqualTo(new Ruling.Taken(Settlement.State.APPROVED));
  }

  @Test
  void wrongNumber_deniesAndThereIsNoSecondTry() throws Exception {
    Challenge challenge = open(challenges, clock, Duration.ofSeconds(60), Optional.of("471604"));
    assertThat(challenges.settle(challenge.id(), device, approves(challenge, "471605")))
        .isEqualTo(new Ruling.WrongNumber());
    assertThat(challenges.settle(challenge.id(), device, approves(challenge, "471604")))
        .isEqualTo(new Ruling.AlreadySettled(Settlement.State.DENIED));
    assertThat(challenges.settle(challenge.id(), device, approves(challenge, "471605")))
        .isEqualTo(new Ruling.WrongNumber());
    assertThat(challenges.await(challenge))
        .isEqualTo(
            new End.Answered(
                new Settlement(Settlement.State.DENIED, device.id()), true, "digest of 471605"));
  }

  @Test
  void missingNumber_changesNothingAndADenialNeedsNone() {
    Challenge challenge = open(challenges, clock, Duration.ofSeconds(60), Optional.of("42"));
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.APPROVE, challenge, "a")))
        .isEqualTo(new Ruling.NumberMissing());
    assertThat(challenge.end()).isEmpty();
    assertThat(challenges.settle(challenge.id(), device, says(Verdict.DENY, challenge, "b")))
        .isEqualTo(new Ruling.Taken(Settlement.State.DENIED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "123456789", "12a", "٤٢"})
  void numberThatNoPromptShows_isRefused(String number) {
    assertThatThrownBy(() -> open(challenges, clock, Duration.ofSeconds(60), Optional.of(number)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
