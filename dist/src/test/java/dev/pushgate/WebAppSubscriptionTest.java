package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.InTrustingChromium.Trusting;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.webpush.VapidKey;
import dev.pushgate.push.standin.BrowserSubscription;
import dev.pushgate.push.standin.StandInAuthority;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How the web app in a real Chromium comes to its subscription, keeps it and gives it up. */
@ExtendWith(InTrustingChromium.class)
class WebAppSubscriptionTest {
  private static final String FROM = "203.0.113.77";

  /** The server takes one change a second of a device; the app then tries once more. */
  private static final String TOO_SOON =
      "/push - Failed to load resource: the server responded with a status of 401";

  private static final PushAddress POLL = new PushAddress.Poll();

  private static void assertThatALoginIsApprovedByPolling(WebPushScene scene) throws Exception {
    LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
    scene.page().press("approve");
    scene.page().seeOutcome("approved");
    assertThat(login.isAccepted()).isTrue();
  }

  @Test
  void certificateByAnUnknownAuthority_isTold_andTheAppPolls(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, new StandInAuthority(), folder, "")) {
      WebAppPage page = scene.page();
      page.expectError("SSL certificate");
      page.visitInSpiteOfTheCertificate(scene.pushgate().invite("alice").toString());
      page.press("enroll-button");

      assertThat(page.see("notifications").getText())
          .startsWith("No notifications here")
          .contains("does not trust the certificate");
      page.photograph("certificate-unknown");
      assertThat(page.see("idle").getText()).contains("Keep this page open");
      assertThatALoginIsApprovedByPolling(scene);
      assertThat(scene.addressOf("alice")).isEqualTo(POLL);
    }
  }

  @Test
  void permissionDenied_isTold_andTheAppPolls(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "")) {
      WebAppPage page = scene.page();
      page.enrol(scene.pushgate().invite("alice").toString());
      page.see("ask-notifications");
      scene.permission("denied");
      page.press("ask-notifications");

      page.await(() -> page.see("notifications").getText().startsWith("Notifications are blocked"));
      assertThatALoginIsApprovedByPolling(scene);
      assertThat(scene.addressOf("alice")).isEqualTo(POLL);
    }
  }

  @Test
  void permissionTakenBack_letsTheServerKnow(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      WebAppPage page = scene.page();
      assertThat(scene.addressOf("alice")).isInstanceOf(PushAddress.WebPush.class);

      page.expectError(TOO_SOON);
      scene.permission("denied");
      page.reload();

      page.await(() -> page.see("notifications").getText().startsWith("Notifications are blocked"));
      assertThat(scene.addressOf("alice")).isEqualTo(POLL);
    }
  }

  @Test
  void secondStart_tellsTheServerNothing(Trusting browser, @TempDir Path folder) throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      PushAddress address = scene.addressOf("alice");
      assertThat(scene.timesTold()).isEqualTo(1);

      scene.page().reload();
      scene.seeThatNotificationsAreOn();

      assertThat(scene.timesTold()).isZero();
      assertThat(scene.addressOf("alice")).isEqualTo(address);
    }
  }

  @Test
  void anotherKeyOfTheServer_bringsAnotherSubscription(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      WebAppPage page = scene.page();
      PushAddress address = scene.addressOf("alice");
      String key = VapidKey.generate(new SecureRandom()).publicKey();
      BrowserSubscription another = scene.prepareSubscription(key);
      page.pretendThatTheServerHasWebPush(key);
      page.expectError(TOO_SOON);

      page.reload();
      scene.seeThatNotificationsAreOn();

      assertThat(scene.addressOf("alice")).isEqualTo(another.address()).isNotEqualTo(address);
    }
  }

  @Test
  void serverThatHasWebPushNoMore_isPolled(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      scene.page().pretendThatTheServerHasWebPush(null);
      scene.page().expectError(TOO_SOON);

      scene.page().reload();

      scene.page().await(() -> scene.addressOf("alice").equals(POLL));
      assertThat(scene.page().see("idle").getText()).contains("Keep this page open");
      scene.page().seeNo("notifications");
    }
  }

  @Test
  void lastAccountRemoved_endsTheSubscription(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      scene.addAccount("bob");
      scene.removeAccount();
      assertThat(scene.pushgate().state().devices().ofUser("alice")).isEmpty();
      assertThat(scene.addressOf("bob")).isInstanceOf(PushAddress.WebPush.class);
      assertThat(scene.isSubscribed()).isTrue();

      scene.removeAccount();

      scene.page().await(() -> !scene.isSubscribed());
      assertThat(scene.pushgate().state().devices().all()).isEmpty();
    }
  }

  @Test
  void deviceRemovedByTheAdministrator_endsTheSubscription(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      scene.page().expectError("401");
      String device = scene.pushgate().state().devices().all().getFirst().id();
      scene.pushgate().state().devices().remove(device);

      scene.page().reload();

      scene.page().await(() -> !scene.isSubscribed());
    }
  }

  @Test
  void challengeOfANotification_isShownOnce(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      WebAppPage page = scene.page();
      scene.addAccount("bob");
      scene.closed();
      LoginAtNas.start(scene.pushgate(), "alice", FROM);
      String challenge = WebPushScene.challengeIn(scene.nextPush());

      page.visit(scene.pushgate().base() + "/?challenge=" + challenge);
      page.inCardOf("alice", "approve");
      assertThat(page.run("return location.href")).isEqualTo(scene.pushgate().base() + "/");
      page.await(
          () -> page.inCardOf("alice", "challenge-user").getText().equals(userInFocus(page)));

      LoginAtNas.start(scene.pushgate(), "bob", FROM);
      page.inCardOf("bob", "approve");
      page.awaitRest();
      assertThat(userInFocus(page)).isEqualTo("bob");
    }
  }

  private static @Nullable Object userInFocus(WebAppPage page) {
    return page.run(
        "return document.activeElement.closest('[data-testid=challenge]')"
            + "?.querySelector('[data-testid=challenge-user]').textContent ?? ''");
  }
}
