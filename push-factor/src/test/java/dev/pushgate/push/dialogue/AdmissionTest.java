package dev.pushgate.push.dialogue;

import static dev.pushgate.push.dialogue.LoginsAt.FINGERPRINT;
import static dev.pushgate.push.dialogue.LoginsAt.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.PushFactor;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestCodeApp;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.limit.ConsecutiveFailures;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in without being asked, and by what nobody ever is. */
class AdmissionTest {
  private static final Outcome REMEMBERED = Outcome.Approved.unchecked("remembered");
  private static final Outcome BYPASS = Outcome.Approved.unchecked("bypass");
  private static final Duration REMEMBER = Duration.ofHours(8);

  private final TestClock clock = new TestClock();
  private final TestServer server;
  private final PushFactor impatient;
  private final TestPhone phone;
  private final TestCodeApp app;
  private final LoginsAt logins = LoginsAt.mode(Mode.BLOCK, clock).remembering(REMEMBER);

  AdmissionTest(@TempDir Path folder) throws InterruptedException {
    this.server = new TestServer(folder, clock);
    this.impatient = server.factor(Duration.ofMillis(1));
    this.phone = server.enrolled("alice");
    this.app =
        TestCodeApp.scanning(
            server.oneTimeCodes.enrol("alice", "Test VPN", TotpSettings.USUAL).url());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Instant soon() {
    return clock.instant().plusSeconds(60);
  }

  private Outcome codeFrom(@Nullable String from, LoginsAt at) throws InterruptedException {
    Login login = at.of("alice", from, app.at(clock.instant()), FINGERPRINT);
    Outcome outcome = server.factor.verify(login, soon());
    clock.advance(Duration.ofSeconds(30));
    return outcome;
  }

  /** A second factor that is right, at home. */
  private void getsInByCode() throws InterruptedException {
    assertThat(codeFrom(HOME, logins)).isEqualTo(new Outcome.Approved("code"));
  }

  private void assertThatTheyAreAsked(Login login) throws InterruptedException {
    assertThat(LoginsAt.denial(impatient.verify(login, soon()))).isEqualTo("expired");
  }

  private Outcome verify(Login login) throws InterruptedException {
    return impatient.verify(login, soon());
  }

  private boolean isKnown(Login login) throws InterruptedException {
    return server.limits.isKnown("alice", Origin.of(login));
  }

  @Test
  void rightSecondFactor_isRememberedToAFixedEnd() throws Exception {
    getsInByCode();
    assertThat(verify(logins.of("alice"))).isEqualTo(REMEMBERED);
    clock.advance(REMEMBER.minusSeconds(31));
    assertThat(verify(logins.of("alice"))).as("the last second").isEqualTo(REMEMBERED);
    clock.advance(Duration.ofSeconds(1));
    assertThatTheyAreAsked(logins.of("alice"));
  }

  @Test
  void otherPasswordOrPlace_isAsked() throws Exception {
    getsInByCode();
    assertThatTheyAreAsked(logins.of("alice", HOME, null, "another password"));
    assertThatTheyAreAsked(logins.of("alice", HOME, null, null));
    assertThatTheyAreAsked(logins.of("alice", "203.0.113.8"));
    assertThatTheyAreAsked(LoginsAt.mode(Mode.BLOCK, clock).of("alice"));
    assertThat(verify(logins.of("alice"))).isEqualTo(REMEMBERED);
  }

  /** A host name, or what the client does not tell, is the same for everybody. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"laptop7", "203.0.113"})
  void loginWithoutAnAddress_isNotRemembered(@Nullable String from) throws Exception {
    assertThat(codeFrom(from, logins)).isEqualTo(new Outcome.Approved("code"));
    assertThatTheyAreAsked(logins.of("alice", from));
    assertThat(isKnown(logins.of("alice", from))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deny", "report"})
  void noOnThePhone_endsWhatIsRemembered(String verdict) throws Exception {
    getsInByCode();
    LoginsAt numbers = LoginsAt.mode(Mode.NUMBER, clock);
    var _ = LoginsAt.asked(server.factor.verify(numbers.of("alice", "192.0.2.1"), soon()));
    Question question = server.question(phone);
    TestServer.taken(server.phones.settle(question.id(), phone.verdict(question, verdict)));
    assertThatTheyAreAsked(logins.of("alice"));
  }

  @Test
  void wrongNumber_endsWhatIsRemembered() throws Exception {
    getsInByCode();
    LoginsAt numbers = LoginsAt.mode(Mode.NUMBER, clock);
    Outcome.Asked asked =
        LoginsAt.asked(server.factor.verify(numbers.of("alice", "192.0.2.1"), soon()));
    String wrong = LoginsAt.number(asked).equals("111111") ? "222222" : "111111";
    Question question = server.question(phone);
    var _ =
        TestServer.refusal(
            server.phones.settle(
                question.id(), phone.verdict(question, "approve", LoginsAt.match(wrong))));
    assertThatTheyAreAsked(logins.of("alice"));
  }

  @Test
  void bypass_letsInAndIsNotRemembered() throws Exception {
    var _ =
        server.bypasses.grant(
            "alice", clock.instant().plus(Duration.ofHours(1)), "lost phone", "root");
    assertThat(verify(logins.of("alice"))).isEqualTo(BYPASS);
    assertThat(isKnown(logins.of("alice"))).isFalse();
    clock.advance(Duration.ofHours(1));
    assertThatTheyAreAsked(logins.of("alice"));
  }

  @Test
  void bypass_helpsWhoIsShutOutByFailures() throws Exception {
    for (int i = 0; i < ConsecutiveFailures.CAP; i++) {
      server.failures.failed("alice");
    }
    assertThat(LoginsAt.denial(verify(logins.of("alice")))).isEqualTo("too-many-failures");
    var _ =
        server.bypasses.grant(
            "alice", clock.instant().plus(Duration.ofHours(1)), "lost phone", "root");

    assertThat(verify(logins.of("alice"))).isEqualTo(BYPASS);
  }

  @Test
  void bypassCode_isGoodForOneLogin() throws Exception {
    String code =
        server.bypassCodes.issue(
            "alice", clock.instant().plus(Duration.ofMinutes(15)), "lost phone", "root");
    assertThat(verify(logins.of("alice", HOME, code, FINGERPRINT)))
        .isEqualTo(new Outcome.Approved("bypass-code"));
    assertThat(isKnown(logins.of("alice"))).isFalse();
    assertThatTheyAreAsked(logins.of("alice"));
  }

  @Test
  void userWhoNeedsNone_isNotRemembered() throws Exception {
    assertThat(verify(logins.requiring("none").of("alice")))
        .isEqualTo(Outcome.Approved.unchecked("none"));
    assertThat(isKnown(logins.of("alice"))).isFalse();
    assertThatTheyAreAsked(logins.of("alice"));
  }

  @Test
  void rememberedLogin_keepsNoPlaceKnown() throws Exception {
    LoginsAt lasting = logins.remembering(PushLimits.KNOWN_FOR);
    assertThat(codeFrom(HOME, lasting)).isEqualTo(new Outcome.Approved("code"));
    assertThat(isKnown(lasting.of("alice"))).isTrue();
    clock.advance(PushLimits.KNOWN_FOR.minusSeconds(31));
    assertThat(verify(lasting.of("alice"))).isEqualTo(REMEMBERED);
    clock.advance(Duration.ofSeconds(1));
    assertThat(isKnown(lasting.of("alice"))).isFalse();
  }

  @Test
  void deniedUser_isNotLetInByBypassOrMemory() throws Exception {
    getsInByCode();
    var _ =
        server.bypasses.grant(
            "alice", clock.instant().plus(Duration.ofHours(1)), "lost phone", "root");
    assertThat(LoginsAt.denial(verify(logins.requiring("deny").of("alice"))))
        .isEqualTo("not-allowed");
  }
}
