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
 * Prompts at ocserv (tried with 1.1.6), as one reads them in openconnect (9.01): {@code number},
 * which {@code kind = ocserv} sets by itself, and {@code challenge}.
 *
 * <p>radcli sends an empty answer as a User-Password of no octets.
 */
class OcservDialogueTest {
  private static final String BY_NUMBER = "kind = ocserv, answer-within = 30s";
  private static final String BY_CHALLENGE = BY_NUMBER + ", mode = challenge";
  private static final String OK = "";

  /** Both orders: the phone is answered while the prompt is open, or after Enter was pressed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void number_typedOnThePhone_letsTheUserIn(boolean beforeOk, @TempDir Path folder)
      throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_NUMBER);
        UdpRelay relay = UdpRelay.to(pushgate.radius())) {
      Phone phone = pushgate.enrol("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, relay.port());
          ForeignProcess login = vpn.loginByHand()) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("then press OK");
        String number = OneQuestion.numberIn(login.said());
        // The push has left with the prompt.
        OneQuestion asked = OneQuestion.after(phone, () -> {});
        if (beforeOk) {
          asked.approveWith(number);
          login.type(OK);
        } else {
          login.type(OK);
          relay.awaitDifferentRequests(2);
          asked.approveWith(number);
        }
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("COOKIE=");
      }
      assertThat(relay.differentRequests()).isEqualTo(2);
      OneQuestion.noneIsLeft(phone);
    }
  }

  /** Behind a prompt ocserv shows no words of a Reject. */
  @Test
  void number_wrongOnThePhone_refuses(@TempDir Path folder) throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_NUMBER)) {
      Phone phone = pushgate.enrol("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, pushgate.radius().getPort());
          ForeignProcess login = vpn.loginByHand()) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("then press OK");
        OneQuestion.after(phone, () -> {})
            .approveWithAnotherThan(OneQuestion.numberIn(login.said()));
        login.type(OK);
        assertThat(login.exit()).isNotZero();
        assertThat(login.said()).contains("401").doesNotContain("COOKIE=");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void number_answeredByACodeInstead_letsTheUserIn(@TempDir Path folder) throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_NUMBER)) {
      Phone phone = pushgate.enrol("alice");
      TotpApp app = pushgate.enrolCodes("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, pushgate.radius().getPort());
          ForeignProcess login = vpn.loginByHand()) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("then press OK, or enter a code here");
        var _ = nextQuestion(phone);
        login.type(app.code());
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("COOKIE=");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "push", "push 1"})
  void challenge_answeredByTheWishForAPush_letsTheUserInOnceApproved(
      String wish, @TempDir Path folder) throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_CHALLENGE)) {
      Phone phone = pushgate.enrol("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, pushgate.radius().getPort());
          ForeignProcess login = vpn.loginByHand()) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("Leave it empty and press OK for a notification on your phone");
        OneQuestion.noneIsLeft(phone);
        login.type(wish);
        OneQuestion.after(phone, () -> {}).approve();
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("COOKIE=");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }

  @Test
  void challenge_answeredByACode_letsTheUserInWithoutAQuestion(@TempDir Path folder)
      throws Exception {
    OcservVpn.Programs programs = OcservVpn.Programs.require();
    try (RunningPushgate pushgate = RunningPushgate.start(folder, BY_CHALLENGE)) {
      Phone phone = pushgate.enrol("alice");
      TotpApp app = pushgate.enrolCodes("alice");
      try (OcservVpn vpn = OcservVpn.start(programs, pushgate, pushgate.radius().getPort());
          ForeignProcess login = vpn.loginByHand()) {
        login.awaitWords("Password:");
        login.type(PASSWORD);
        login.awaitWords("Enter a code, or leave it empty for a notification on your phone");
        login.type(app.code());
        assertThat(login.exit()).as(login.said()).isZero();
        assertThat(login.said()).contains("COOKIE=");
      }
      OneQuestion.noneIsLeft(phone);
    }
  }
}
