package dev.pushgate;

import static dev.pushgate.DialogueUser.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode challenge: packets in, packets out. */
class ChallengeDialogueTest {
  private static final int SECONDS = 120;
  private static final String FORTIGATE =
      "+Enter token code or no code to send a notification to your FortiToken Mobile";
  private static final String CODE_OR_PUSH =
      "Enter a code, or leave it empty for a notification on your phone";
  private static final String PUSH = "Leave it empty and press OK for a notification on your phone";
  private static final String CODE = "Enter a code";
  private static final String WAIT = "Please wait {seconds} seconds to login again";
  private static final String WRONG = "The code is wrong. Please sign in again.";
  private static final String OVER = "This sign-in is over. Please start again.";
  private static final String DENIED = "The sign-in was denied on your phone.";

  private static DialogueServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server =
        new DialogueServer(
            folder,
            """
            push.expiry = 20s
            groups.prompted.mode = challenge
            groups.numbered.mode = number
            groups.strict.factor = number
            enroll { inline = on, until = "2099-12-31", networks = [ "192.0.2.0/24" ] }
            """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static DialogueUser atFortigate(String... entries) throws Exception {
    return server.user(entries).withPhone().withApp().at("kind = fortigate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "push", "PUSH", " push ", "push 1", "push1"})
  void noCode_asksThePhone(String typed) throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE).isAskedNothing();
    var _ = user.types(typed).waits().approves().isLetIn("push");
  }

  @Test
  void push2_asksTheSecondPhoneOnly() throws Exception {
    DialogueUser user = atFortigate().withPhone();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types("push 2");
    var _ = user.question(2);
    var _ = user.isAskedNothing(1).approves(2, null).isLetIn("push");
  }

  @Test
  void push9_ofTwoPhones_isRefusedAndAsksNone() throws Exception {
    DialogueUser user = atFortigate().withPhone();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ =
        user.types("push 9")
            .isRefused("no-such-device", "There is no device 9. Please sign in again.")
            .isAskedNothing();
  }

  @Test
  void code_letsInOnce_andUsedAgainLeadsToAPromptThatTellsTheSeconds() throws Exception {
    DialogueUser user = atFortigate();
    server.atTheBeginningOfAStep();
    String code = user.code();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types(code).isLetIn("code").isAskedNothing();

    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types(code).isPromptedAsByFortinet(SECONDS, WAIT);
    assertThat(Integer.parseInt(user.shown())).isBetween(26, 30);
    server.later(Duration.ofSeconds(10));
    var _ = user.types(code).isPromptedAsByFortinet(SECONDS, WAIT);
    assertThat(Integer.parseInt(user.shown())).isBetween(16, 20);
    server.later(Duration.ofSeconds(Integer.parseInt(user.shown())));
    var _ = user.types(user.code()).isLetIn("code");
  }

  @Test
  void wrongCode_isRefused() throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types(user.wrongCode()).isRefused("wrong-code", WRONG).isAskedNothing();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types("nonsense").isRefused("wrong-code", WRONG).isAskedNothing();
  }

  @Test
  void codesOnPaperAndOfTheHelpDesk_letInOnceEach() throws Exception {
    DialogueUser user = server.user().withPhone().at("kind = generic, mode = challenge");
    String onPaper = server.pushgate().state().recoveryCodes().issue(user.name()).getFirst();
    String ofHelpDesk =
        server
            .pushgate()
            .state()
            .bypassCodes()
            .issue(user.name(), Instant.now().plusSeconds(86_400), "lost phone", "root");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, PUSH);
    var _ = user.types(onPaper).isLetIn("recovery-code");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, PUSH);
    var _ = user.types(onPaper).isRefused("wrong-code", WRONG);
    var _ = user.types(PASSWORD).isPrompted(SECONDS, PUSH);
    var _ = user.types(ofHelpDesk).isLetIn("bypass-code");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, PUSH);
    var _ = user.types(ofHelpDesk).isRefused("wrong-code", WRONG);
  }

  @Test
  void promptOfAnotherKind_saysWhatTheUserHas() throws Exception {
    String nas = server.client("kind = ocserv, mode = challenge");
    DialogueUser both = server.user().withPhone().withApp().atNas(nas);
    var _ = both.types(PASSWORD).isPrompted(SECONDS, CODE_OR_PUSH);
    var _ = both.types("").approves().isLetIn("push");
    DialogueUser withPhone = server.user().withPhone().atNas(nas);
    var _ = withPhone.types(PASSWORD).isPrompted(SECONDS, PUSH);
    var _ = withPhone.types("").approves().isLetIn("push");
    DialogueUser withApp = server.user().withApp().atNas(nas);
    var _ = withApp.types(PASSWORD).isPrompted(SECONDS, CODE);
    var _ = withApp.types(withApp.code()).isLetIn("code");
  }

  @Test
  void emptyAnswerOfAUserWithoutAPhone_leadsToThePromptForACode() throws Exception {
    DialogueUser user = server.user().withApp().at("kind = generic, mode = challenge");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, CODE);
    var _ = user.types("").isPrompted(SECONDS, CODE);
    var _ = user.types("push").isPrompted(SECONDS, CODE);
    var _ = user.types(user.code()).isLetIn("code");
  }

  @Test
  void denialOnThePhone_isRefusedAndStaysSoForAMoment() throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types("").denies().isRefused("denied", DENIED);
    var _ = user.types(PASSWORD).isRefused("denied", DENIED, null).isAskedNothing();
    server.later(Duration.ofSeconds(11));
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
  }

  @Test
  void stateOfALoginThatIsOver_letsNobodyIn() throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types(user.code()).isLetIn("code");
    var _ = user.typesAgain(user.code(Duration.ofSeconds(30))).isRefused("prompt-over", OVER);
    var _ = user.typesAgain("").isRefused("prompt-over", OVER).isAskedNothing();
  }

  @Test
  void stateOfARefusedLogin_getsTheSameRefusal() throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types(user.wrongCode()).isRefused("wrong-code", WRONG);
    var _ = user.typesAgain(user.code()).isRefused("wrong-code", WRONG);
    var _ = user.typesAgain("").isRefused("wrong-code", WRONG).isAskedNothing();
  }

  @Test
  void secondAnswerWhileTheFirstWaits_joinsItAndOneIsLetIn() throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types("").waits().retransmits().failsOver("");
    var _ = user.waits();
    server.awaitWaiting(2);
    var _ =
        user.approves()
            .isLetIn("push")
            .olderIsRefused("Another request for this sign-in has been answered.")
            .isAskedNothing();
  }

  @Test
  void stateAtAnotherNas_isOfNoUse() throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.at("kind = fortigate").types(user.code()).isRefused("prompt-over", OVER, null);
  }

  @Test
  void answerAfterItsTime_isRefused() throws Exception {
    DialogueUser user = atFortigate();
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    server.later(Duration.ofSeconds(SECONDS + 1));
    var _ = user.types(user.code()).isRefused("prompt-over", OVER);
  }

  @Test
  void pushesUsedUp_leadToThePromptForACode() throws Exception {
    DialogueUser user = atFortigate();
    for (int i = 0; i < 3; i++) {
      var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
      var _ = user.types("").denies().isRefused("denied", DENIED);
      server.later(Duration.ofSeconds(11));
    }
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, FORTIGATE);
    var _ = user.types("").isPromptedAsByFortinet(SECONDS, CODE).isAskedNothing();
    var _ = user.types(user.code()).isLetIn("code");
  }

  @Test
  void challengeWrittenDown_winsOverTheKindAndAGroupOverBoth() throws Exception {
    DialogueUser atPam = server.user().withPhone().at("kind = pam, mode = challenge");
    var _ = atPam.types(PASSWORD).isPrompted(SECONDS, PUSH);
    DialogueUser prompted = server.user("groups = prompted").withPhone().at("mode = block");
    var _ = prompted.types(PASSWORD).isPrompted(SECONDS, PUSH);
    DialogueUser numbered = atFortigate("groups = prompted, numbered");
    var _ =
        numbered
            .types(PASSWORD)
            .isPrompted(20, "Enter {number} on your phone, then press OK, or enter a code here");
  }

  @Test
  void numberNeeded_isShownByAClientOfPrompts() throws Exception {
    DialogueUser user = atFortigate("groups = strict");
    var _ = user.types(PASSWORD).isPrompted(20, "Enter {number} on your phone, then press OK");
    var _ = user.approves(user.number()).types("").isLetIn("number");
    var _ = user.types(PASSWORD).isPrompted(20, "Enter {number} on your phone, then press OK");
    var _ = user.types(user.code()).isRefused("wrong-code", WRONG).isAskedNothing();
  }

  @Test
  void codeNeeded_asksNoPhone() throws Exception {
    DialogueUser user = atFortigate("factor = code");
    var _ = user.types(PASSWORD).isPromptedAsByFortinet(SECONDS, CODE);
    var _ = user.types("").isPromptedAsByFortinet(SECONDS, CODE).isAskedNothing();
    var _ = user.types(user.code()).isLetIn("code");
  }

  @Test
  void pushNeeded_takesNoCodeOfTheApp() throws Exception {
    DialogueUser user = server.user("factor = push").withPhone().withApp().at("mode = challenge");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, PUSH);
    var _ = user.types(user.code()).isRefused("wrong-code", WRONG);
    var _ = user.types(PASSWORD).isPrompted(SECONDS, PUSH);
    var _ = user.types("").approves().isLetIn("push");
  }

  @Test
  void denyAndNone_showNoPrompt() throws Exception {
    var _ =
        atFortigate("factor = deny")
            .types(PASSWORD)
            .isRefused("not-allowed", "This account may not sign in here.");
    var _ = atFortigate("factor = none").types(PASSWORD).isLetIn("none");
  }

  @Test
  void userWithNothing_isRefusedOrInvited() throws Exception {
    DialogueUser user = server.user().at("kind = fortigate");
    var _ =
        user.types(PASSWORD)
            .isRefused(
                "no-device",
                "No phone is enrolled for this account. Please ask your administrator.");
    var _ =
        user.from("192.0.2.99")
            .types(PASSWORD)
            .isRefused(
                "enrolment-offered",
                "No phone is enrolled yet. Within 15 minutes open {link} on it.");
  }

  @Test
  void germanUser_readsGerman() throws Exception {
    DialogueUser user = atFortigate("language = de");
    server.atTheBeginningOfAStep();
    String code = user.code();
    var _ =
        user.types(PASSWORD)
            .isPromptedAsByFortinet(
                SECONDS,
                "+Token-Code eingeben, oder leer lassen für eine Benachrichtigung auf dem Telefon");
    var _ = user.types(code).isLetIn("code");
    DialogueUser atGermanNas = user.at("kind = generic, mode = challenge, language = de");
    var _ =
        atGermanNas
            .types(PASSWORD)
            .isPrompted(
                SECONDS,
                "Code eingeben, oder leer lassen für eine Benachrichtigung auf dem Telefon");
    var _ =
        atGermanNas
            .types(code)
            .isPrompted(SECONDS, "Bitte warten Sie {seconds} Sekunden bis zur nächsten Anmeldung");
    var _ =
        atGermanNas
            .types(user.wrongCode())
            .isRefused("wrong-code", "Der Code ist falsch. Bitte melden Sie sich noch einmal an.");
  }
}
