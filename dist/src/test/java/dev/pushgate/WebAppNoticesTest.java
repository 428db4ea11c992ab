package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.InTrustingChromium.Trusting;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.standin.BrowserSubscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the web app's worker in a real Chromium shows for pushes of every kind. */
@ExtendWith(InTrustingChromium.class)
class WebAppNoticesTest {
  private static final String FROM = "203.0.113.77";
  private static final String ASKS = "Is this you?";
  private static final String UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA";

  private static final String ASK_FOR_A_NUMBER =
      """
      const real = fetch;
      fetch = async (address, request) => {
        const answer = await real(address, request);
        return String(address).includes('/v1/challenges/')
          ? new Response(JSON.stringify({ ...(await answer.json()), match: 'enter', digits: 6 }))
          : answer;
      };
      """;

  private static final String SUBSCRIBE_ANEW =
      """
      (async (made) => {
        PushManager.prototype.getSubscription = async () => null;
        PushManager.prototype.subscribe = async () => ({ toJSON: () => made });
        const change = new ExtendableEvent('pushsubscriptionchange');
        Object.defineProperty(change, 'waitUntil', { value: (work) => { change.work = work; } });
        dispatchEvent(change);
        await change.work;
      })
      """;

  private static long later() {
    return Instant.now().plus(Duration.ofMinutes(1)).getEpochSecond();
  }

  @Test
  void number_isAskedForInTheApp_withoutButtons(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      var _ = worker.evaluate(ASK_FOR_A_NUMBER);
      LoginAtNas.start(scene.pushgate(), "alice", FROM);

      scene.deliver(scene.nextPush().content());

      WebPushScene.Shown question = WebPushScene.see(worker, ASKS);
      assertThat(question.body())
          .startsWith("alice at Test VPN\n")
          .endsWith("Open Pushgate and type the number that your sign-in window shows.");
      assertThat(question.buttons()).isEmpty();
    }
  }

  @Test
  void platformWithoutButtons_showsTheQuestionWithItsDetailsAlone(
      Trusting browser, @TempDir Path folder) throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      var _ = worker.evaluate("Object.defineProperty(Notification, 'maxActions', { value: 0 })");
      LoginAtNas.start(scene.pushgate(), "alice", FROM);

      scene.deliver(scene.nextPush().content());

      WebPushScene.Shown question = WebPushScene.see(worker, ASKS);
      assertThat(question.body()).startsWith("alice at Test VPN\n");
      assertThat(question.buttons()).isEmpty();
    }
  }

  @Test
  void serverAway_showsTheQuestionWithoutDetails(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      scene.pushgate().server().close();

      scene.deliver(scene.message(UNKNOWN, later()));

      assertThat(WebPushScene.see(worker, "Sign-in request"))
          .isEqualTo(
              new WebPushScene.Shown(
                  UNKNOWN,
                  "Sign-in request",
                  "Is it you who signs in? Open to answer.",
                  List.of(),
                  false));
    }
  }

  @Test
  void serverSlow_showsTheQuestionAtOnce_andItsDetailsWhenTheyCome(
      Trusting browser, @TempDir Path folder) throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      var _ =
          worker.evaluate(
              """
              const real = fetch;
              const released = new Promise((resolve) => { globalThis.release = resolve; });
              fetch = (address, request) => released.then(() => real(address, request));
              """);
      LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      scene.deliver(scene.nextPush().content());
      WebPushScene.Shown first = WebPushScene.see(worker, "Sign-in request");
      assertThat(first.buttons()).isEmpty();

      var _ = worker.evaluate("release()");

      WebPushScene.Shown second = WebPushScene.see(worker, ASKS);
      assertThat(second.tag()).isEqualTo(first.tag());
      assertThat(second.body()).startsWith("alice at Test VPN");
      WebPushScene.tap(worker, second, "approve");
      assertThat(login.isAccepted()).isTrue();
    }
  }

  @Test
  void serverBusy_isNotCalledUnreachable(Trusting browser, @TempDir Path folder) throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      scene.deliver(scene.nextPush().content());
      WebPushScene.Shown question = WebPushScene.see(worker, ASKS);
      var _ = worker.evaluate("fetch = async () => new Response('', { status: 429 })");

      WebPushScene.tap(worker, question, "approve");

      assertThat(WebPushScene.see(worker, "Your answer was not sent").body())
          .isEqualTo("The server is busy. Open Pushgate and answer there.");
      assertThat(login.answer()).isNotDone();
    }
  }

  @Test
  void expired_isSaid(Trusting browser, @TempDir Path folder) throws Exception {
    try (WebPushScene scene =
        WebPushScene.open(browser, folder, "answer-within = 4s").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();
      LoginAtNas login = LoginAtNas.start(scene.pushgate(), "alice", FROM);
      String message = scene.nextPush().content();
      assertThat(login.isAccepted()).isFalse();

      scene.deliver(message);

      WebPushScene.Shown shown = WebPushScene.see(worker, "Expired");
      assertThat(shown.body()).startsWith("The time to answer is over");
      assertThat(shown.buttons()).isEmpty();
    }
  }

  @Test
  void unknownChallenge_isNoLongerOpen(Trusting browser, @TempDir Path folder) throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();

      scene.deliver(scene.message(UNKNOWN, later()));

      assertThat(WebPushScene.see(worker, "No longer open").buttons()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "null",
        "{}",
        "{\"v\":2,\"challenge\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"callback\":\"BASE\",\"expires\":9999999999}",
        "{\"v\":1,\"challenge\":\"../../v1/config\",\"callback\":\"BASE\",\"expires\":9999999999}",
        "{\"v\":1,\"challenge\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"callback\":\"https://evil.example\","
            + "\"expires\":9999999999,\"title\":\"Call 555\",\"text\":\"Call 555\"}",
      })
  void malformedOrForeign_isShownWithoutItsWords(
      String message, Trusting browser, @TempDir Path folder) throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      DevTools.Session worker = scene.closed().worker();

      scene.deliver(message.replace("BASE", scene.pushgate().base()));

      assertThat(WebPushScene.see(worker, "Pushgate"))
          .isEqualTo(
              new WebPushScene.Shown(
                  "pushgate",
                  "Pushgate",
                  "Open Pushgate to see whether a sign-in waits for you.",
                  List.of(),
                  false));
    }
  }

  @Test
  void subscriptionThatTheBrowserChanges_isToldToTheServer(Trusting browser, @TempDir Path folder)
      throws Exception {
    try (WebPushScene scene = WebPushScene.open(browser, folder, "").subscribed("alice")) {
      PushAddress first = scene.addressOf("alice");
      DevTools.Session worker = scene.closed().worker();
      BrowserSubscription second = scene.prepareSubscription(scene.key());

      var _ = worker.evaluate(SUBSCRIBE_ANEW + "(" + WebPushScene.asPage(second) + ")");

      assertThat(scene.addressOf("alice")).isEqualTo(second.address()).isNotEqualTo(first);
    }
  }
}
