package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.InTrustingChromium.Trusting;
import dev.pushgate.push.standin.ReceivedPush;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins that are pushed to the web app in a real Chromium while it is closed, and answered from
 * the notification.
 */
@ExtendWith(InTrustingChromium.class)
class WebAppPushTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FROM = "203.0.113.77";
  private static final String ASKS = "Is this you?";

  private static String challengeIn(ReceivedPush push) throws Exception {
    return JSON.readTree(push.content()).path("challenge").asText();
  }

  @Test
  void approve_onTheNotification_letsTheLoginIn(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      ReceivedPush push = scene.nextPush();
      assertThat(WebPushScene.shown(worker)).isEmpty();

      scene.deliver(push.content());

      WebPushScene.Shown question = WebPushScene.see(worker, ASKS);
      assertThat(question.tag()).isEqualTo(challengeIn(push));
      assertThat(question.body())
          .isEqualTo("alice at Test VPN\nFrom %s\nThrough test-vpn".formatted(FROM));
      assertThat(question.buttons()).containsExactly("approve", "deny");
      assertThat(question.isSilent()).isFalse();
      assertThat(login.answer()).isNotDone();

      WebPushScene.tap(worker, question, "approve");
      assertThat(login.isAccepted()).isTrue();
      WebPushScene.Shown answered = WebPushScene.see(worker, "Approved");
      assertThat(answered.tag()).isEqualTo(question.tag());
      assertThat(answered.buttons()).isEmpty();
    }
  }
}
