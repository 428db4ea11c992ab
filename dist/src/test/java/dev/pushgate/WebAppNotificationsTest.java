package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the web app says of notifications in a real Chromium, and that it polls without them. */
@ExtendWith(InChromium.class)
class WebAppNotificationsTest {
  private static final String FROM = "203.0.113.77";

  @Test
  void certificateThatIsNotTrusted_isTold_andTheAppPolls(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.pretendThatTheServerHasWebPush();
      page.pretendThatTheCertificateIsNotTrusted();
      page.enrol(pushgate.invite("alice").toString());

      assertThat(page.see("notifications").getText())
          .startsWith("No notifications here")
          .contains("does not trust the certificate");
      page.photograph("notifications-untrusted");

      LoginAtNas login = LoginAtNas.start(pushgate, "alice", FROM);
      page.press("approve");
      page.seeOutcome("approved");
      assertThat(login.isAccepted()).isTrue();
    }
  }

  @Test
  void permissionNotGivenYet_isAskedForByAButton(Chromium chromium, @TempDir Path folder)
      throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "");
        WebAppPage page = chromium.open(pushgate)) {
      page.pretendThatTheServerHasWebPush();
      page.enrol(pushgate.invite("alice").toString());

      assertThat(page.see("ask-notifications").getText()).isEqualTo("Switch on notifications");
      page.photograph("notifications-ask");
      page.prefer("prefers-color-scheme", "dark");
      page.photograph("notifications-ask-dark");
    }
  }
}
