package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.command.TotpApp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prompts at PAM with pam_radius (tried with 2.0.0), as one reads them in pamtester (0.1.2).
 *
 * <p>pam_radius sends the answer to a prompt once, however many tries it is set to make, and gives
 * up after one {@code timeout}; so that is as long as the server takes here.
 */
class PamDialogueTest {
  private static final String BY_NUMBER = "kind = pam, mode = number, answer-within = 20s";
  private static final String BY_CHALLENGE = "kind = pam, mode = challenge, answer-within = 20s";
  private static final int WAIT = 21;
  private static final String OK = "";

  /** Both orders: the phone is answered while the prompt is open, or after Enter was pressed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void number_typedOnThePhone_letsTheUserIn(boolean beforeOk, @TempDir Path folder)
      throws Exception {
    String pamtester = PamTest.pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_NUMBER);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login = PamTest.loginByHand(pamtester, folder, WAIT, relay.port())) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("then press OK");
        String number = OneQuestion.numberIn(login.said());
        OneQuestion asked = OneQuestion.after(phone, () -> {});
        assertThat(asked.question().from()).isEqualTo("203.0.113.77");
        if (beforeOk) {
          asked.approveWith(number);
          login.type(OK);
        } else {
          login.type(OK);
          relay.awaitRequests(2);
          asked.approveWith(number);
        }
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("successfully authenticated");
      }
      assertThat(relay.differentRequests()).isEqualTo(2);
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void number_wrongOnThePhone_refuses(@TempDir Path folder) throws Exception {
    String pamtester = PamTest.pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_NUMBER)) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login =
          PamTest.loginByHand(pamtester, folder, WAIT, pushgate.radius().getPort())) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("then press OK");
        OneQuestion.after(phone, () -> {})
            .approveWithAnotherThan(OneQuestion.numberIn(login.said()));
        login.type(OK);
        assertThat(login.exit()).isNotZero();
        assertThat(login.said()).contains("Authentication failure");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void number_answeredByACodeInstead_letsTheUserIn(@TempDir Path folder) throws Exception {
    String pamtester = PamTest.pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_NUMBER)) {
      Phone phone = pushgate.enrol("alice");
      TotpApp app = pushgate.enrolCodes("alice");
      try (ForeignProcess login =
          PamTest.loginByHand(pamtester, folder, WAIT, pushgate.radius().getPort())) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("then press OK, or enter a code here");
        var _ = nextQuestion(phone);
        login.type(app.code());
        assertThat(login.exit()).as(login.said()).isZero();
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "push"})
  void challenge_answeredByTheWishForAPush_letsTheUserInOnceApproved(
      String wish, @TempDir Path folder) throws Exception {
    String pamtester = PamTest.pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_CHALLENGE)) {
      Phone phone = pushgate.enrol("alice");
      try (ForeignProcess login =
          PamTest.loginByHand(pamtester, folder, WAIT, pushgate.radius().getPort())) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("Leave it empty and press OK for a notification on your phone");
        OneQuestion.noneIsLeft(phone);
        login.type(wish);
        OneQuestion.after(phone, () -> {}).approve();
        assertThat(login.exit()).as(login.said()).isZero();
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void challenge_answeredByACode_letsTheUserInWithoutAQuestion(@TempDir Path folder)
      throws Exception {
    String pamtester = PamTest.pamtester();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_CHALLENGE)) {
      Phone phone = pushgate.enrol("alice");
      TotpApp app = pushgate.enrolCodes("alice");
      try (ForeignProcess login =
          PamTest.loginByHand(pamtester, folder, WAIT, pushgate.radius().getPort())) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("Enter a code, or leave it empty for a notification on your phone");
        login.type(app.code());
        assertThat(login.exit()).as(login.said()).isZero();
      }
      OneQuestion.noneIsLeft(phone);
    }
  }
}
