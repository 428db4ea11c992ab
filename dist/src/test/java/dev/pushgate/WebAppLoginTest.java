package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Logins answered in the web app in a real Chromium, and what the NAS hears of it. */
@ExtendWith(InChromium.class)
class WebAppLoginTest {
  private static final String FROM = "203.0.113.77";

  @Test
  void click_onApprove_letsTheLoginIn(Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());
      page.see("idle");

      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      assertThat(page.textIn("challenge-user")).isEqualTo("alice");
      assertThat(page.textIn("challenge-from")).isEqualTo(FROM);
      assertThat(page.textIn("challenge-service")).isEqualTo("Test VPN");
      assertThat(page.textIn("challenge-client")).isEqualTo(RunningPushgate.CLIENT);
      assertThat(page.textIn("ring")).matches("[1-5][0-9]|60");
      assertThat(login.answer()).isNotDone();
      page.press("approve");

      page.seeOutcome("approved");
      assertThat(login.isAccepted()).isTrue();
      page.press("dismiss");
      page.see("idle");
    }
  }

  @Test
  void keyboard_alone_deniesTheLogin(Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());

      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      page.see("challenge");
      page.awaitRest();
      page.strike(Keys.ENTER, " ");
      assertThat(page.focused().getText()).isEqualTo("Is this you?");
      assertThat(login.answer()).isNotDone();

      page.strike(Keys.TAB);
      WebElement deny = page.focused();
      assertThat(deny.getDomAttribute("data-testid")).isEqualTo("deny");
      assertThat(deny.getCssValue("outline-width")).isEqualTo("3px");
      page.strike(Keys.ENTER);

      page.seeOutcome("denied");
      assertThat(login.isAccepted()).isFalse();
      assertThat(page.focused().getText()).isEqualTo("Denied");
      page.awaitRest();
      page.strike(Keys.TAB);
      assertThat(page.focused().getDomAttribute("data-testid")).isEqualTo("dismiss");
      page.strike(" ");
      page.seeNo("outcome");
      assertThat(page.focused().getText()).isEqualTo("Waiting for sign-ins");
    }
  }

  @Test
  void report_isConfirmedFirst_andDeniesTheLogin(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());

      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      page.press("report");
      page.seeNo("approve");
      page.press("report-back");
      page.see("approve");
      assertThat(page.focused().getDomAttribute("data-testid")).isEqualTo("report");
      page.press("report");
      assertThat(page.focused().getText()).isEqualTo("Report this sign-in?");
      assertThat(login.answer()).isNotDone();
      page.press("report-confirm");

      page.seeOutcome("reported");
      assertThat(login.isAccepted()).isFalse();
    }
  }

  @Test
  void unanswered_isShownAsExpired(Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 4s");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());

      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      page.see("challenge");

      page.seeOutcome("expired");
      page.seeNo("challenge");
      assertThat(login.isAccepted()).isFalse();
    }
  }

  @Test
  void twoAccounts_inOneBrowser_areAskedEachForItsOwnLogin(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());
      page.press("add-account");
      page.type("code-input", pushgate.invite("bob").toString());
      page.press("enroll-button");
      page.seeNo("code-input");
      assertThat(page.all("account"))
          .extracting(WebElement::getText)
          .satisfiesExactly(
              first -> assertThat(first).startsWith("alice\nTest VPN"),
              second -> assertThat(second).startsWith("bob\nTest VPN"));

      LoginAtNas ofAlice = LoginAtNas.start(pushgate, "alice", FROM);
      page.see("challenge");
      LoginAtNas ofBob = LoginAtNas.start(pushgate, "bob", FROM);
      page.press(page.inCardOf("bob", "approve"));
      page.seeOutcome("approved");
      assertThat(ofBob.isAccepted()).isTrue();
      assertThat(ofAlice.answer()).isNotDone();
      page.press(page.inCardOf("alice", "deny"));
      assertThat(ofAlice.isAccepted()).isFalse();
    }
  }

  @Test
  void reload_keepsTheAccountAndTheOpenChallenge(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());
      page.reload();
      assertThat(page.see("account").getText()).startsWith("alice\n");

      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      page.see("challenge");
      page.reload();
      page.press("approve");

      page.seeOutcome("approved");
      assertThat(login.isAccepted()).isTrue();
    }
  }
}
