package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.device.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a real Chromium becomes a device of a user, and ceases to be one. */
@ExtendWith(InChromium.class)
class WebAppEnrolmentTest {
  private static final String IPHONE_SAFARI =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
          + " Version/18.5 Mobile/15E148 Safari/604.1";
  private static final String FROM = "203.0.113.77";

  @Test
  void link_needsNoTyping_andLeavesTheAddressBar(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.visit(pushgate.invite("alice").toString());
      page.see("device-name");
      page.seeNo("code-input");
      assertThat(page.run("return location.href")).isEqualTo(pushgate.base() + "/enroll");
      page.type("device-name", "Alice's phone");
      page.press("enroll-button");

      assertThat(page.see("account").getText())
          .isEqualTo("alice\nTest VPN\nDevice: Alice's phone\nRemove");
      page.see("idle");
      assertThat(pushgate.state().devices().ofUser("alice"))
          .extracting(Device::name)
          .containsExactly("Alice's phone");
    }
  }

  @Test
  void code_typedWithoutItsLink_enrols(Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.visit();
      page.press("enroll-button");
      assertThat(page.textIn("error")).startsWith("Type or paste the code");
      assertThat(page.focused().getDomAttribute("data-testid")).isEqualTo("code-input");
      page.type("code-input", " " + code(pushgate, "alice").toLowerCase(Locale.ROOT) + " ");
      page.press("enroll-button");

      assertThat(page.see("account").getText()).startsWith("alice\n");
    }
  }

  @Test
  void spentCode_isRefusedInWords_andTheFormTakesAnother(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.expectError("403");
      String link = pushgate.invite("alice").toString();
      page.enrol(link);
      page.press("add-account");
      page.type("code-input", link);
      page.type("device-name", "Second try");
      page.press("enroll-button");
      page.await(() -> page.see("error").getText().startsWith("This code is not valid."));
      assertThat(page.see("device-name").getDomProperty("value")).isEqualTo("Second try");

      page.type("code-input", code(pushgate, "bob"));
      page.press("enroll-button");
      page.seeNo("code-input");
      assertThat(page.all("account").getLast().getText())
          .isEqualTo("bob\nTest VPN\nDevice: Second try\nRemove");
    }
  }

  @Test
  void linkOfALogin_asksForThePassword(Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.expectError("403");
      page.visit(
          pushgate
              .state()
              .enrolmentCodes()
              .issueFirst("alice", Duration.ofMinutes(15), pushgate.base(), 3, Duration.ofHours(1))
              .orElseThrow()
              .url());
      page.press("enroll-button");
      page.await(() -> page.see("error").getText().startsWith("This link asks for your password"));
      assertThat(page.focused().getDomAttribute("data-testid")).isEqualTo("password-input");
      page.type("password-input", "wrong");
      page.press("enroll-button");
      page.await(() -> page.see("error").getText().startsWith("The password is wrong, or"));
      page.type("password-input", RunningPushgate.PASSWORD);
      page.press("enroll-button");

      assertThat(page.see("account").getText()).startsWith("alice\n");
    }
  }

  @Test
  void secondLink_addsAnAccount_andRemovingTheFirstLeavesTheSecondAsked(
      Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());
      page.visit(pushgate.invite("bob").toString());
      page.seeNo("code-input");
      page.press("enroll-button");
      page.await(() -> page.all("account").size() == 2);
      assertThat(pushgate.state().devices().all())
          .extracting(Device::user)
          .containsExactlyInAnyOrder("alice", "bob");
      LoginAtNas.start(pushgate, "alice", FROM);
      page.see("challenge");

      page.press("remove-account");
      page.press("remove-confirm");

      page.seeNo("challenge");
      page.await(() -> page.all("account").size() == 1);
      assertThat(page.see("account").getText()).startsWith("bob\n");
      assertThat(pushgate.state().devices().all()).extracting(Device::user).containsExactly("bob");
      LoginAtNas ofBob = LoginAtNas.start(pushgate, "bob", FROM);
      page.press(page.inCardOf("bob", "approve"));
      assertThat(ofBob.isAccepted()).isTrue();
    }
  }

  @Test
  void userEnrolledTwice_isAskedByTheOtherAccount_whenOneIsRemoved(
      Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.enrol(pushgate.invite("alice").toString());
      page.visit(pushgate.invite("alice").toString());
      page.press("enroll-button");
      page.await(() -> page.all("account").size() == 2);
      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      page.see("challenge");
      assertThat(page.all("challenge")).hasSize(1);

      page.press("remove-account");
      page.press("remove-confirm");
      page.await(() -> page.all("account").size() == 1);
      page.press("approve");

      page.seeOutcome("approved");
      assertThat(login.isAccepted()).isTrue();
    }
  }

  @Test
  void deviceName_thatIsHostile_isShownAsText(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.visit(pushgate.invite("alice").toString());
      page.run(
          "arguments[0].value = arguments[1]",
          page.see("device-name"),
          "<img src=x onerror=owned=1>\u202egnp.\u0007exe\u200f");
      page.press("enroll-button");

      assertThat(page.see("account").getText())
          .contains("\nDevice: <img src=x onerror=owned=1>gnp.exe\n");
      assertThat(page.run("return 'owned' in window")).isEqualTo(false);
    }
  }

  @Test
  void iphone_isShownTheWayToTheHomeScreen_withTheCodeToTakeAlong(
      Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.pretendToBe(IPHONE_SAFARI);
      String code = code(pushgate, "alice");
      page.visit(pushgate.base() + "/enroll#" + code);
      assertThat(page.see("home-screen-hint").getText()).contains("Add to Home Screen");
      assertThat(page.textIn("code-shown")).isEqualTo(code);
      page.press("copy-code");
      page.await(() -> page.see("home-screen-hint").getText().contains("Code copied."));
      page.photograph("home-screen");

      // The app on the Home Screen has a storage of its own: nothing of what the tab kept.
      page.run("sessionStorage.clear()");
      page.pretendToBeOnTheHomeScreen();
      page.visit();
      page.type("code-input", code);
      page.seeNo("home-screen-hint");
      assertThat(page.see("device-name").getDomProperty("value")).isEqualTo("iPhone");
      page.press("enroll-button");
      assertThat(page.see("account").getText()).contains("Device: iPhone");
    }
  }

  @Test
  void iphone_mayStayInTheBrowser(Chromium chromium, @TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.pretendToBe(IPHONE_SAFARI);
      page.visit(pushgate.invite("alice").toString());
      page.press("use-browser");
      page.press("enroll-button");

      assertThat(page.see("account").getText()).startsWith("alice\n");
    }
  }

  @Test
  void device_removedByTheAdministrator_isToldTheRemedy(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.expectError("401");
      page.enrol(pushgate.invite("alice").toString());
      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      page.see("challenge");
      pushgate.state().devices().remove(pushgate.state().devices().all().getFirst().id());
      page.press("approve");

      page.seeOutcome("refused");
      assertThat(page.see("account").getText())
          .contains("This device is no longer known", "Ask your administrator for a new");
      page.reload();
      page.await(() -> page.see("account").getText().contains("This device is no longer known"));
      page.seeNo("idle");
      assertThat(login.answer()).isNotDone();

      page.press("remove-account");
      page.press("remove-confirm");
      page.see("code-input");
    }
  }

  private static String code(RunningPushgate pushgate, String user) throws InterruptedException {
    return pushgate.invite(user).getFragment();
  }
}
