package dev.pushgate.push.privacyidea;

import static dev.pushgate.push.TestServer.PHONE_ADDRESS;
import static dev.pushgate.push.TestServer.refusal;
import static dev.pushgate.push.TestServer.result;
import static dev.pushgate.push.TestServer.taken;
import static dev.pushgate.push.standin.PrivacyIdeaApp.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Choice;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.NamedInvitation;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.phone.Refusal;
import dev.pushgate.push.phone.RefusalListener;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.standin.PrivacyIdeaApp;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.user.User;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated app against the protocol, over a real store. */
class PrivacyIdeaPhonesTest {
  private static final String URL = TestServer.BASE + "/privacyidea";
  private static final int BITS = 2048;

  /** Making keys takes long, so each test takes the same, and none has more apps than these. */
  private static final List<KeyPair> APP_KEYS =
      Stream.generate(() -> PrivacyIdeaApp.newKeys(BITS)).limit(3).toList();

  /** It is kept before each test but the one of making it. */
  private static final String SERVER_KEY = ServerKey.random(new SecureRandom()).toStored();

  private final TestClock clock = new TestClock();
  private TestServer server;
  private PrivacyIdeaPhones phones;
  private int appsMade;

  @BeforeEach
  void start(@TempDir Path folder) throws InterruptedException {
    server = new TestServer(folder, clock);
    var _ =
        server.store.<Integer>write(
            handle ->
                handle.execute(
                    "insert into privacyidea_key (id, private_key, made_at) values (1, ?, 0)",
                    SERVER_KEY));
    phones = phones();
  }

  private PrivacyIdeaPhones phones() {
    return phones("Demo VPN");
  }

  private PrivacyIdeaPhones phones(String service) {
    return new PrivacyIdeaPhones(
        server.store,
        server.devices,
        server.codes,
        server.challenges,
        server.polls,
        URL,
        service,
        server.newDevices::add,
        RefusalListener.NONE,
        server.audit::add,
        clock,
        new SecureRandom());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private PrivacyIdeaApp invited(String user) throws InterruptedException {
    NamedInvitation invitation =
        server.codes.issueNamed(user, Duration.ofHours(1), TestServer.BASE);
    String link = EnrolmentLink.of(invitation, URL, user, "Demo VPN", Duration.ofHours(1), false);
    return new PrivacyIdeaApp(link, APP_KEYS.get(appsMade++), clock);
  }

  private PrivacyIdeaApp enrolled(String user) throws Exception {
    PrivacyIdeaApp app = invited(user);
    var _ = taken(phones.enrol(Form.parse(app.enrolment()), PHONE_ADDRESS));
    return app;
  }

  private List<PrivacyIdeaChallenge> polled(PrivacyIdeaApp app) throws Exception {
    clock.advance(Duration.ofMillis(1));
    return taken(phones.poll(Form.parse(app.poll())));
  }

  private PrivacyIdeaChallenge asked(PrivacyIdeaApp app) {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> polled(app), list -> !list.isEmpty())
        .getFirst();
  }

  private boolean answered(String form) throws Exception {
    return taken(phones.answer(Form.parse(form)));
  }

  private Challenge open(PrivacyIdeaApp app, Optional<String> number, Optional<Choice> choice) {
    return server.challenges.open(
        server.login("alice"),
        Set.of(app.serial()),
        clock.instant().plusSeconds(60),
        number,
        choice);
  }

  @Test
  void accept_ofAWaitingLogin_approvesItAndIsRecorded() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    FutureTask<Outcome> login = server.waiting("alice");
    String accept = app.accept(asked(app).nonce());

    assertThat(answered(accept)).isTrue();
    assertThat(result(login)).isEqualTo(new Outcome.Approved("push"));
    assertThat(answered(accept)).as("the same again").isTrue();
    assertThat(server.audit)
        .singleElement()
        .isInstanceOfSatisfying(
            AuditRecord.VerdictTaken.class,
            verdict -> assertThat(verdict.device()).isEqualTo(app.serial()));
  }

  @Test
  void decline_ofAWaitingLogin_deniesItWithAndWithoutReason() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    FutureTask<Outcome> first = server.waiting("alice");
    assertThat(answered(app.decline(asked(app).nonce()))).isTrue();
    assertThat(((Outcome.Denied) result(first)).reason()).isEqualTo("denied");

    FutureTask<Outcome> second = server.waiting("alice");
    assertThat(answered(app.decline(asked(app).nonce(), "nicht ich, ü|x"))).isTrue();
    assertThat(((Outcome.Denied) result(second)).reason()).isEqualTo("denied");
  }

  @Test
  void device_isOneOfTheUserThatPollsAndIsSeen() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    Device device = server.devices.ofUser("alice").getFirst();
    assertThat(device.id()).isEqualTo(app.serial());
    assertThat(device.push()).isEqualTo(new PushAddress.Poll());
    assertThat(device.lastSeen()).isNull();

    assertThat(polled(app)).isEmpty();
    assertThat(server.devices.ofUser("alice").getFirst().lastSeen()).isEqualTo(clock.instant());
  }

  @Test
  void challenge_isSignedByTheKeyToldAtEnrolmentAndCarriesNothingHostile() throws Exception {
    PrivacyIdeaApp app = invited("alice");
    String key = taken(phones.enrol(Form.parse(app.enrolment()), PHONE_ADDRESS));
    Challenge challenge =
        open(app, Optional.empty(), Optional.of(new Choice(List.of("12", "47"), "47")));

    PrivacyIdeaChallenge asked = polled(app).getFirst();
    assertThat(asked.nonce()).matches("[A-Z2-7]{48}");
    assertThat(asked.question()).isEqualTo("Does alice sign in at fortigate-hq from 203.0.113.77?");
    assertThat(asked.title()).isEqualTo("Demo VPN");
    assertThat(asked.url()).isEqualTo(app.url());
    assertThat(asked.requirePresence()).contains("12,47");
    String signed =
        String.join(
            "|",
            asked.nonce(),
            asked.url(),
            app.serial(),
            asked.question(),
            asked.title(),
            "1",
            "12,47");
    assertThat(PrivacyIdeaApp.hasSigned(key, signed, asked.signature())).isTrue();
    assertThat(PrivacyIdeaApp.hasSigned(key, signed + "x", asked.signature())).isFalse();
    assertThat(challenge.end()).isEmpty();
  }

  @Test
  void hostileTexts_areMadeSafeAndCannotShiftWhatIsSigned() throws Exception {
    phones = phones("Demo|VPN\u202e\n");
    PrivacyIdeaApp app = invited("alice|root");
    String key = taken(phones.enrol(Form.parse(app.enrolment()), PHONE_ADDRESS));
    var _ =
        server.challenges.open(
            new Login(
                "L1",
                new User("alice|root", Set.of(), null),
                Client.of("forti|gate\u001b[2J", "192.0.2.1", "shared"),
                "203.0.113.77|\u202eevil\r\n\u0000" + "x".repeat(500),
                clock.instant()),
            Set.of(app.serial()),
            clock.instant().plusSeconds(60),
            Optional.empty(),
            Optional.empty());

    PrivacyIdeaChallenge asked = polled(app).getFirst();
    assertThat(asked.question())
        .startsWith(
            "Does alice/root sign in at forti/gate\\u{1b}[2J"
                + " from 203.0.113.77/\\u{202e}evil\\u{d}\\u{a}\\u{0}xxx")
        .endsWith("…?")
        .hasSizeLessThan(300);
    assertThat(asked.title()).isEqualTo("Demo/VPN\\u{202e}\\u{a}");
    String signed = asked.signed();
    assertThat(signed.split("\\|", -1))
        .containsExactly(
            asked.nonce(), asked.url(), app.serial(), asked.question(), asked.title(), "1");
    assertThat(PrivacyIdeaApp.hasSigned(key, signed, asked.signature())).isTrue();
  }

  @Test
  void choice_rightApproves_wrongDeniesForGood() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    Choice choice = new Choice(List.of("12", "47", "80"), "47");
    Challenge right = open(app, Optional.of("123456"), Optional.of(choice));
    assertThat(answered(app.choose(polled(app).getFirst().nonce(), "47"))).isTrue();
    assertThat(right.end().orElseThrow())
        .isInstanceOfSatisfying(
            End.Answered.class,
            end -> assertThat(end.settlement().state()).isEqualTo(Settlement.State.APPROVED));

    Challenge wrong = open(app, Optional.empty(), Optional.of(choice));
    String nonce = polled(app).getFirst().nonce();
    String blind = app.choose(nonce, "12");
    assertThat(answered(blind)).isFalse();
    assertThat(answered(blind)).as("the same again").isFalse();
    assertThat(answered(app.choose(nonce, "47"))).as("a second try").isFalse();
    assertThat(wrong.end().orElseThrow())
        .isInstanceOfSatisfying(
            End.Answered.class,
            end -> {
              assertThat(end.wrongNumber()).isTrue();
              assertThat(end.settlement().state()).isEqualTo(Settlement.State.DENIED);
            });
  }

  @Test
  void accept_withoutTheChoice_settlesNothing() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    Challenge challenge =
        open(app, Optional.empty(), Optional.of(new Choice(List.of("1", "2"), "1")));
    Form plain = Form.parse(app.accept(Nonce.of(challenge)));
    assertThat(refusal(phones.answer(plain))).isInstanceOf(Refusal.Malformed.class);
    assertThat(challenge.end()).isEmpty();
  }

  @Test
  void challengeWithANumber_isNotOfferedNorApproved() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    Challenge challenge = open(app, Optional.of("471604"), Optional.empty());
    assertThat(polled(app)).isEmpty();
    String nonce = Nonce.of(challenge);
    assertThat(refusal(phones.answer(Form.parse(app.accept(nonce)))))
        .isInstanceOf(Refusal.Malformed.class);
    assertThat(refusal(phones.answer(Form.parse(app.choose(nonce, "471604")))))
        .isInstanceOf(Refusal.Malformed.class);
    assertThat(challenge.end()).isEmpty();
  }

  @Test
  void answer_afterExpiry_settlesNothing() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    Challenge challenge = open(app, Optional.empty(), Optional.empty());
    String accept = app.accept(polled(app).getFirst().nonce());
    clock.advance(Duration.ofSeconds(60));
    assertThat(answered(accept)).isFalse();
    assertThat(challenge.end()).contains(new End.Expired());
  }

  @Test
  void poll_sentAgain_tellsNothingNew() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    Challenge first = open(app, Optional.empty(), Optional.empty());
    clock.advance(Duration.ofMillis(1));
    Form poll = Form.parse(app.poll());
    assertThat(taken(phones.poll(poll)))
        .extracting(PrivacyIdeaChallenge::nonce)
        .containsExactly(Nonce.of(first));

    var _ = open(app, Optional.empty(), Optional.empty());
    assertThat(taken(phones.poll(poll)))
        .extracting(PrivacyIdeaChallenge::nonce)
        .containsExactly(Nonce.of(first));
    assertThat(polled(app)).hasSize(2);
  }

  @Test
  void timestamps_areOfOneFormAndWithinAMinute() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    String good = "2026-11-24T08:00:00";
    for (String taken : List.of(good + ".123Z", good + ".123456Z", "2026-11-24T08:01:00.000Z")) {
      assertThat(taken(phones.poll(Form.parse(app.poll(taken))))).as(taken).isEmpty();
    }
    for (String refused :
        List.of(
            "2026-11-24T07:58:59.999Z",
            "2026-11-24T08:01:00.001Z",
            good + "Z",
            good + ".1Z",
            good + ".1234Z",
            good + ".123",
            good + ".123+00:00",
            "2026-13-24T08:00:00.000Z",
            "+2026-11-24T08:00:00.000Z",
            "now")) {
      assertThat(refusal(phones.poll(Form.parse(app.poll(refused)))))
          .as(refused)
          .isEqualTo(new Refusal.Signature());
    }
  }

  @Test
  void tokenUpdate_isTakenAgainAndAgainAndNoPushComesOfIt() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    for (int i = 0; i < 3; i++) {
      assertThat(taken(phones.updateToken(Form.parse(app.tokenUpdate())))).isTrue();
    }
    assertThat(server.devices.ofUser("alice").getFirst().push()).isEqualTo(new PushAddress.Poll());
    String stale = app.tokenUpdate();
    clock.advance(Duration.ofSeconds(61));
    assertThat(refusal(phones.updateToken(Form.parse(stale)))).isEqualTo(new Refusal.Signature());
  }

  @Test
  void anotherSignatureOrSerial_isRefused() throws Exception {
    PrivacyIdeaApp alice = enrolled("alice");
    PrivacyIdeaApp bob = enrolled("bob");
    Challenge challenge = open(alice, Optional.empty(), Optional.empty());
    String nonce = Nonce.of(challenge);

    assertThat(
            refusal(
                phones.answer(
                    Form.parse(
                        form(
                            "nonce",
                            nonce,
                            "serial",
                            alice.serial(),
                            "signature",
                            bob.sign(nonce + "|" + alice.serial()))))))
        .isEqualTo(new Refusal.Signature());
    assertThat(
            refusal(
                phones.answer(
                    Form.parse(
                        form(
                            "nonce",
                            nonce,
                            "serial",
                            "PIPUNOBODY",
                            "signature",
                            alice.sign("x"))))))
        .isEqualTo(new Refusal.Signature());
    assertThat(answered(bob.accept(nonce))).as("bob is not asked").isFalse();
    assertThat(challenge.end()).isEmpty();
    assertThat(answered(alice.accept(nonce))).isTrue();
  }

  @Test
  void signatureOfADecline_isNoAcceptance() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    Challenge challenge = open(app, Optional.empty(), Optional.empty());
    String nonce = Nonce.of(challenge);
    String signature = app.sign(nonce + "|" + app.serial() + "|decline");
    Form forged = Form.parse(form("nonce", nonce, "serial", app.serial(), "signature", signature));
    assertThat(refusal(phones.answer(forged))).isEqualTo(new Refusal.Signature());
    assertThat(challenge.end()).isEmpty();
  }

  @Test
  void credential_worksOnceForItsSerialAndItsTime() throws Exception {
    PrivacyIdeaApp app = invited("alice");
    PrivacyIdeaApp other = invited("alice");
    Form wrongSerial = Form.parse(app.enrolment().replace(app.serial(), other.serial()));
    assertThat(refusal(phones.enrol(wrongSerial, PHONE_ADDRESS)))
        .isEqualTo(new Refusal.CodeInvalid());
    var _ = taken(phones.enrol(Form.parse(app.enrolment()), PHONE_ADDRESS));
    assertThat(refusal(phones.enrol(Form.parse(app.enrolment()), PHONE_ADDRESS)))
        .isEqualTo(new Refusal.CodeInvalid());
    clock.advance(Duration.ofHours(1));
    assertThat(refusal(phones.enrol(Form.parse(other.enrolment()), PHONE_ADDRESS)))
        .isEqualTo(new Refusal.CodeInvalid());
    assertThat(server.devices.ofUser("alice")).hasSize(1);
  }

  @Test
  void wrongCredentials_areSlowedDownByAddress() throws Exception {
    PrivacyIdeaApp app = invited("alice");
    Form wrong =
        Form.parse(
            form(
                "enrollment_credential",
                "A".repeat(26),
                "serial",
                app.serial(),
                "pubkey",
                app.publicKey()));
    for (int i = 0; i < 5; i++) {
      assertThat(refusal(phones.enrol(wrong, PHONE_ADDRESS))).isEqualTo(new Refusal.CodeInvalid());
    }
    assertThat(refusal(phones.enrol(Form.parse(app.enrolment()), PHONE_ADDRESS)))
        .isInstanceOf(Refusal.TooMany.class);
  }

  @Test
  void codeOfTheOtherKind_isNoUse() throws Exception {
    PrivacyIdeaApp app = invited("alice");
    Form withPhoneCode =
        Form.parse(
            form(
                "enrollment_credential",
                server.code("alice"),
                "serial",
                app.serial(),
                "pubkey",
                app.publicKey()));
    assertThat(refusal(phones.enrol(withPhoneCode, PHONE_ADDRESS)))
        .isEqualTo(new Refusal.CodeInvalid());
    TestPhone phone = new TestPhone(TestServer.BASE, clock);
    assertThat(
            refusal(
                server.phones.enrol(
                    phone.enrolment(app.said("enrollment_credential"), "x"), PHONE_ADDRESS)))
        .isEqualTo(new Refusal.CodeInvalid());
  }

  @Test
  void deviceOfOneKind_isNoneOfTheOther() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    TestPhone phone = server.enrolled("alice");
    String ownId = phone.device();
    phone.isDevice(app.serial());
    assertThat(
            refusal(
                server.phones.challenges(
                    phone.bearer("GET", "/v1/challenges"), "/v1/challenges", Duration.ZERO)))
        .isEqualTo(new Refusal.Signature());
    String now = app.now();
    Form poll =
        Form.parse(
            form("serial", ownId, "timestamp", now, "signature", app.sign(ownId + "|" + now)));
    assertThat(refusal(phones.poll(poll))).isEqualTo(new Refusal.Signature());
  }

  @Test
  void userWithBothKinds_isAskedOnBothAndTheFirstAnswerCounts() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    TestPhone phone = server.enrolled("alice");
    FutureTask<Outcome> login = server.waiting("alice");
    String nonce = asked(app).nonce();
    var question = server.question(phone);
    assertThat(answered(app.decline(nonce))).isTrue();
    assertThat(result(login)).isInstanceOf(Outcome.Denied.class);
    assertThat(refusal(server.phones.settle(question.id(), phone.verdict(question, "approve"))))
        .isEqualTo(new Refusal.Settled(Settlement.State.DENIED));

    FutureTask<Outcome> second = server.waiting("alice");
    var again = server.question(phone);
    String late = app.accept(asked(app).nonce());
    var _ = taken(server.phones.settle(again.id(), phone.verdict(again, "deny")));
    assertThat(answered(late)).isFalse();
    assertThat(result(second)).isInstanceOf(Outcome.Denied.class);
  }

  @Test
  void removedDevice_isRefusedAndItsKeyStaysUsed() throws Exception {
    PrivacyIdeaApp app = enrolled("alice");
    assertThat(server.devices.remove(app.serial())).isEqualTo(Devices.Removal.REMOVED);
    assertThat(refusal(phones.poll(Form.parse(app.poll())))).isEqualTo(new Refusal.Signature());
    NamedInvitation next = server.codes.issueNamed("alice", Duration.ofHours(1), TestServer.BASE);
    Form again =
        Form.parse(
            form(
                "enrollment_credential",
                next.code(),
                "serial",
                next.serial(),
                "pubkey",
                app.publicKey()));
    assertThat(refusal(phones.enrol(again, PHONE_ADDRESS))).isEqualTo(new Refusal.KeyKnown());
  }

  @Test
  void serverKey_isTheSameForAllWhoNeedItFirst() throws Exception {
    var _ = server.store.<Integer>write(handle -> handle.execute("delete from privacyidea_key"));
    List<PrivacyIdeaApp> apps = List.of(invited("alice"), invited("bob"), invited("carol"));
    List<String> keys =
        TestServer.race(
            apps.stream()
                .<java.util.concurrent.Callable<String>>map(
                    app -> () -> taken(phones().enrol(Form.parse(app.enrolment()), PHONE_ADDRESS)))
                .toList());
    assertThat(Set.copyOf(keys)).hasSize(1);
  }

  @Test
  void keysOfOtherKindsAndSizes_areRefused() throws Exception {
    PrivacyIdeaApp app = invited("alice");
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(256);
    KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
    small.initialize(512);
    KeyPairGenerator odd = KeyPairGenerator.getInstance("RSA");
    odd.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
    for (KeyPairGenerator generator : List.of(curve, small, odd)) {
      byte[] key = generator.generateKeyPair().getPublic().getEncoded();
      assertRefused(app, Base64.getEncoder().encodeToString(key));
    }
    assertRefused(app, "!");
    assertRefused(app, app.publicKey() + "AAAA");
    assertRefused(app, app.publicKey().replace("=", "").substring(1));
    assertRefused(app, String.join("", Collections.nCopies(4097, "A")));
    var _ = taken(phones.enrol(Form.parse(app.enrolment()), PHONE_ADDRESS));
  }

  private void assertRefused(PrivacyIdeaApp app, String key) throws Exception {
    Form form =
        Form.parse(
            form(
                "enrollment_credential",
                app.said("enrollment_credential"),
                "serial",
                app.serial(),
                "pubkey",
                key));
    assertThat(refusal(phones.enrol(form, PHONE_ADDRESS))).isInstanceOf(Refusal.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "=b",
        "a=1&a=2",
        "a=1&&b=2",
        "a=%",
        "a=%4",
        "a=%zz",
        "a=%ff",
        "a=%c0%af",
        "a=ü",
        "a=b c",
        "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1&l=1&m=1&n=1&o=1&p=1&q=1"
      })
  void form_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> Form.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void url_isGivenForAddressesInNormalFormOnly() {
    assertThat(EnrolmentLink.url("https://vpn.example.com:4433/a"))
        .contains("https://vpn.example.com:4433/a/privacyidea");
    assertThat(EnrolmentLink.url("https://[2001:db8::1]:4433")).isPresent();
    for (String base :
        List.of(
            "http://a.example",
            "HTTPS://a.example",
            "https://A.example",
            "https://a.example:443",
            "https://a.example:",
            "https://a.example/../b",
            "https://a.example/./b",
            "https://a.example//b",
            "https://ä.example",
            "https://u@a.example",
            "https://a.example?q",
            "https://")) {
      assertThat(EnrolmentLink.url(base)).as(base).isEmpty();
    }
  }
}
