package dev.pushgate;

import static dev.pushgate.DialogueUser.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode block: packets in, packets out. */
class BlockDialogueTest {
  private static final String DENIED = "The sign-in was denied on your phone.";
  private static final String STOPPED =
      "Notifications for this account have been stopped after a report."
          + " Please use a code, or ask your administrator.";
  private static final String NO_DEVICE =
      "No phone is enrolled for this account. Please ask your administrator.";
  private static final String NO_DEVICE_IN_GERMAN =
      "Für dieses Konto ist kein Telefon eingerichtet. Bitte fragen Sie Ihren Administrator.";

  private static DialogueServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server =
        new DialogueServer(
            folder,
            """
            push.expiry = 20s
            groups.waiting.mode = block
            enroll { inline = on, until = "2099-12-31", networks = [ "192.0.2.0/24" ] }
            """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"generic", "pam", "openvpn", "strongswan"})
  void approval_atEachKindWhoseModeItIs_letsIn(String kind) throws Exception {
    var _ =
        server
            .user()
            .withPhone()
            .at("kind = " + kind)
            .types(PASSWORD)
            .waits()
            .approves()
            .isLetIn("push");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fortigate", "ocserv", "cisco-asa", "paloalto"})
  void blockWrittenDown_winsOverTheKind(String kind) throws Exception {
    var _ =
        server
            .user()
            .withPhone()
            .at("kind = " + kind + ", mode = block")
            .types(PASSWORD)
            .waits()
            .approves()
            .isLetIn("push");
  }

  @Test
  void modeOfAGroup_winsOverTheClient() throws Exception {
    DialogueUser user = server.user("groups = waiting").withPhone().at("kind = fortigate");
    var _ = user.types(PASSWORD).waits().approves().isLetIn("push");
  }

  @Test
  void denialAndReport_lookAlikeToTheKeyboard() throws Exception {
    DialogueUser user = server.user().withPhone().at("kind = generic");
    var _ = user.types(PASSWORD).denies().isRefused("denied", DENIED);
    var _ = user.types(PASSWORD).isRefused("denied", DENIED, null).isAskedNothing();
    server.later(Duration.ofSeconds(11));
    var _ = user.types(PASSWORD).reports().isRefused("reported", DENIED);
    server.later(Duration.ofSeconds(11));
    var _ = user.types(PASSWORD).isRefused("pushes-stopped", STOPPED).isAskedNothing();
  }

  @Test
  void nobodyAnswers_isRefusedBeforeTheNasGivesUp() throws Exception {
    DialogueUser user = server.user().withPhone().at("answer-within = 3s");
    var _ =
        user.types(PASSWORD)
            .waits()
            .isRefused("expired", "Nobody answered in time on your phone.")
            .isAskedNothing();
  }

  @Test
  void fourthPushThatNobodyApproves_isNotSent() throws Exception {
    DialogueUser user = server.user().withPhone().at("kind = generic");
    for (int i = 0; i < 3; i++) {
      var _ = user.types(PASSWORD).denies().isRefused("denied", DENIED);
      server.later(Duration.ofSeconds(11));
    }
    var _ =
        user.types(PASSWORD)
            .isRefused(
                "pushes-used-up",
                "Too many notifications went unanswered. Please wait some minutes, or use a code.")
            .isAskedNothing();
    server.later(Duration.ofMinutes(10));
    var _ = user.types(PASSWORD).approves().isLetIn("push");
  }

  @Test
  void retransmission_isOneQuestionAndGetsTheSameOctets() throws Exception {
    DialogueUser user = server.user().withPhone().at("kind = generic");
    var _ = user.types(PASSWORD).waits().retransmits().approves().isLetIn("push");
    var _ = user.isAskedNothing().retransmits().isLetIn("push");
    assertThat(user.audit()).hasSize(1);
  }

  @Test
  void secondFactorsThatBlockCannotAskFor_areRefusedInWords() throws Exception {
    String plain = server.client("kind = generic");
    var _ =
        server
            .user("factor = number")
            .withPhone()
            .atNas(plain)
            .types(PASSWORD)
            .isRefused(
                "number-needed",
                "This account must confirm with a number, which this VPN cannot show."
                    + " Please ask your administrator.");
    var _ =
        server
            .user("factor = code")
            .withPhone()
            .withApp()
            .atNas(plain)
            .types(PASSWORD)
            .isRefused(
                "code-needed",
                "This account must give a code, which this VPN cannot ask for."
                    + " Please ask your administrator.")
            .isAskedNothing();
    var _ =
        server
            .user("factor = code")
            .withPhone()
            .atNas(plain)
            .types(PASSWORD)
            .isRefused(
                "no-code-app",
                "This account must give a code and has no app for codes."
                    + " Please ask your administrator.");
    var _ =
        server
            .user("factor = code")
            .withApp()
            .at("append = on")
            .types(PASSWORD)
            .isRefused("code-needed", "Please type a comma and a code behind your password.");
  }

  @Test
  void denyAndNone_askNobody() throws Exception {
    String plain = server.client("kind = generic");
    var _ =
        server
            .user("factor = deny")
            .withPhone()
            .atNas(plain)
            .types(PASSWORD)
            .isRefused("not-allowed", "This account may not sign in here.")
            .isAskedNothing();
    var _ =
        server
            .user("factor = none")
            .withPhone()
            .atNas(plain)
            .types(PASSWORD)
            .isLetIn("none")
            .isAskedNothing();
  }

  @Test
  void wrongPassword_asksNobody() throws Exception {
    var _ =
        server
            .user()
            .withPhone()
            .at("kind = generic")
            .types("wrong-horse")
            .isRefused("wrong-password", "Wrong user name or password.", null)
            .isAskedNothing();
  }

  @Test
  void userWithoutADevice_isRefusedInTheLanguageOfTheUserOrElseOfTheClient() throws Exception {
    String english = server.client("kind = generic");
    String german = server.client("kind = generic, language = de");
    var _ = server.user().atNas(english).types(PASSWORD).isRefused("no-device", NO_DEVICE);
    var _ =
        server
            .user("language = de")
            .atNas(english)
            .types(PASSWORD)
            .isRefused("no-device", NO_DEVICE_IN_GERMAN);
    var _ = server.user().atNas(german).types(PASSWORD).isRefused("no-device", NO_DEVICE_IN_GERMAN);
    var _ =
        server
            .user("language = en")
            .atNas(german)
            .types(PASSWORD)
            .isRefused("no-device", NO_DEVICE);
  }

  @Test
  void userWithoutADevice_enrolsByTheLinkOfTheRefusalAndLogsIn() throws Exception {
    DialogueUser user = server.user().at("kind = generic").from("192.0.2.99");
    var _ =
        user.types(PASSWORD)
            .isRefused(
                "enrolment-offered",
                "No phone is enrolled yet. Within 15 minutes open {link} on it.");
    URI link = URI.create(user.shown());
    assertThat(user.enrolsBy(link, null)).isEqualTo("password-needed");
    assertThat(user.enrolsBy(link, "wrong-horse")).isNotEqualTo("enrolled");
    assertThat(user.enrolsBy(link, PASSWORD)).isEqualTo("enrolled");
    var _ = user.types(PASSWORD).approves().isLetIn("push");
    assertThat(user.enrolsBy(link, PASSWORD)).as("the same link").isEqualTo("code-invalid");
  }
}
