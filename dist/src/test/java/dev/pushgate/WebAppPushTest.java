package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.InTrustingChromium.Trusting;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.standin.ReceivedPush;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins that are pushed to the web app in a real Chromium while it is closed, and answered from
 * the notification.
 */
@ExtendWith(InTrustingChromium.class)
class WebAppPushTest {
  private static final String FROM = "203.0.113.77";
  private static final String ASKS = "Is this you?";
  private static final String WIPE =
      "registration.getNotifications().then((shown) => shown.forEach((each) => each.close()))";

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
      assertThat(question.tag()).isEqualTo(WebPushScene.challengeIn(push));
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

  @Test
  void deny_onTheNotification_rejectsTheLogin(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      scene.deliver(scene.nextPush().content());

      WebPushScene.tap(worker, WebPushScene.see(worker, ASKS), "deny");

      assertThat(login.isAccepted()).isFalse();
      assertThat(WebPushScene.see(worker, "Denied").body()).contains("Nobody was let in");
    }
  }

  @Test
  void answerOnAnotherPhone_replacesTheNotification(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      Phone other = scene.enrolledBesides("alice");
      DevTools.Session worker = scene.closed().worker();
      LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      scene.deliver(scene.nextPush().content());
      WebPushScene.Shown question = WebPushScene.see(worker, ASKS);

      assertThat(other.approve(RunningPushgate.nextQuestion(other), null))
          .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
      assertThat(login.isAccepted()).isTrue();
      scene.deliver(scene.nextPush().content());

      assertThat(WebPushScene.see(worker, "Sign-in request"))
          .isEqualTo(
              new WebPushScene.Shown(
                  question.tag(),
                  "Sign-in request",
                  "This sign-in has been answered.",
                  List.of(),
                  true));
    }
  }

  @Test
  void lateTap_afterAnotherPhoneAnswered_saysSo(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      Phone other = scene.enrolledBesides("alice");
      DevTools.Session worker = scene.closed().worker();
      LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      scene.deliver(scene.nextPush().content());
      WebPushScene.Shown question = WebPushScene.see(worker, ASKS);
      assertThat(other.deny(RunningPushgate.nextQuestion(other)))
          .isEqualTo(new Reply.Done<>(Settlement.State.DENIED));

      WebPushScene.tap(worker, question, "approve");

      assertThat(login.isAccepted()).isFalse();
      WebPushScene.see(worker, "Already answered: denied");
    }
  }

  @Test
  void twoAccounts_ofOneBrowser_areAskedEachForItsOwnLogin(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      scene.addAccount("bob");
      assertThat(scene.addressOf("bob")).isEqualTo(scene.addressOf("alice"));
      DevTools.Session worker = scene.closed().worker();

      LoginAtNas ofBob = LoginAtNas.start(scene.pushgate(), "bob", FROM);
      scene.deliver(scene.nextPush().content());
      WebPushScene.Shown forBob = WebPushScene.see(worker, ASKS);
      assertThat(forBob.body()).startsWith("bob at Test VPN");
      WebPushScene.tap(worker, forBob, "approve");
      assertThat(ofBob.isAccepted()).isTrue();
      WebPushScene.see(worker, "Approved");
      var _ = worker.evaluate(WIPE);

      LoginAtNas ofAlice = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      scene.deliver(scene.nextPush().content());
      WebPushScene.Shown forAlice = WebPushScene.see(worker, ASKS);
      assertThat(forAlice.body()).startsWith("alice at Test VPN");
      WebPushScene.tap(worker, forAlice, "deny");
      assertThat(ofAlice.isAccepted()).isFalse();
    }
  }
}
