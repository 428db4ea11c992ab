package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.InTrustingChromium.Trusting;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.standin.BrowserSubscription;
import dev.pushgate.push.standin.ReceivedPush;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInProxy;
import dev.pushgate.push.standin.StandInPushService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * A server whose certificate Chromium trusts, its web app in Chromium, and between the two a push
 * service that stands in for Google's.
 *
 * <p>All is real but two things: a subscription is the stand-in's, and what it has received is
 * given to Chromium by its developer tools.
 */
final class WebPushScene implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = StandInPushService.HOSTS.getFirst();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A browser's push manager with subscriptions made beforehand, by the server's key. */
  private static final String PUSH_MANAGER =
      """
      const KEPT = 'subscribed with';
      const octets = (text) => Uint8Array.from(
        atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)).buffer;
      const text = (key) => btoa(String.fromCharCode(...new Uint8Array(key)))
        .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      const subscription = (key) => ({
        options: { userVisibleOnly: true, applicationServerKey: octets(key) },
        toJSON: () => made[key],
        unsubscribe: async () => { localStorage.removeItem(KEPT); return true; },
      });
      PushManager.prototype.getSubscription = async () => {
        const key = localStorage.getItem(KEPT);
        return key ? subscription(key) : null;
      };
      PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
        if (Notification.permission !== 'granted' || !userVisibleOnly) {
          throw new DOMException('permission denied', 'NotAllowedError');
        }
        const key = text(applicationServerKey);
        if (!made[key] || (localStorage.getItem(KEPT) ?? key) !== key) {
          throw new DOMException('another key', 'InvalidStateError');
        }
        localStorage.setItem(KEPT, key);
        return subscription(key);
      };
      """;

  private static final String NOTIFICATIONS =
      """
      registration.getNotifications().then((shown) => shown.map(
        ({ tag, title, body, actions, silent }) => (
          { tag, title, body, silent, actions: actions.map(({ action }) => action) })))
      """;

  private static final String CLICK =
      """
      (async (tag, action) => {
        const [notification] = await registration.getNotifications({ tag });
        const click = new NotificationEvent('notificationclick', { notification, action });
        // An event made by a script waits for nothing.
        Object.defineProperty(click, 'waitUntil', { value: (work) => { click.work = work; } });
        dispatchEvent(click);
        await click.work;
      })
      """;

  private final Trusting browser;
  private final StandInProxy proxy;
  private final StandInPushService service;
  private final RunningPushgate pushgate;
  private final WebAppPage page;
  private int taken;

  /** A notification as it is on the screen. */
  record Shown(String tag, String title, String body, List<String> buttons, boolean isSilent) {}

  private WebPushScene(
      Trusting browser,
      StandInProxy proxy,
      StandInPushService service,
      RunningPushgate pushgate,
      WebAppPage page) {
    this.browser = browser;
    this.proxy = proxy;
    this.service = service;
    this.pushgate = pushgate;
    this.page = page;
  }

  /** The server has a certificate of the authority that the browser trusts. */
  static WebPushScene open(Trusting browser, Path folder, String clientSettings)
      throws IOException, InterruptedException {
    return open(browser, browser.authority(), folder, clientSettings);
  }

  /** The server has a certificate of this authority. */
  static WebPushScene open(
      Trusting browser, StandInAuthority authority, Path folder, String clientSettings)
      throws IOException, InterruptedException {
    StandInProxy proxy = new StandInProxy();
    StandInPushService service =
        new StandInPushService(browser.authority(), InstantSource.system()).behind(proxy);
    RunningPushgate.writeConfiguration(
        folder, RunningPushgate.freeUdpPort(), RunningPushgate.freeTcpPort(), clientSettings);
    StandInAuthority.Identity identity = authority.identity("localhost");
    Files.writeString(folder.resolve("server.crt"), identity.chainPem());
    Files.writeString(folder.resolve("server.key"), identity.keyPem());
    Files.writeString(folder.resolve("authority.pem"), browser.authority().pem());
    Path file = folder.resolve("pushgate.conf");
    Files.writeString(
        file,
        Files.readString(file)
            + """
            push { server-name = localhost, proxy = "%s:%d", trust = "authority.pem" }
            push.webpush.subject = "mailto:vpn@example.com"
            callback { certificate = "server.crt", key = "server.key" }
            """
                .formatted(proxy.address().getHostString(), proxy.address().getPort()));
    RunningPushgate pushgate = RunningPushgate.startIn(folder);
    WebPushScene scene =
        new WebPushScene(browser, proxy, service, pushgate, browser.chromium().open(pushgate));
    scene.prepareSubscription(scene.key());
    scene.permission("prompt");
    return scene;
  }

  RunningPushgate pushgate() {
    return pushgate;
  }

  WebAppPage page() {
    return page;
  }

  /** The server's public VAPID key. */
  String key() throws InterruptedException {
    return pushgate.state().vapidKeys().keptOrNew().publicKey();
  }

  /** Makes the subscription that the page gets when it asks with this key and no other. */
  BrowserSubscription prepareSubscription(String key) {
    BrowserSubscription subscription = service.subscribe(HOST, key);
    ObjectNode made = JSON.createObjectNode();
    made.set(key, asPage(subscription));
    page.runFirst("{ const made = " + made + ";\n" + PUSH_MANAGER + "}");
    return subscription;
  }

  /** What a page reads of a subscription. */
  static ObjectNode asPage(BrowserSubscription subscription) {
    PushAddress.WebPush address = subscription.address();
    ObjectNode read = JSON.createObjectNode().put("endpoint", address.endpoint());
    read.putObject("keys").put("p256dh", address.p256dh()).put("auth", address.auth());
    return read;
  }

  /**
   * What the user says when the page asks for notifications.
   *
   * @param setting granted, denied, or prompt
   */
  void permission(String setting) {
    browser
        .devTools()
        .send(
            "Browser.setPermission",
            Map.of(
                "permission",
                Map.of("name", "notifications"),
                "setting",
                setting,
                "origin",
                pushgate.base()));
  }

  /** Enrols the user, whom the page then asks for notifications, and who allows them. */
  WebPushScene subscribed(String user) throws InterruptedException {
    page.enrol(pushgate.invite(user).toString());
    page.see("ask-notifications");
    permission("granted");
    page.press("ask-notifications");
    seeThatNotificationsAreOn();
    return this;
  }

  /** Enrols another user in a browser that has its subscription, and waits for the server. */
  void addAccount(String user) throws InterruptedException {
    page.press("add-account");
    page.type("code-input", pushgate.invite(user).toString());
    page.press("enroll-button");
    page.seeNo("code-input");
    page.await(() -> addressOf(user) instanceof PushAddress.WebPush);
  }

  /** Removes the first account. */
  void removeAccount() {
    int accounts = page.all("account").size();
    page.press("remove-account");
    page.press("remove-confirm");
    page.await(() -> page.all("account").size() == accounts - 1);
  }

  /** Whether the page has a subscription. */
  boolean isSubscribed() {
    return page.run("return localStorage.getItem('subscribed with')") != null;
  }

  /** The challenge that a message is about. */
  static String challengeIn(ReceivedPush push) throws IOException {
    return JSON.readTree(push.content()).path("challenge").asText();
  }

  void seeThatNotificationsAreOn() {
    page.await(() -> page.see("idle").getText().contains("also while this page is closed"));
  }

  /** Leaves the app, so that nothing polls any more: only a push can tell of a login. */
  WebPushScene closed() {
    page.visit("about:blank");
    return this;
  }

  /** Where the server sends the notifications for the one device of a user. */
  PushAddress addressOf(String user) throws InterruptedException {
    List<Device> devices = pushgate.state().devices().ofUser(user);
    assertThat(devices).hasSize(1);
    return devices.getFirst().push();
  }

  /** How often this page, since it was loaded, has told the server where notifications go. */
  long timesTold() {
    Object told =
        page.run(
            "return performance.getEntriesByType('resource')"
                + ".filter((e) => e.name.endsWith('/push')).length");
    return told instanceof Long times ? times : -1;
  }

  /** Another phone of the user's, of which the browser's push service has been told. */
  Phone enrolledBesides(String user) throws IOException, InterruptedException {
    Phone other = pushgate.enrol(user);
    assertThat(nextPush().content()).contains("New device");
    return other;
  }

  /** Waits for the next message at the push service. */
  ReceivedPush nextPush() {
    Awaitility.await("a push").atMost(PATIENCE).until(() -> service.received().size() > taken);
    assertThat(service.faults()).isEmpty();
    return service.received().get(taken++);
  }

  /** The worker of the app, to be asked for before anything is delivered to it. */
  DevTools.Session worker() {
    return browser.devTools().worker(pushgate.base() + "/worker.js");
  }

  /** Gives a message to Chromium, as if its push service had sent it. */
  void deliver(String message) {
    DevTools.Session session = browser.devTools().page(page.handle());
    session.send("ServiceWorker.enable", Map.of());
    String registration =
        Awaitility.await("a registration")
            .atMost(PATIENCE)
            .until(() -> registration(session), id -> !id.isEmpty());
    session.send(
        "ServiceWorker.deliverPushMessage",
        Map.of("origin", pushgate.base(), "registrationId", registration, "data", message));
  }

  private String registration(DevTools.Session session) {
    return session.told("ServiceWorker.workerRegistrationUpdated").stream()
        .flatMap(event -> StreamSupport.stream(event.path("registrations").spliterator(), false))
        .filter(each -> each.path("scopeURL").asText().equals(pushgate.base() + "/"))
        .map(each -> each.path("registrationId").asText())
        .findFirst()
        .orElse("");
  }

  /** A message of the phone API. */
  String message(String challenge, long expires) {
    return JSON.createObjectNode()
        .put("v", 1)
        .put("challenge", challenge)
        .put("callback", pushgate.base())
        .put("expires", expires)
        .put("title", "Sign-in request")
        .put("text", "Is it you who signs in? Open to answer.")
        .toString();
  }

  /** What is on the screen now. */
  static List<Shown> shown(DevTools.Session worker) {
    return StreamSupport.stream(worker.evaluate(NOTIFICATIONS).spliterator(), false)
        .map(WebPushScene::shown)
        .toList();
  }

  private static Shown shown(JsonNode notification) {
    return new Shown(
        notification.path("tag").asText(),
        notification.path("title").asText(),
        notification.path("body").asText(),
        StreamSupport.stream(notification.path("actions").spliterator(), false)
            .map(JsonNode::asText)
            .toList(),
        notification.path("silent").asBoolean());
  }

  /** Waits for the one notification on the screen to have this title. */
  static Shown see(DevTools.Session worker, String title) {
    return Awaitility.await("a notification '" + title + "'")
        .atMost(PATIENCE)
        .until(
            () -> shown(worker),
            shown -> shown.size() == 1 && shown.getFirst().title().equals(title))
        .getFirst();
  }

  /**
   * Taps on a notification.
   *
   * @param action of a button, or empty for the notification itself
   */
  static void tap(DevTools.Session worker, Shown notification, String action) {
    var _ = worker.evaluate("%s('%s', '%s')".formatted(CLICK, notification.tag(), action));
  }

  @Override
  public void close() {
    try (proxy;
        service;
        pushgate) {
      page.close();
    }
  }
}
