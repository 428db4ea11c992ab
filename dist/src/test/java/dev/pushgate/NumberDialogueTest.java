package dev.pushgate;

import static dev.pushgate.DialogueUser.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.standin.PrivacyIdeaApp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode number: packets in, packets out. */
class NumberDialogueTest {
  private static final int SECONDS = 5;
  private static final String NUMBER = "Enter {number} on your phone, then press OK";
  private static final String NUMBER_OR_CODE =
      "Enter {number} on your phone, then press OK, or enter a code here";
  private static final String CHOICE = "Tap {option} on your phone, then press OK";
  private static final String WRONG_NUMBER = "The number typed on the phone was wrong.";
  private static final String WRONG_CODE = "The code is wrong. Please sign in again.";
  private static final String DENIED = "The sign-in was denied on your phone.";
  private static final String NOBODY = "Nobody answered in time on your phone.";
  private static final String OVER = "This sign-in is over. Please start again.";

  private static DialogueServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server =
        new DialogueServer(
            folder,
            """
            push { expiry = 5s, privacyidea = enable }
            limits.window = 1m
            """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static DialogueUser atOcserv(String... entries) throws Exception {
    return server.user(entries).withPhone().at("kind = ocserv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = ocserv",
        "kind = cisco-asa",
        "kind = paloalto",
        "kind = generic, mode = number",
        "kind = fortigate, mode = number"
      })
  void numberTypedOnThePhoneBeforeTheAnswer_letsInAtOnce(String nas) throws Exception {
    DialogueUser user = server.user().withPhone().at(nas);
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
    assertThat(user.shown()).matches("[0-9]{3} [0-9]{3}");
    assertThat(user.question().digits()).isEqualTo(6);
    var _ = user.approves(user.number()).isAskedNothing().types("").isLetIn("number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "OK", "push"})
  void numberTypedOnThePhoneAfterTheAnswer_letsInThen(String typed) throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
    var _ = user.types(typed).waits().approves(user.number()).isLetIn("number");
  }

  @Test
  void numberTypedIntoThePrompt_isTakenForAnOk() throws Exception {
    DialogueUser user = atOcserv().withApp();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER_OR_CODE);
    var _ = user.types(user.number()).waits().approves(user.number()).isLetIn("number");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER_OR_CODE);
    var _ = user.types(user.shown()).waits().approves(user.number()).isLetIn("number");
  }

  @Test
  void numberTypedIntoThePromptAlone_letsNobodyIn() throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
    var _ = user.types(user.number()).waits().isRefused("expired", NOBODY).isAskedNothing();
  }

  @Test
  void wrongNumber_isTheOnlyTry() throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER).typesWrongNumberOnPhone();
    var _ = user.isAskedNothing().types("").isRefused("wrong-number", WRONG_NUMBER);
    server.later(Duration.ofSeconds(11));
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER).types("").waits();
    var _ = user.typesWrongNumberOnPhone().isRefused("wrong-number", WRONG_NUMBER);
  }

  @Test
  void plainApproval_isNotTakenForANumber() throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
    assertThat(user.triesToApproveWithout()).isEqualTo("malformed");
    var _ = user.approves(user.number()).types("").isLetIn("number");
  }

  @Test
  void denialBeforeTheAnswerAndReportAfterIt_areRefused() throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER).denies();
    var _ = user.types("").isRefused("denied", DENIED);
    server.later(Duration.ofSeconds(11));
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER).types("").reports();
    var _ = user.isRefused("reported", DENIED);
  }

  @Test
  void approvalThatNoPacketTakesInTime_isLost() throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER).approves(user.number());
    server.later(Duration.ofSeconds(SECONDS + 1));
    var _ = user.types("").isRefused("prompt-over", OVER);
  }

  @Test
  void codeInPlaceOfTheNumber_letsInAndTheQuestionGoes() throws Exception {
    DialogueUser user = atOcserv().withApp();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER_OR_CODE);
    var _ = user.question();
    var _ = user.types(user.code()).isLetIn("code").isAskedNothing();
  }

  @Test
  void wrongCode_endsTheLoginAndTheQuestionGoes() throws Exception {
    DialogueUser user = atOcserv().withApp();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER_OR_CODE);
    var _ = user.types(user.wrongCode()).isRefused("wrong-code", WRONG_CODE).isAskedNothing();
  }

  @Test
  void usedCode_leadsToAPromptAndTheQuestionStays() throws Exception {
    DialogueUser user = atOcserv().withApp();
    server.atTheBeginningOfAStep();
    String code = user.code();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER_OR_CODE).types(code).isLetIn("code");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER_OR_CODE);
    String number = user.number();
    var _ = user.types(code).isPrompted(SECONDS, "Please wait {seconds} seconds to login again");
    assertThat(Integer.parseInt(user.shown())).isBetween(26, 30);
    var _ = user.approves(number).types("").isLetIn("number");
  }

  @Test
  void codesOnPaperAndOfTheHelpDesk_standInForTheNumber() throws Exception {
    DialogueUser user = atOcserv();
    String onPaper = server.pushgate().state().recoveryCodes().issue(user.name()).getFirst();
    String ofHelpDesk =
        server
            .pushgate()
            .state()
            .bypassCodes()
            .issue(user.name(), Instant.now().plusSeconds(86_400), "lost phone", "root");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
    var _ = user.types(onPaper).isLetIn("recovery-code").isAskedNothing();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
    var _ = user.types(ofHelpDesk).isLetIn("bypass-code").isAskedNothing();
  }

  @Test
  void retransmittedAndRepeatedAnswers_areOneSession() throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER).types("").waits();
    var _ = user.retransmits().failsOver("ok");
    server.awaitWaiting(2);
    var _ =
        user.approves(user.number())
            .isLetIn("number")
            .olderIsRefused("Another request for this sign-in has been answered.");
    var _ = user.typesAgain("").isRefused("prompt-over", OVER);
    assertThat(user.audit())
        .extracting(line -> line.path("outcome").asText())
        .containsExactly("challenge", "accept", "reject");
  }

  @Test
  void retransmittedPassword_getsTheSamePromptAndNoOtherPush() throws Exception {
    DialogueUser user = atOcserv();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
    String number = user.number();
    var _ = user.retransmits().isPrompted(SECONDS, NUMBER);
    assertThat(user.number()).isEqualTo(number);
    var _ = user.approves(number).isAskedNothing().types("").isLetIn("number");
  }

  @Test
  void userOfPrivacyIdeaAlone_getsAChoice() throws Exception {
    DialogueUser user = server.user().at("kind = ocserv");
    PrivacyIdeaApp app = user.withPrivacyIdea();
    var _ = user.types(PASSWORD).isPrompted(SECONDS, CHOICE);
    assertThat(user.shown()).matches("[0-9]{2}");
    assertThat(user.chooses(app, user.shown())).isEqualTo(200);
    var _ = user.types("").isLetIn("choice");
    var _ = user.types(PASSWORD).isPrompted(SECONDS, CHOICE);
    var _ = user.chooses(app, user.wrongOption(app));
    var _ = user.types("").isRefused("wrong-number", WRONG_NUMBER);
  }

  @Test
  void shorterNumbersAndChoices_areShownWhereTheAdministratorSaysSo(@TempDir Path other)
      throws Exception {
    try (DialogueServer short3 = new DialogueServer(other, "number.digits = 3")) {
      DialogueUser user = short3.user().withPhone().at("kind = ocserv");
      var _ = user.types(PASSWORD).isPrompted(60, NUMBER);
      assertThat(user.shown()).matches("[0-9]{3}");
      var _ = user.approves(user.number()).types("").isLetIn("number");
      short3.set("number { digits = 3, match = choose }");
      var _ = user.types(PASSWORD).isPrompted(60, CHOICE);
      assertThat(user.question().options()).hasSize(3).contains(user.shown());
      var _ = user.approves(user.shown()).types("").isLetIn("choice");
      DialogueUser strict = short3.user("factor = number").withPhone().at("kind = ocserv");
      var _ = strict.types(PASSWORD).isPrompted(60, NUMBER);
    }
  }

  @Test
  void userWithAnAppAlone_isAskedForACode() throws Exception {
    DialogueUser user = server.user().withApp().at("kind = ocserv");
    var _ = user.types(PASSWORD).isPrompted(120, "Enter a code");
    var _ = user.types(user.code()).isLetIn("code");
  }

  @Test
  void codeNeeded_asksNoPhone() throws Exception {
    DialogueUser user = atOcserv("factor = code").withApp();
    var _ = user.types(PASSWORD).isPrompted(120, "Enter a code").isAskedNothing();
    var _ = user.types(user.code()).isLetIn("code");
  }

  @Test
  void pushOrNumberNeeded_takesNoCodeOfTheApp() throws Exception {
    for (String factor : new String[] {"push", "number"}) {
      DialogueUser user = atOcserv("factor = " + factor).withApp();
      var _ = user.types(PASSWORD).isPrompted(SECONDS, NUMBER);
      var _ = user.types(user.code()).isRefused("wrong-code", WRONG_CODE).isAskedNothing();
    }
  }

  @Test
  void denyNoneAndNothing_showNoNumber() throws Exception {
    var _ =
        atOcserv("factor = deny")
            .types(PASSWORD)
            .isRefused("not-allowed", "This account may not sign in here.");
    var _ = atOcserv("factor = none").types(PASSWORD).isLetIn("none").isAskedNothing();
    var _ =
        server
            .user()
            .at("kind = ocserv")
            .types(PASSWORD)
            .isRefused(
                "no-device",
                "No phone is enrolled for this account. Please ask your administrator.");
  }

  @Test
  void germanUser_readsGerman() throws Exception {
    DialogueUser user = atOcserv("language = de");
    var _ =
        user.types(PASSWORD)
            .isPrompted(
                SECONDS, "Geben Sie {number} auf Ihrem Telefon ein und drücken Sie dann OK");
    var _ =
        user.denies()
            .types("")
            .isRefused("denied", "Die Anmeldung wurde auf Ihrem Telefon abgelehnt.");
  }
}
