package dev.pushgate.push.delivery;

import static dev.pushgate.push.TestServer.BASE;
import static dev.pushgate.push.TestServer.result;
import static dev.pushgate.push.TestServer.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.push.CapturedLog;
import dev.pushgate.push.PushFactor;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.alarm.Alarms;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveriesTest {
  private static final PushAddress FCM = new PushAddress.Fcm("token-of-alice");
  private static final PushAddress APNS = new PushAddress.Apns("ab".repeat(32));
  private static final Outcome UNREACHABLE =
      new Outcome.Denied(
          "not-delivered",
          "Your phone could not be notified. Please open the app on it, then sign in again.");

  private final InstantSource clock = InstantSource.system();
  private final TestServer server;
  private final ScriptedNotifier google = new ScriptedNotifier(PushAddress.Fcm.class);
  private final ScriptedNotifier apple = new ScriptedNotifier(PushAddress.Apns.class);
  private final Deliveries deliveries;
  private final PushFactor factor;

  DeliveriesTest(@TempDir Path folder) throws InterruptedException {
    this.server = new TestServer(folder, clock);
    this.deliveries = server.deliveries(List.of(google, apple));
    this.factor = server.factor(deliveries, Duration.ofSeconds(60));
  }

  @AfterEach
  void close() {
    deliveries.close();
    server.close();
  }

  /** A phone of alice's that is told at that address and has not asked by itself. */
  private TestPhone phone(PushAddress address) throws InterruptedException {
    TestPhone phone = server.enrolled("alice");
    server.devices.changePush(phone.device(), address, 1);
    return phone;
  }

  private Device device(TestPhone phone) throws InterruptedException {
    return server.devices.find(phone.device()).orElseThrow();
  }

  private String failure(TestPhone phone) throws InterruptedException {
    return Objects.requireNonNull(device(phone).health().lastFailure()).reason();
  }

  private FutureTask<Outcome> login() {
    return server.waiting(factor, "alice");
  }

  private void says(TestPhone phone, String verdict) throws InterruptedException {
    Question question = server.question(phone);
    taken(server.phones.settle(question.id(), phone.verdict(question, verdict)));
  }

  private List<AuditRecord> alarms() {
    return server.audit.stream().filter(AuditRecord.AlarmRaised.class::isInstance).toList();
  }

  @Test
  void phoneThatHearsOfItByItsNoticeAlone_letsIn() throws Exception {
    TestPhone phone = phone(FCM);
    FutureTask<Outcome> login = login();
    ScriptedNotifier.Sent sent =
        await().until(() -> google.sent(), list -> !list.isEmpty()).getFirst();
    assertThat(sent.address()).isEqualTo(FCM);
    Notice notice = sent.notice();
    assertThat(notice.kind()).isEqualTo(Notice.Kind.QUESTION);
    assertThat(notice.callback()).isEqualTo(BASE);
    Question question = server.question(phone, notice.challenge());
    assertThat(notice.until()).isEqualTo(question.expires());
    taken(server.phones.settle(question.id(), phone.verdict(question, "approve")));
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    await().until(() -> device(phone).health().lastSent() != null);
    assertThat(apple.sent()).isEmpty();
  }

  @Test
  void slowService_delaysNeitherTheOtherNorTheLogin() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    google.answers(
        (_, _) -> {
          never.await();
          return new Receipt.Accepted();
        });
    phone(FCM);
    TestPhone other = phone(APNS);
    FutureTask<Outcome> login = login();
    await().until(() -> !apple.sent().isEmpty());
    says(other, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
  }

  @Test
  void attemptWithoutAnAnswer_isEndedAtItsLimitAndRepeated() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    google.answers(
        (_, _) -> {
          if (google.sent().size() > 1) {
            return new Receipt.Accepted();
          }
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
          }
          return new Receipt.Accepted();
        });
    try (Deliveries hasty =
        new Deliveries(
            List.of(google),
            true,
            server.devices,
            server.challenges,
            server.polls,
            new Alarms(server.audit::add, clock),
            Duration.ofMillis(50),
            clock)) {
      TestPhone phone = phone(FCM);
      FutureTask<Outcome> login =
          server.waiting(server.factor(hasty, Duration.ofSeconds(60)), "alice");
      await().until(() -> device(phone).health().lastSent() != null);
      assertThat(interrupted).hasValue(1);
      assertThat(failure(phone)).isEqualTo("no answer within 50 ms");
      says(phone, "deny");
      assertThat(result(login)).isInstanceOf(Outcome.Denied.class);
    }
  }

  static Stream<Arguments> passingTrouble() {
    return Stream.of(
        trouble("503", (_, _) -> new Receipt.Unavailable("503")),
        trouble("429", (_, _) -> new Receipt.TooMany("429", Optional.of(Duration.ofMillis(1)))),
        trouble(
            "connection reset",
            (_, _) -> {
              throw new IOException("connection reset");
            }),
        trouble(
            "IllegalStateException",
            (_, _) -> {
              throw new IllegalStateException("token-of-alice");
            }));
  }

  private static Arguments trouble(String remembered, ScriptedNotifier.Answering trouble) {
    return Arguments.of(remembered, trouble);
  }

  @ParameterizedTest
  @MethodSource("passingTrouble")
  void passingTrouble_isRetriedWhileTheChallengeLives(
      String remembered, ScriptedNotifier.Answering trouble) throws Exception {
    List<Long> times = new CopyOnWriteArrayList<>();
    google.answers(
        (address, notice) -> {
          times.add(System.nanoTime());
          return times.size() < 3 ? trouble.answer(address, notice) : new Receipt.Accepted();
        });
    TestPhone phone = phone(FCM);
    try (CapturedLog log = new CapturedLog()) {
      FutureTask<Outcome> login = login();
      await().until(() -> device(phone).health().lastSent() != null);
      assertThat(google.sent()).hasSize(3);
      assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(250_000_000);
      assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(500_000_000);
      assertThat(device(phone).health().retired()).isFalse();
      assertThat(failure(phone)).isEqualTo(remembered);
      says(phone, "approve");
      assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
      assertThat(log.lines()).noneMatch(line -> line.contains("token-of-alice"));
    }
  }

  @Test
  void serviceThatWantsMoreTimeThanThereIs_isNotWaitedFor() throws Exception {
    google.answers(new Receipt.Unavailable("503", Optional.of(Duration.ofMinutes(5))));
    phone(FCM);
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(google.sent()).hasSize(1);
  }

  @Test
  void deadAddress_isRetiredAndTheLoginEndsAtOnceNowAndNextTime() throws Exception {
    google.answers(new Receipt.Dead("UNREGISTERED"));
    TestPhone phone = phone(FCM);
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(device(phone).health().retired()).isTrue();
    assertThat(failure(phone)).isEqualTo("UNREGISTERED");
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(google.sent()).hasSize(1);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void retiredPhoneThatGivesItsAddressAgain_isTold() throws Exception {
    google.answers(new Receipt.Dead("UNREGISTERED"));
    TestPhone phone = phone(FCM);
    result(login());
    google.answers(new Receipt.Accepted());
    assertThat(server.devices.changePush(phone.device(), FCM, 2)).isTrue();
    FutureTask<Outcome> login = login();
    await().until(() -> device(phone).health().lastSent() != null);
    says(phone, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    assertThat(device(phone).health().lastFailure()).isNull();
  }

  @Test
  void addressThatDiedBeforeThePhoneGaveIt_isKept() throws Exception {
    google.answers(
        new Receipt.Dead("Unregistered", Optional.of(clock.instant().minusSeconds(3600))));
    TestPhone phone = phone(FCM);
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(device(phone).health().retired()).isFalse();
  }

  @Test
  void addressOfSeveralAccounts_isToldOnceAndRetiredForAll() throws Exception {
    TestPhone one = phone(FCM);
    TestPhone same = phone(FCM);
    TestPhone bob = server.enrolled("bob");
    server.devices.changePush(bob.device(), FCM, 1);
    google.answers(new Receipt.Dead("UNREGISTERED"));
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(google.sent()).hasSize(1);
    for (TestPhone phone : List.of(one, same, bob)) {
      assertThat(device(phone).health().retired()).isTrue();
    }
  }

  @Test
  void addressOfAnotherSender_isRetiredWithAnAlarm() throws Exception {
    google.answers(new Receipt.Foreign("SENDER_ID_MISMATCH"));
    TestPhone phone = phone(FCM);
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(device(phone).health().retired()).isTrue();
    assertThat(alarms()).hasSize(1);
  }

  @Test
  void ourOwnFault_raisesOneAlarmAMinuteAndLeavesDevicesAlone() throws Exception {
    apple.answers(new Receipt.Misconfigured("InvalidProviderToken", "Check push.apns.key-id"));
    TestPhone phone = phone(APNS);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(result(login())).isEqualTo(UNREACHABLE);
      assertThat(result(login())).isEqualTo(UNREACHABLE);
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("ALARM"))
          .containsExactly("ALARM apns: InvalidProviderToken. Check push.apns.key-id");
    }
    assertThat(apple.sent()).hasSize(2);
    assertThat(device(phone).health().retired()).isFalse();
    assertThat(alarms())
        .singleElement()
        .isInstanceOfSatisfying(
            AuditRecord.AlarmRaised.class,
            alarm -> {
              assertThat(alarm.subject()).isEqualTo("apns");
              assertThat(alarm.reason()).isEqualTo("InvalidProviderToken");
            });
  }

  @Test
  void faultsAtTwoServices_raiseAnAlarmEach() throws Exception {
    apple.answers(new Receipt.Misconfigured("InvalidProviderToken", "Check push.apns.key-id"));
    google.answers(new Receipt.Misconfigured("UNAUTHENTICATED", "Check push.fcm"));
    phone(APNS);
    phone(FCM);
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(alarms())
        .extracting(alarm -> ((AuditRecord.AlarmRaised) alarm).subject())
        .containsExactlyInAnyOrder("apns", "fcm");
  }

  @Test
  void refusedMessage_retiresNothing() throws Exception {
    google.answers(new Receipt.Refused("PayloadTooLarge"));
    TestPhone phone = phone(FCM);
    assertThat(result(login())).isEqualTo(UNREACHABLE);
    assertThat(device(phone).health().retired()).isFalse();
    assertThat(failure(phone)).isEqualTo("PayloadTooLarge");
    assertThat(alarms()).isEmpty();
  }

  @Test
  void addressWithoutANotifier_raisesAnAlarm() throws Exception {
    TestPhone phone = phone(FCM);
    try (Deliveries withoutGoogle = server.deliveries(List.of(apple))) {
      PushFactor lame = server.factor(withoutGoogle, Duration.ofSeconds(60));
      assertThat(lame.verify(server.login("alice"), Instant.MAX)).isEqualTo(UNREACHABLE);
    }
    assertThat(failure(phone)).isEqualTo("push.fcm is not set up");
    assertThat(alarms()).hasSize(1);
  }

  @Test
  void phoneThatAsksByItself_isWaitedForWhateverBecomesOfItsPush() throws Exception {
    google.answers(new Receipt.Dead("UNREGISTERED"));
    TestPhone phone = phone(FCM);
    server.questions(phone);
    FutureTask<Outcome> login = login();
    await().until(() -> device(phone).health().retired());
    assertThat(login.isDone()).isFalse();
    says(phone, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
  }

  @Test
  void oneOfTwoPhonesThatCanBeTold_isEnoughToWait() throws Exception {
    google.answers(new Receipt.Dead("UNREGISTERED"));
    TestPhone dead = phone(FCM);
    TestPhone alive = phone(APNS);
    FutureTask<Outcome> login = login();
    await()
        .until(() -> device(dead).health().retired() && device(alive).health().lastSent() != null);
    assertThat(login.isDone()).isFalse();
    says(alive, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
  }

  @Test
  void questionThatNobodyCouldBeToldOfInTime_isNotCalledUnanswered() throws Exception {
    google.answers(new Receipt.Unavailable("503"));
    phone(FCM);
    PushFactor impatient = server.factor(deliveries, Duration.ofMillis(100));
    assertThat(impatient.verify(server.login("alice"), Instant.MAX)).isEqualTo(UNREACHABLE);
  }

  @Test
  void questionThatAServiceKeepsUnansweredToItsEnd_isNotCalledUnanswered() throws Exception {
    google.answers(
        (_, _) -> {
          new CountDownLatch(1).await();
          return new Receipt.Accepted();
        });
    phone(FCM);
    PushFactor impatient = server.factor(deliveries, Duration.ofMillis(100));
    assertThat(impatient.verify(server.login("alice"), Instant.MAX)).isEqualTo(UNREACHABLE);
  }

  @Test
  void firstVerdict_replacesTheNoticesOfTheOtherPhones() throws Exception {
    TestPhone answering = phone(FCM);
    phone(APNS);
    FutureTask<Outcome> login = login();
    await().until(() -> !google.sent().isEmpty() && !apple.sent().isEmpty());
    says(answering, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    await().until(() -> apple.sent().size() == 2);
    assertThat(apple.kinds(APNS)).containsExactly(Notice.Kind.QUESTION, Notice.Kind.ANSWERED);
    assertThat(apple.sent().getLast().notice())
        .isEqualTo(apple.sent().getFirst().notice().answered());
    assertStays(() -> google.kinds(FCM), List.of(Notice.Kind.QUESTION));
  }

  @Test
  void noticeTakenAfterTheVerdict_isReplacedAsWell() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    apple.answers(
        (_, _) -> {
          answered.await();
          return new Receipt.Accepted();
        });
    TestPhone answering = phone(FCM);
    phone(APNS);
    FutureTask<Outcome> login = login();
    await().until(() -> !apple.sent().isEmpty());
    says(answering, "deny");
    assertThat(result(login)).isInstanceOf(Outcome.Denied.class);
    answered.countDown();
    await().until(() -> apple.sent().size() == 2);
    assertThat(apple.kinds(APNS)).containsExactly(Notice.Kind.QUESTION, Notice.Kind.ANSWERED);
  }

  @Test
  void questionThatExpired_isNotCalledAnswered() throws Exception {
    phone(FCM);
    PushFactor impatient = server.factor(deliveries, Duration.ofMillis(200));
    assertThat(impatient.verify(server.login("alice"), Instant.MAX))
        .isInstanceOfSatisfying(
            Outcome.Denied.class, denied -> assertThat(denied.reason()).isEqualTo("expired"));
    assertStays(() -> google.kinds(FCM), List.of(Notice.Kind.QUESTION));
  }

  @Test
  void questionThatNeverArrived_isNotCalledAnswered() throws Exception {
    apple.answers(new Receipt.Refused("PayloadTooLarge"));
    TestPhone answering = phone(FCM);
    TestPhone refused = phone(APNS);
    FutureTask<Outcome> login = login();
    await().until(() -> device(refused).health().lastFailure() != null);
    says(answering, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    assertStays(() -> apple.kinds(APNS), List.of(Notice.Kind.QUESTION));
  }

  @Test
  void questionThatIsOver_isNotTriedAgain() throws Exception {
    google.answers(new Receipt.Unavailable("503"));
    phone(FCM);
    TestPhone answering = phone(APNS);
    FutureTask<Outcome> login = login();
    await().until(() -> !google.sent().isEmpty() && !apple.sent().isEmpty());
    says(answering, "approve");
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    int attempts = google.sent().size();
    assertStays(() -> google.sent().size(), attempts);
  }

  /** For as long as something that ought not to come would take to come. */
  private static <T> void assertStays(Callable<T> what, T value) {
    await().during(Duration.ofMillis(700)).until(what, value::equals);
  }

  @Test
  void serviceThatKeepsFailing_costsLaterLoginsNoTimeAndIsFoundWellAgain() throws Exception {
    google.answers(new Receipt.Unavailable("503"));
    TestPhone phone = phone(FCM);
    List<FutureTask<Outcome>> logins = Stream.generate(this::login).limit(20).toList();
    for (FutureTask<Outcome> login : logins) {
      assertThat(result(login)).isEqualTo(UNREACHABLE);
    }
    int before = google.sent().size();
    for (int i = 0; i < 20; i++) {
      assertThat(result(login())).isEqualTo(UNREACHABLE);
    }
    // One trial a second at most.
    assertThat(google.sent().size() - before).isLessThan(10);
    google.answers(new Receipt.Accepted());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              FutureTask<Outcome> again = login();
              await().until(() -> again.isDone() || device(phone).health().lastSent() != null);
              return !again.isDone();
            });
  }

  @Test
  void pushesSwitchedOff_sendNothingAndWaitForTheApp() throws Exception {
    try (Deliveries off =
        new Deliveries(
            List.of(google),
            false,
            server.devices,
            server.challenges,
            server.polls,
            new Alarms(server.audit::add, clock),
            clock)) {
      TestPhone phone = phone(FCM);
      FutureTask<Outcome> login =
          server.waiting(server.factor(off, Duration.ofSeconds(60)), "alice");
      // From here on it asks by itself.
      assertStays(login::isDone, false);
      says(phone, "approve");
      assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    }
    assertThat(google.sent()).isEmpty();
  }

  @Test
  void trial_isOneAttemptAndIsRemembered() throws Exception {
    TestPhone phone = phone(FCM);
    Notice notice = new Notice(Notice.Kind.TEST, "c".repeat(22), BASE, clock.instant());
    google.answers(new Receipt.Unavailable("503"));
    assertThat(deliveries.tryOnce(device(phone), notice)).contains(new Receipt.Unavailable("503"));
    assertThat(google.sent()).hasSize(1);
    assertThat(failure(phone)).isEqualTo("503");
    google.answers(new Receipt.Accepted());
    assertThat(deliveries.tryOnce(device(phone), notice)).contains(new Receipt.Accepted());
    assertThat(device(phone).health().lastSent()).isNotNull();
    assertThat(deliveries.tryOnce(device(server.enrolled("alice")), notice)).isEmpty();
  }

  @Test
  void close_endsWhatIsUnderWay() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    google.answers(
        (_, _) -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return new Receipt.Accepted();
        });
    phone(FCM);
    var _ = login();
    await().until(() -> !google.sent().isEmpty());
    deliveries.close();
    // Well before the attempt's own limit.
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(google.isClosed()).isTrue();
  }

  @Test
  void notifierThatDoesNotClose_keepsNoOtherFromIt() {
    google.failsToClose();
    deliveries.close();
    assertThat(google.isClosed()).isFalse();
    assertThat(apple.isClosed()).isTrue();
  }
}
