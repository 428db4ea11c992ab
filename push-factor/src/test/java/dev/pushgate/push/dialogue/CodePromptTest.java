package dev.pushgate.push.dialogue;

import static dev.pushgate.push.dialogue.LoginsAt.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestCodeApp;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.limit.ConsecutiveFailures;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodePromptTest {
  private static final String AWAY = "192.0.2.55";
  private static final Outcome RIGHT = new Outcome.Approved("code");
  private static final TotpSettings SLOW =
      new TotpSettings(TotpSettings.Algorithm.SHA256, 8, Duration.ofSeconds(60));

  /** Stands at the beginning of a step of any length. */
  private final TestClock clock = new TestClock();

  private final Keys keys = TestServer.newKeys();
  private final Path folder;
  private final TestServer server;
  private final LoginsAt logins = LoginsAt.mode(Mode.CHALLENGE, clock);

  CodePromptTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = new TestServer(folder, clock, keys);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Instant soon() {
    return clock.instant().plusSeconds(60);
  }

  private TestCodeApp app(TotpSettings settings) throws InterruptedException {
    return TestCodeApp.scanning(server.oneTimeCodes.enrol("alice", "Test VPN", settings).url());
  }

  private TestCodeApp app() throws InterruptedException {
    return app(TotpSettings.USUAL);
  }

  private Outcome.Asked prompt(LoginsAt at, String from) throws InterruptedException {
    return LoginsAt.asked(server.factor.verify(at.of("alice", from), soon()));
  }

  /** What a login comes to whose prompt is answered by that. */
  private Outcome typed(String text) throws InterruptedException {
    return typed(logins, text);
  }

  private Outcome typed(LoginsAt at, String text) throws InterruptedException {
    return prompt(at, HOME).next().answered(text, soon());
  }

  private static void assertThatItIsWrong(Outcome outcome) {
    assertThat(outcome)
        .isEqualTo(new Outcome.Denied("wrong-code", "The code is wrong. Please sign in again."));
  }

  /** Six digits that are no code of the app now. */
  private String wrong(TestCodeApp app) {
    List<String> near = new ArrayList<>();
    for (int step = -3; step <= 3; step++) {
      near.add(app.at(clock.instant().plusSeconds(30L * step)));
    }
    String wrong = "000000";
    for (int i = 1; near.contains(wrong); i++) {
      wrong = "00000" + i;
    }
    return wrong;
  }

  @ParameterizedTest
  @CsvSource({
    "CHALLENGE, push-or-code, recovery-code",
    "NUMBER, push-or-code, recovery-code",
    "CHALLENGE, push, recovery-code",
    "CHALLENGE, number, bypass-code",
    "NUMBER, code, bypass-code",
  })
  void userWithNeitherPhoneNorApp_isAskedForTheCodeOnPaperOrOfTheHelpDesk(
      Mode mode, String requirement, String by) throws Exception {
    LoginsAt at = LoginsAt.mode(mode, clock).requiring(requirement);
    assertThat(LoginsAt.denial(server.factor.verify(at.of("alice"), soon())))
        .isIn("no-device", "no-code-app");
    String code =
        by.equals("recovery-code")
            ? server.recoveryCodes.issue("alice").getFirst()
            : server.bypassCodes.issue(
                "alice", clock.instant().plus(Duration.ofMinutes(15)), "lost phone", "root");

    Outcome.Asked prompt = prompt(at, HOME);

    assertThat(prompt.prompt()).isEqualTo("Enter a code");
    assertThat(prompt.next().answered(code, soon())).isEqualTo(new Outcome.Approved(by));
  }

  @Test
  void recoveryCodesWhereANumberIsNeeded_areNotAskedFor() throws Exception {
    var _ = server.recoveryCodes.issue("alice");
    LoginsAt at = LoginsAt.mode(Mode.CHALLENGE, clock).requiring("number");

    assertThat(LoginsAt.denial(server.factor.verify(at.of("alice"), soon())))
        .isEqualTo("no-device");
  }

  @ParameterizedTest
  @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
  void codeOfAStepAround_isTakenOneStepAway(int steps, boolean right) throws Exception {
    TestCodeApp app = app();
    Outcome outcome = typed(app.at(clock.instant().plusSeconds(30L * steps)));
    if (right) {
      assertThat(outcome).isEqualTo(RIGHT);
    } else {
      assertThatItIsWrong(outcome);
    }
  }

  /** Steps end where the clock says, to the millisecond. */
  @ParameterizedTest
  @CsvSource({"0, true", "29999, true", "30000, true", "59999, true", "60000, false"})
  void codeOfTheStepAtZero_isGoodUntilTheNextStepHasEnded(long millis, boolean right)
      throws Exception {
    String code = app().at(clock.instant());
    clock.advance(Duration.ofMillis(millis));
    Outcome outcome = typed(code);
    if (right) {
      assertThat(outcome).isEqualTo(RIGHT);
    } else {
      assertThatItIsWrong(outcome);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-90, 90})
  void clockOffBy90SecondsFromTheBeginning_isRefused(int seconds) throws Exception {
    TestCodeApp app = app();
    for (int i = 0; i < 5; i++) {
      assertThatItIsWrong(typed(app.at(clock.instant().plusSeconds(seconds))));
      clock.advance(Duration.ofSeconds(17));
    }
  }

  /** 90 s are one step of a minute or two. */
  @ParameterizedTest
  @CsvSource({"29, true", "30, false"})
  void clockOffBy90SecondsWithStepsOfAMinute_isTakenInHalfOfThem(int second, boolean right)
      throws Exception {
    TestCodeApp app = app(SLOW);
    clock.advance(Duration.ofSeconds(second));
    Outcome outcome = typed(app.at(clock.instant().plusSeconds(90)));
    if (right) {
      assertThat(outcome).isEqualTo(RIGHT);
    } else {
      assertThatItIsWrong(outcome);
    }
  }

  @Test
  void clockThatRunsAway_isFollowedAlsoByAnotherProcess() throws Exception {
    TestCodeApp app = app();
    for (int ahead = 0; ahead <= 90; ahead += 30) {
      assertThat(typed(app.at(clock.instant().plusSeconds(ahead)))).isEqualTo(RIGHT);
      clock.advance(Duration.ofDays(30));
    }
    try (TestServer other = new TestServer(folder, clock, keys)) {
      Outcome.Asked asked = LoginsAt.asked(other.factor.verify(logins.of("alice"), soon()));
      assertThat(asked.next().answered(app.at(clock.instant().plusSeconds(90)), soon()))
          .isEqualTo(RIGHT);
    }
    assertThatItIsWrong(typed(app.at(clock.instant())));
  }

  @ParameterizedTest
  @CsvSource({"0, 30", "1, 30", "999, 30", "1000, 29", "17000, 13", "29000, 1", "29999, 1"})
  void replayedCode_waitsToTheEndOfItsStep(long millis, long seconds) throws Exception {
    TestCodeApp app = app();
    String code = app.at(clock.instant());
    assertThat(typed(code)).isEqualTo(RIGHT);
    clock.advance(Duration.ofMillis(millis));
    Outcome.Asked again = LoginsAt.asked(typed(code));
    assertThat(again.prompt()).isEqualTo("Please wait " + seconds + " seconds to login again");
    clock.advance(Duration.ofSeconds(seconds));
    assertThat(again.next().answered(app.at(clock.instant()), soon())).isEqualTo(RIGHT);
  }

  @Test
  void replayedCodeOfEightDigitsAndAMinute_waitsToTheEndOfTheMinute() throws Exception {
    TestCodeApp app = app(SLOW);
    String code = app.at(clock.instant());
    assertThat(code).hasSize(8);
    assertThat(typed(code)).isEqualTo(RIGHT);
    clock.advance(Duration.ofSeconds(13));
    assertThat(LoginsAt.asked(typed(code)).prompt())
        .isEqualTo("Please wait 47 seconds to login again");
  }

  @Test
  void codeUsedInOneProcess_isUsedInAnother() throws Exception {
    String code = app().at(clock.instant());
    try (TestServer other = new TestServer(folder, clock, keys)) {
      Outcome.Asked there = LoginsAt.asked(other.factor.verify(logins.of("alice"), soon()));
      assertThat(typed(code)).isEqualTo(RIGHT);
      assertThat(LoginsAt.asked(there.next().answered(code, soon())).prompt())
          .isEqualTo("Please wait 30 seconds to login again");
    }
  }

  @Test
  void usedCodeTypedAgainAndAgain_isRefusedAtLast() throws Exception {
    String code = app().at(clock.instant());
    assertThat(typed(code)).isEqualTo(RIGHT);
    Outcome outcome = typed(code);
    int prompts = 1;
    while (outcome instanceof Outcome.Asked asked) {
      prompts++;
      outcome = asked.next().answered(code, soon());
    }
    assertThat(prompts).isEqualTo(5);
    assertThat(LoginsAt.denial(outcome)).isEqualTo("too-many-prompts");
  }

  @Test
  void wrongCodesToTheCap_leaveOnlyKnownPlaces() throws Exception {
    TestCodeApp app = app();
    assertThat(typed(app.at(clock.instant()))).isEqualTo(RIGHT);
    clock.advance(Duration.ofSeconds(30));
    for (int i = 0; i < ConsecutiveFailures.CAP; i++) {
      assertThatItIsWrong(prompt(logins, AWAY).next().answered(wrong(app), soon()));
    }
    assertThat(LoginsAt.denial(server.factor.verify(logins.of("alice", AWAY), soon())))
        .isEqualTo("too-many-failures");
    assertThat(LoginsAt.denial(server.factor.verify(logins.of("alice", null), soon())))
        .isEqualTo("too-many-failures");
    assertThat(typed(app.at(clock.instant()))).isEqualTo(RIGHT);
    assertThatItIsWrong(prompt(logins, AWAY).next().answered(wrong(app), soon()));
  }

  /** Prompts are cheap: who has the password opens many first, and then guesses. */
  @Test
  void promptsOpenedBeforeTheCap_areNoWayPastIt() throws Exception {
    TestCodeApp app = app();
    List<Callable<Outcome>> guesses = new ArrayList<>();
    for (int i = 0; i < 3 * ConsecutiveFailures.CAP; i++) {
      Outcome.Asked asked = prompt(logins, AWAY);
      guesses.add(() -> asked.next().answered(wrong(app), soon()));
    }
    Outcome.Asked last = prompt(logins, AWAY);
    List<String> reasons = TestServer.race(guesses).stream().map(LoginsAt::denial).toList();
    assertThat(reasons).filteredOn("wrong-code"::equals).hasSize(ConsecutiveFailures.CAP);
    assertThat(LoginsAt.denial(last.next().answered(app.at(clock.instant()), soon())))
        .isEqualTo("too-many-failures");
  }

  @Test
  void recoveryCode_letsInOnce() throws Exception {
    var _ = app();
    String code = server.recoveryCodes.issue("alice").getFirst();
    assertThat(typed(code)).isEqualTo(new Outcome.Approved("recovery-code"));
    assertThatItIsWrong(typed(code));
  }

  @Test
  void bypassCode_letsInOnce() throws Exception {
    var _ = app();
    String code = bypassCode();
    assertThat(typed(code.toLowerCase(Locale.ROOT))).isEqualTo(new Outcome.Approved("bypass-code"));
    assertThatItIsWrong(typed(code));
  }

  private String bypassCode() throws InterruptedException {
    return server.bypassCodes.issue(
        "alice", clock.instant().plus(Duration.ofMinutes(15)), "lost phone", "root");
  }

  @ParameterizedTest
  @CsvSource({"899, true", "900, false"})
  void bypassCode_isNoUseAfterItsTime(int seconds, boolean right) throws Exception {
    var _ = app();
    String code = bypassCode();
    clock.advance(Duration.ofSeconds(seconds));
    Outcome outcome = typed(code);
    if (right) {
      assertThat(outcome).isEqualTo(new Outcome.Approved("bypass-code"));
    } else {
      assertThatItIsWrong(outcome);
    }
  }

  /** Which codes serve where a push is required, where a number is, and where a code is. */
  @ParameterizedTest
  @CsvSource({
    "push, false, true, true",
    "number, false, false, true",
    "code, true, true, true",
    "push-or-code, true, true, true"
  })
  void requirement_saysWhichCodesServe(
      String requirement, boolean ofApp, boolean ofPaper, boolean ofHelpDesk) throws Exception {
    LoginsAt at = logins.requiring(requirement);
    var _ = server.enrolled("alice");
    TestCodeApp app = app();
    String paper = server.recoveryCodes.issue("alice").getFirst();
    String helpDesk = bypassCode();
    assertThat(typed(at, app.at(clock.instant())) instanceof Outcome.Approved).isEqualTo(ofApp);
    assertThat(typed(at, paper) instanceof Outcome.Approved).isEqualTo(ofPaper);
    assertThat(typed(at, helpDesk) instanceof Outcome.Approved).isEqualTo(ofHelpDesk);
    assertThat(server.recoveryCodes.left("alice")).isEqualTo(ofPaper ? 9 : 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "push", "PUSH 1"})
  void pushWhereACodeIsRequired_asksForTheCodeAndNoPhone(String text) throws Exception {
    TestPhone phone = server.enrolled("alice");
    TestCodeApp app = app();
    Outcome.Asked again = LoginsAt.asked(typed(logins.requiring("code"), text));
    assertThat(again.prompt()).isEqualTo("Enter a code");
    assertThat(server.questions(phone)).isEmpty();
    assertThat(again.next().answered(app.at(clock.instant()), soon())).isEqualTo(RIGHT);
  }

  @Test
  void codeBehindThePassword_isUsedOnceAndTellsTheWait() throws Exception {
    String code = app().at(clock.instant());
    assertThat(server.factor.verify(logins.of("alice", HOME, code, null), soon())).isEqualTo(RIGHT);
    assertThat(server.factor.verify(logins.of("alice", HOME, code, null), soon()))
        .isEqualTo(new Outcome.Denied("code-used", "Please wait 30 seconds to login again"));
  }
}
