package dev.pushgate.push.phone;

import static dev.pushgate.push.TestServer.BASE;
import static dev.pushgate.push.TestServer.PHONE_ADDRESS;
import static dev.pushgate.push.TestServer.refusal;
import static dev.pushgate.push.TestServer.result;
import static dev.pushgate.push.TestServer.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.PushAddressJson;
import dev.pushgate.push.signed.StrictBase64;
import dev.pushgate.push.store.SqliteStore;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.audit.AuditRecord;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {
  private static final String PATH = "/v1/challenges";
  private static final Duration LONG = Duration.ofSeconds(55);
  private static final Refusal NOT_USED =
      new Refusal.Malformed("'endpoint' must be at a push service that this server uses");

  private final TestClock clock = new TestClock();
  private final Path folder;
  private final TestServer server;

  PhonesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = new TestServer(folder, clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private FutureTask<PhoneAnswer<List<Question>>> polling(TestPhone phone) {
    FutureTask<PhoneAnswer<List<Question>>> poll =
        new FutureTask<>(() -> server.phones.challenges(phone.bearer("GET", PATH), PATH, LONG));
    Thread.startVirtualThread(poll);
    return poll;
  }

  /** What a browser gives as its address. */
  private static String subscription(TestPhone browser, String host) {
    byte[] point = new byte[65];
    point[0] = 4;
    System.arraycopy(Base64.getUrlDecoder().decode(browser.key().x()), 0, point, 1, 32);
    System.arraycopy(Base64.getUrlDecoder().decode(browser.key().y()), 0, point, 33, 32);
    return PushAddressJson.members(
            new PushAddress.WebPush(
                "https://" + host + "/wpush/v2/gAAA",
                StrictBase64.encode(point),
                StrictBase64.encode(new byte[16])))
        .toString();
  }

  private Question numbered(TestPhone phone, String number) throws InterruptedException {
    Challenge challenge =
        server.challenges.open(
            server.login("alice"),
            Set.of(phone.device()),
            clock.instant().plusSeconds(60),
            Optional.of(number));
    return server.questions(phone).stream()
        .filter(question -> question.id().equals(challenge.id()))
        .findFirst()
        .orElseThrow();
  }

  private Question choosing(TestPhone phone, Optional<String> number, ChallengeNotes notes)
      throws InterruptedException {
    Challenge challenge =
        server.challenges.open(
            server.login("alice"),
            Set.of(phone.device()),
            clock.instant().plusSeconds(60),
            number,
            Optional.of(new Choice(List.of("12", "47", "A3"), "47")),
            notes);
    return server.questions(phone).stream()
        .filter(question -> question.id().equals(challenge.id()))
        .findFirst()
        .orElseThrow();
  }

  private Question choosing(TestPhone phone) throws InterruptedException {
    return choosing(phone, Optional.empty(), ChallengeNotes.NONE);
  }

  private PhoneAnswer<Settlement.State> approves(TestPhone phone, Question question, String match)
      throws InterruptedException {
    return server.phones.settle(
        question.id(), phone.verdict(question, "approve", ",\"match\":\"" + match + "\""));
  }

  // Enrolment

  @Test
  void enrolment_tellsThePhoneWhoItIs() throws Exception {
    TestPhone phone = new TestPhone(BASE, clock);
    String jws = phone.enrolment(server.code("alice"), "  Alice's phone 👨‍👩‍👧 ");
    Enrolled enrolled = taken(server.phones.enrol(jws, PHONE_ADDRESS));
    assertThat(enrolled)
        .isEqualTo(new Enrolled(enrolled.device(), "alice", "Demo VPN", "Alice's phone 👨‍👩‍👧"));
    assertThat(server.devices.find(enrolled.device()).orElseThrow().key()).isEqualTo(phone.key());
  }

  @Test
  void enrolmentWithASpentCode_isRefusedAsWithAnUnknownOne() throws Exception {
    String code = server.code("alice");
    TestPhone first = new TestPhone(BASE, clock);
    TestPhone second = new TestPhone(BASE, clock);
    taken(server.phones.enrol(first.enrolment(code, "a"), PHONE_ADDRESS));
    Refusal spent = refusal(server.phones.enrol(second.enrolment(code, "a"), PHONE_ADDRESS));
    Refusal unknown =
        refusal(server.phones.enrol(second.enrolment("A".repeat(26), "a"), PHONE_ADDRESS));
    assertThat(spent).isEqualTo(new Refusal.CodeInvalid()).isEqualTo(unknown);
  }

  @Test
  void enrolmentReplayed_isRefused() throws Exception {
    String jws = new TestPhone(BASE, clock).enrolment(server.code("alice"), "a");
    taken(server.phones.enrol(jws, PHONE_ADDRESS));
    assertThat(refusal(server.phones.enrol(jws, PHONE_ADDRESS)))
        .isEqualTo(new Refusal.CodeInvalid());
  }

  @Test
  void enrolmentOfAKnownKey_isRefusedAndKeepsTheCode() throws Exception {
    TestPhone phone = server.enrolled("alice");
    String code = server.code("bob");
    assertThat(refusal(server.phones.enrol(phone.enrolment(code, "a"), PHONE_ADDRESS)))
        .isEqualTo(new Refusal.KeyKnown());
    taken(server.phones.enrol(new TestPhone(BASE, clock).enrolment(code, "a"), PHONE_ADDRESS));
  }

  @Test
  void enrolmentSignedByAnotherKey_isRefusedAndKeepsTheCode() throws Exception {
    TestPhone phone = new TestPhone(BASE, clock);
    TestPhone other = new TestPhone(BASE, clock);
    String code = server.code("alice");
    String header =
        "{\"alg\":\"ES256\",\"typ\":\"pushgate-enroll+jwt\",\"jwk\":" + phone.key().jwk() + "}";
    String payload =
        "{\"aud\":\"%s\",\"iat\":%d,\"code\":\"%s\",\"name\":\"a\",\"push\":{\"via\":\"poll\"}}"
            .formatted(BASE, phone.now(), code);
    assertThat(refusal(server.phones.enrol(other.sign(header, payload), PHONE_ADDRESS)))
        .isEqualTo(new Refusal.Signature());
    taken(server.phones.enrol(phone.sign(header, payload), PHONE_ADDRESS));
  }

  @Test
  void enrolmentAtAPushServiceThatIsNotUsed_isMalformedAndKeepsTheCode() throws Exception {
    TestPhone phone = new TestPhone(BASE, clock);
    String code = server.code("alice");
    String elsewhere = phone.enrolment(code, "a", subscription(phone, "elsewhere.example.test"));
    assertThat(refusal(server.phones.enrol(elsewhere, PHONE_ADDRESS))).isEqualTo(NOT_USED);
    assertThat(server.devices.ofUser("alice")).isEmpty();
    String used = phone.enrolment(code, "a", subscription(phone, "push.example.test"));
    String device = taken(server.phones.enrol(used, PHONE_ADDRESS)).device();
    assertThat(server.devices.find(device).orElseThrow().push())
        .isInstanceOfSatisfying(
            PushAddress.WebPush.class,
            push -> assertThat(push.endpoint()).startsWith("https://push.example.test/"));
  }

  @Test
  void enrolmentForAnotherServerOrTime_isRefusedAndKeepsTheCode() throws Exception {
    String code = server.code("alice");
    TestPhone elsewhere = new TestPhone("https://evil.example.test", clock);
    assertThat(refusal(server.phones.enrol(elsewhere.enrolment(code, "a"), PHONE_ADDRESS)))
        .isEqualTo(new Refusal.Signature());
    String old = new TestPhone(BASE, clock).enrolment(code, "a");
    clock.advance(Duration.ofSeconds(61));
    assertThat(refusal(server.phones.enrol(old, PHONE_ADDRESS))).isEqualTo(new Refusal.Signature());
    taken(server.phones.enrol(new TestPhone(BASE, clock).enrolment(code, "a"), PHONE_ADDRESS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "a\\nb",
        "a\\u0000b",
        "a\\u001b[31m",
        "a\\u202eb",
        "a\\u2066b",
        "a\\u200fb",
        "a\\u2028b",
        "a\\ufeffb",
        "a\\ud800b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void nameThatCouldDeceive_isMalformed(String name) throws Exception {
    String jws = new TestPhone(BASE, clock).enrolment(server.code("alice"), name);
    assertThat(refusal(server.phones.enrol(jws, PHONE_ADDRESS)))
        .isInstanceOfSatisfying(
            Refusal.Malformed.class, why -> assertThat(why.detail()).contains("'name'"));
  }

  @Test
  void nameOf64Characters_isTaken() throws Exception {
    String name = "😀".repeat(64);
    String jws = new TestPhone(BASE, clock).enrolment(server.code("alice"), name);
    assertThat(taken(server.phones.enrol(jws, PHONE_ADDRESS)).name()).isEqualTo(name);
  }

  @Test
  void addressWithFiveWrongCodes_isSlowedDownBeforeItsMessagesAreRead() throws Exception {
    for (int i = 0; i < 5; i++) {
      String jws = new TestPhone(BASE, clock).enrolment("A".repeat(26), "a");
      assertThat(refusal(server.phones.enrol(jws, PHONE_ADDRESS)))
          .isEqualTo(new Refusal.CodeInvalid());
    }
    assertThat(refusal(server.phones.enrol("rubbish", PHONE_ADDRESS)))
        .isEqualTo(new Refusal.TooMany(Duration.ofSeconds(30)));
  }

  @Test
  void malformedEnrolments_areNotCountedAsTries() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(refusal(server.phones.enrol("rubbish", PHONE_ADDRESS)))
          .isInstanceOf(Refusal.Malformed.class);
    }
    server.enrolled("alice");
  }

  @Test
  void manyPhonesWithOneCode_enrolExactlyOne() throws Exception {
    String code = server.code("alice");
    List<Callable<PhoneAnswer<Enrolled>>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String jws = new TestPhone(BASE, clock).enrolment(code, "a");
      var from = InetAddress.ofLiteral("198.51.100." + i);
      tasks.add(() -> server.phones.enrol(jws, from));
    }
    assertThat(TestServer.race(tasks)).filteredOn(PhoneAnswer.Taken.class::isInstance).hasSize(1);
  }

  // Asking

  @Test
  void question_tellsWhoAsksFromWhere() throws Exception {
    TestPhone phone = server.enrolled("alice");
    var _ = server.waiting("alice");
    Question question = server.question(phone);
    assertThat(question)
        .isEqualTo(
            new Question(
                question.id(),
                question.nonce(),
                "alice",
                "Demo VPN",
                "fortigate-hq",
                "203.0.113.77",
                clock.instant(),
                clock.instant().plusMillis(59_900),
                0));
    String path = PATH + "/" + question.id();
    assertThat(taken(server.phones.challenge(phone.bearer("GET", path), path, question.id())))
        .isEqualTo(question);
    taken(server.phones.settle(question.id(), phone.verdict(question, "deny")));
    assertThat(refusal(server.phones.challenge(phone.bearer("GET", path), path, question.id())))
        .isEqualTo(new Refusal.Unknown());
  }

  @Test
  void pollThatWaits_isWokenByTheChallenge() throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<PhoneAnswer<List<Question>>> poll = polling(phone);
    await().until(() -> server.devices.find(phone.device()).orElseThrow().lastSeen() != null);
    FutureTask<Outcome> login = server.waiting("alice");
    Question question = taken(result(poll)).getFirst();
    taken(server.phones.settle(question.id(), phone.verdict(question, "approve")));
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
  }

  @Test
  void pollOfADeviceRemovedMeanwhile_learnsNothing() throws Exception {
    TestPhone phone = server.enrolled("alice");
    TestPhone second = server.enrolled("alice");
    FutureTask<PhoneAnswer<List<Question>>> poll = polling(phone);
    await().until(() -> server.devices.find(phone.device()).orElseThrow().lastSeen() != null);
    try (SqliteStore other = SqliteStore.open(folder)) {
      new Devices(other, clock).remove(phone.device());
    }
    var _ = server.waiting("alice");
    Question question = server.question(second);
    assertThat(question.user()).isEqualTo("alice");
    // Only the end of the server wakes it: nothing was ever told to it.
    server.polls.close();
    assertThat(taken(result(poll))).isEmpty();
  }

  @Test
  void pollsOfOneDevice_areAFewAndTheNewestStay() throws Exception {
    TestPhone phone = server.enrolled("alice");
    List<FutureTask<PhoneAnswer<List<Question>>>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(polling(phone));
    }
    await().until(() -> waiting.stream().filter(FutureTask::isDone).count() >= 7);
    assertThat(waiting.stream().filter(poll -> !poll.isDone())).hasSize(3);
    assertThat(waiting.stream().filter(FutureTask::isDone))
        .allSatisfy(poll -> assertThat(taken(result(poll))).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "-9223372036854775808"})
  void waitOfNothing_answersAtOnce(long seconds) throws Exception {
    TestPhone phone = server.enrolled("alice");
    assertThat(
            taken(
                server.phones.challenges(
                    phone.bearer("GET", PATH), PATH, Duration.ofSeconds(seconds))))
        .isEmpty();
  }

  @Test
  void endlessWait_isCut() throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<PhoneAnswer<List<Question>>> poll =
        new FutureTask<>(
            () ->
                server.phones.challenges(
                    phone.bearer("GET", PATH), PATH, Duration.ofSeconds(Long.MAX_VALUE)));
    Thread.startVirtualThread(poll);
    await().until(() -> server.devices.find(phone.device()).orElseThrow().lastSeen() != null);
    var _ = server.waiting("alice");
    assertThat(taken(result(poll))).hasSize(1);
  }

  @Test
  void requestWithoutABearer_isRefused() throws Exception {
    assertThat(refusal(server.phones.challenges(null, PATH, LONG)))
        .isEqualTo(new Refusal.Signature());
  }

  // Verdicts

  @Test
  void verdictSentAgain_getsItsFirstAnswerEvenWhenItHasGrownOld() throws Exception {
    TestPhone phone = server.enrolled("alice");
    var _ = server.waiting("alice");
    Question question = server.question(phone);
    String approval = phone.verdict(question, "approve");
    String denial = phone.verdict(question, "deny");
    assertThat(taken(server.phones.settle(question.id(), approval)))
        .isEqualTo(Settlement.State.APPROVED);
    assertThat(refusal(server.phones.settle(question.id(), denial)))
        .isEqualTo(new Refusal.Settled(Settlement.State.APPROVED));
    clock.advance(Duration.ofMinutes(4));
    assertThat(taken(server.phones.settle(question.id(), approval)))
        .isEqualTo(Settlement.State.APPROVED);
    assertThat(refusal(server.phones.settle(question.id(), denial)))
        .isEqualTo(new Refusal.Signature());
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "deny", "report"})
  void verdictThatIsTaken_isRecordedOnce(String verdict) throws Exception {
    TestPhone phone = server.enrolled("alice");
    var _ = server.waiting("alice");
    Question question = server.question(phone);
    String jws = phone.verdict(question, verdict);
    taken(server.phones.settle(question.id(), jws));
    taken(server.phones.settle(question.id(), jws));
    refusal(server.phones.settle(question.id(), phone.verdict(question, "deny", ",\"x\":1")));
    Login login = server.challenges.find(question.id()).orElseThrow().login();
    assertThat(server.audit)
        .filteredOn(AuditRecord.VerdictTaken.class::isInstance)
        .containsExactly(
            new AuditRecord.VerdictTaken(
                clock.instant(),
                login.id(),
                login.client().name(),
                "alice",
                login.userAddress(),
                verdict,
                phone.device(),
                question.id()));
  }

  @Test
  void forgedVerdict_isNotRecorded_andAWrongNumberIs() throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = numbered(phone, "42");
    TestPhone stranger = new TestPhone(BASE, clock);
    stranger.isDevice(phone.device());
    assertThat(refusal(server.phones.settle(question.id(), stranger.verdict(question, "deny"))))
        .isEqualTo(new Refusal.Signature());
    assertThat(server.audit).isEmpty();
    assertThat(refusal(approves(phone, question, "41"))).isEqualTo(new Refusal.WrongNumber());
    assertThat(server.audit)
        .singleElement()
        .isInstanceOfSatisfying(
            AuditRecord.VerdictTaken.class,
            taken -> assertThat(taken.verdict()).isEqualTo("wrong-number"));
  }

  // Choosing

  @Test
  void rightOption_approves() throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = choosing(phone);
    assertThat(question.options()).containsExactly("12", "47", "A3");
    assertThat(question.digits()).isZero();
    assertThat(taken(approves(phone, question, " 47 "))).isEqualTo(Settlement.State.APPROVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "A3", "99", "zzzz", "a3"})
  void wrongOrForeignOption_deniesAndGivesNoSecondTry(String option) throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = choosing(phone);
    assertThat(refusal(approves(phone, question, option))).isEqualTo(new Refusal.WrongNumber());
    assertThat(refusal(approves(phone, question, "47")))
        .isEqualTo(new Refusal.Settled(Settlement.State.DENIED));
    assertThat(server.audit)
        .extracting(record -> ((AuditRecord.VerdictTaken) record).verdict())
        .containsExactly("wrong-number");
  }

  /** Those that do not know choices approve without, or with a number somebody has typed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"match\":\"471604\"",
        ",\"match\":\"\"",
        ",\"match\":\"4-7\"",
        ",\"match\":\"４７\"",
        ",\"match\":47",
        ",\"match\":[\"47\"]",
        ",\"match\":null",
        ",\"chosen\":\"47\""
      })
  void approvalWithoutAnOption_changesNothing(String members) throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = choosing(phone);
    assertThat(
            refusal(
                server.phones.settle(question.id(), phone.verdict(question, "approve", members))))
        .isInstanceOf(Refusal.Malformed.class);
    assertThat(taken(approves(phone, question, "47"))).isEqualTo(Settlement.State.APPROVED);
  }

  @Test
  void choiceBesideANumber_isNotOfferedAndDoesNotApprove() throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = choosing(phone, Optional.of("471604"), ChallengeNotes.NONE);
    assertThat(question.digits()).isEqualTo(6);
    assertThat(question.options()).isEmpty();
    assertThat(refusal(approves(phone, question, "47"))).isEqualTo(new Refusal.WrongNumber());
  }

  @Test
  void choice_isDeniedAndReportedWithoutAnOption() throws Exception {
    TestPhone phone = server.enrolled("alice");
    for (String verdict : List.of("deny", "report")) {
      Question question = choosing(phone);
      taken(
          server.phones.settle(
              question.id(), phone.verdict(question, verdict, ",\"match\":\"47\"")));
      assertThat(refusal(approves(phone, question, "47"))).isInstanceOf(Refusal.Settled.class);
    }
  }

  @Test
  void notes_areTold() throws Exception {
    TestPhone phone = server.enrolled("alice");
    ChallengeNotes notes = new ChallengeNotes(true, 3);
    assertThat(choosing(phone, Optional.empty(), notes).notes()).isEqualTo(notes);
    assertThat(notes.manyRequests()).isTrue();
    assertThat(new ChallengeNotes(true, 2).manyRequests()).isFalse();
  }

  @Test
  void verdictOfASecondDevice_isToldTheFirst() throws Exception {
    TestPhone one = server.enrolled("alice");
    TestPhone other = server.enrolled("alice");
    var _ = server.waiting("alice");
    Question question = server.question(one);
    taken(server.phones.settle(question.id(), one.verdict(question, "report")));
    assertThat(refusal(server.phones.settle(question.id(), other.verdict(question, "approve"))))
        .isEqualTo(new Refusal.Settled(Settlement.State.REPORTED));
  }

  @Test
  void verdictAfterTheTime_isExpired() throws Exception {
    TestPhone phone = server.enrolled("alice");
    FutureTask<Outcome> login = server.waiting("alice");
    Question question = server.question(phone);
    clock.advance(Duration.ofSeconds(60));
    assertThat(refusal(server.phones.settle(question.id(), phone.verdict(question, "approve"))))
        .isEqualTo(new Refusal.Expired());
    assertThat(result(login))
        .isEqualTo(new Outcome.Denied("expired", "Nobody answered in time on your phone.", true));
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 60})
  void verdictOfAClockThatIsAMinuteOff_isTaken(long seconds) throws Exception {
    TestPhone phone = server.enrolled("alice");
    var _ = server.waiting("alice");
    Question question = server.question(phone);
    String jws =
        phone.sign(
            phone.header("pushgate-verdict+jwt"),
            ("{\"aud\":\"%s\",\"iat\":%d,\"challenge\":\"%s\",\"nonce\":\"%s\","
                    + "\"verdict\":\"approve\"}")
                .formatted(BASE, phone.now() + seconds, question.id(), question.nonce()));
    assertThat(taken(server.phones.settle(question.id(), jws)))
        .isEqualTo(Settlement.State.APPROVED);
  }

  @Test
  void verdictForAnEarlierBaseAddress_isTaken() throws Exception {
    TestPhone phone = server.enrolled("alice");
    server.addresses.give("https://moved.example.test");
    var _ = server.waiting("alice");
    Question question = server.question(phone);
    taken(server.phones.settle(question.id(), phone.verdict(question, "approve")));
  }

  @Test
  void manyVerdictsAtOnce_settleOnce() throws Exception {
    TestPhone one = server.enrolled("alice");
    TestPhone other = server.enrolled("alice");
    FutureTask<Outcome> login = server.waiting("alice");
    Question question = server.question(one);
    List<String> verdicts = List.of("approve", "deny", "report");
    List<Callable<PhoneAnswer<Settlement.State>>> tasks = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String jws = (i % 2 == 0 ? one : other).verdict(question, verdicts.get(i % 3));
      tasks.add(() -> server.phones.settle(question.id(), jws));
    }
    List<PhoneAnswer<Settlement.State>> answers = TestServer.race(tasks);
    List<Settlement.State> won =
        answers.stream()
            .filter(PhoneAnswer.Taken.class::isInstance)
            .map(TestServer::taken)
            .toList();
    assertThat(won).hasSize(1);
    assertThat(answers)
        .filteredOn(PhoneAnswer.Refused.class::isInstance)
        .extracting(TestServer::refusal)
        .containsOnly(new Refusal.Settled(won.getFirst()));
    assertThat(result(login) instanceof Outcome.Approved)
        .isEqualTo(won.getFirst() == Settlement.State.APPROVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"471604", "471 604", " 4 7 1 6 0 4\\n", "471\\u00a0604"})
  void rightNumber_approves(String match) throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = numbered(phone, "471604");
    assertThat(question.digits()).isEqualTo(6);
    assertThat(taken(approves(phone, question, match))).isEqualTo(Settlement.State.APPROVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"471605", "00471604", "47"})
  void wrongNumber_deniesWithoutASecondTry(String match) throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = numbered(phone, "471604");
    assertThat(refusal(approves(phone, question, match))).isEqualTo(new Refusal.WrongNumber());
    assertThat(refusal(approves(phone, question, "471604")))
        .isEqualTo(new Refusal.Settled(Settlement.State.DENIED));
  }

  @Test
  void missingNumber_isMalformedAndCostsNoTry() throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = numbered(phone, "471604");
    assertThat(refusal(server.phones.settle(question.id(), phone.verdict(question, "approve"))))
        .isInstanceOf(Refusal.Malformed.class);
    assertThat(taken(approves(phone, question, "471604"))).isEqualTo(Settlement.State.APPROVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deny", "report"})
  void denial_needsNoNumber(String verdict) throws Exception {
    TestPhone phone = server.enrolled("alice");
    Question question = numbered(phone, "471604");
    taken(server.phones.settle(question.id(), phone.verdict(question, verdict)));
  }

  // Devices

  @Test
  void changeOfPush_isTakenOnceInOrder() throws Exception {
    TestPhone phone = server.enrolled("alice");
    String fcm = "{\"via\":\"fcm\",\"token\":\"t\"}";
    String change = phone.pushChange(fcm, phone.now());
    assertThat(taken(server.phones.changePush(phone.device(), change)).device())
        .isEqualTo(phone.device());
    assertThat(server.devices.find(phone.device()).orElseThrow().push())
        .isEqualTo(new PushAddress.Fcm("t"));
    assertThat(refusal(server.phones.changePush(phone.device(), change)))
        .isEqualTo(new Refusal.Signature());
    String poll = phone.pushChange("{\"via\":\"poll\"}", phone.now() + 1);
    taken(server.phones.changePush(phone.device(), poll));
    String old = phone.pushChange(fcm, phone.now() - 61);
    assertThat(refusal(server.phones.changePush(phone.device(), old)))
        .isEqualTo(new Refusal.Signature());
  }

  @Test
  void changeToAPushServiceThatIsNotUsed_isMalformedAndChangesNothing() throws Exception {
    TestPhone phone = server.enrolled("alice");
    String elsewhere = phone.pushChange(subscription(phone, "elsewhere.example.test"), phone.now());
    assertThat(refusal(server.phones.changePush(phone.device(), elsewhere))).isEqualTo(NOT_USED);
    assertThat(server.devices.find(phone.device()).orElseThrow().push())
        .isEqualTo(new PushAddress.Poll());
    String used = phone.pushChange(subscription(phone, "push.example.test"), phone.now());
    taken(server.phones.changePush(phone.device(), used));
    assertThat(server.devices.find(phone.device()).orElseThrow().push())
        .isInstanceOf(PushAddress.WebPush.class);
  }

  @Test
  void changeOfAnothersPush_isUnknown() throws Exception {
    TestPhone alice = server.enrolled("alice");
    TestPhone mallory = server.enrolled("mallory");
    String change = mallory.pushChange("{\"via\":\"poll\"}", mallory.now());
    assertThat(refusal(server.phones.changePush(alice.device(), change)))
        .isEqualTo(new Refusal.Unknown());
  }

  @Test
  void removal_isOfTheDeviceItself() throws Exception {
    TestPhone alice = server.enrolled("alice");
    TestPhone mallory = server.enrolled("mallory");
    String path = "/v1/devices/" + alice.device();
    assertThat(refusal(server.phones.remove(mallory.bearer("DELETE", path), path, alice.device())))
        .isEqualTo(new Refusal.Unknown());
    assertThat(refusal(server.phones.remove(alice.bearer("GET", path), path, alice.device())))
        .isEqualTo(new Refusal.Signature());
    assertThat(taken(server.phones.remove(alice.bearer("DELETE", path), path, alice.device())))
        .isEqualTo(alice.device());
    assertThat(refusal(server.phones.remove(alice.bearer("DELETE", path), path, alice.device())))
        .isEqualTo(new Refusal.Signature());
    assertThat(server.devices.find(mallory.device())).isPresent();
  }
}
