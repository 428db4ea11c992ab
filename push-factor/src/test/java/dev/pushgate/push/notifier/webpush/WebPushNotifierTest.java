package dev.pushgate.push.notifier.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.push.standin.BrowserSubscription;
import dev.pushgate.push.standin.ReceivedPush;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInProxy;
import dev.pushgate.push.standin.StandInPushService;
import dev.pushgate.push.standin.StandInPushService.Manner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushNotifierTest {
  private static final StandInAuthority AUTHORITY = new StandInAuthority();
  private static final VapidKey KEY = VapidKey.generate(new SecureRandom());
  private static final String SUBJECT = "mailto:vpn@example.com";
  private static final String FIREFOX = "updates.push.services.mozilla.com";
  private static final String CHALLENGE = "fK3_9sQ-7bXw2mZp0aLrTg";

  private final TestClock clock = new TestClock();
  private final StandInProxy proxy = new StandInProxy();
  private final StandInPushService service = new StandInPushService(AUTHORITY, clock).behind(proxy);
  private final WebPushSettings settings =
      new WebPushSettings(KEY, SUBJECT, WebPushSettings.DEFAULT_HOSTS);
  private final WebPushNotifier notifier =
      new WebPushNotifier(settings, proxy.uplink(AUTHORITY), clock);
  private final BrowserSubscription browser = service.subscribe(FIREFOX, KEY.publicKey());

  WebPushNotifierTest() throws IOException {}

  @AfterEach
  void close() {
    notifier.close();
    service.close();
    proxy.close();
  }

  private Notice notice(Notice.Kind kind) {
    return new Notice(kind, CHALLENGE, TestServer.BASE, clock.instant().plusSeconds(60));
  }

  private Receipt send(BrowserSubscription to) throws IOException, InterruptedException {
    return notifier.send(to.address(), notice(Notice.Kind.QUESTION));
  }

  private ReceivedPush only() {
    assertThat(service.faults()).isEmpty();
    assertThat(service.received()).hasSize(1);
    return service.received().getFirst();
  }

  // What arrives

  @ParameterizedTest
  @EnumSource(Notice.Kind.class)
  void notice_isReadByTheBrowserAsItWasMade(Notice.Kind kind) throws Exception {
    Notice notice = notice(kind);
    assertThat(notifier.send(browser.address(), notice)).isEqualTo(new Receipt.Accepted());
    assertThat(only().content().stripTrailing()).isEqualTo(notice.message().toString());
  }

  @Test
  void request_saysHowToDeliverAndNoMore() throws Exception {
    assertThat(send(browser)).isEqualTo(new Receipt.Accepted());
    Map<String, String> headers = only().headers();
    assertThat(headers)
        .containsEntry("ttl", "60")
        .containsEntry("urgency", "high")
        .containsEntry("topic", CHALLENGE)
        .containsEntry("content-encoding", "aes128gcm")
        .containsEntry("content-type", "application/octet-stream");
    Set<String> others = new HashSet<>(headers.keySet());
    others.removeAll(Set.of("ttl", "urgency", "topic", "content-encoding", "content-type"));
    assertThat(others).isSubsetOf("authorization", "content-length", "host", "user-agent");
    assertThat(headers.get("user-agent")).startsWith("Java-http-client/");
  }

  @Test
  void answeredNotice_takesThePlaceOfItsQuestionAsFast() throws Exception {
    Notice question = notice(Notice.Kind.QUESTION);
    notifier.send(browser.address(), question);
    notifier.send(browser.address(), question.answered());
    assertThat(service.received())
        .hasSize(2)
        .allSatisfy(
            push ->
                assertThat(push.headers())
                    .containsEntry("topic", CHALLENGE)
                    .containsEntry("urgency", "high"));
  }

  @Test
  void notices_areAllOfOneLength() throws Exception {
    for (Notice.Kind kind : Notice.Kind.values()) {
      notifier.send(browser.address(), notice(kind));
    }
    notifier.send(
        browser.address(),
        new Notice(Notice.Kind.QUESTION, CHALLENGE, "https://[2001:db8::1]:4433", clock.instant()));
    assertThat(service.received())
        .hasSize(Notice.Kind.values().length + 1)
        .extracting(ReceivedPush::sealedOctets)
        .containsOnly(16 + 4 + 1 + 65 + SealedMessage.STEP_OCTETS + 1 + 16);
  }

  @Test
  void sameNotice_isNeverSealedAlike() throws Exception {
    byte[] one = SealedMessage.of(notice(Notice.Kind.QUESTION), browser.address());
    byte[] other = SealedMessage.of(notice(Notice.Kind.QUESTION), browser.address());
    assertThat(one).isNotEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({"PT60S, 60", "PT1.999S, 1", "PT0.5S, 0", "PT0S, 0", "PT-5S, 0"})
  void ttl_isTheTimeThatIsLeft(Duration left, String ttl) throws Exception {
    notifier.send(
        browser.address(),
        new Notice(Notice.Kind.QUESTION, CHALLENGE, TestServer.BASE, clock.instant().plus(left)));
    assertThat(only().headers()).containsEntry("ttl", ttl);
  }

  // Who we are

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
        "wns2-par02p.notify.windows.com"
      })
  void token_isForTheServiceThatItGoesTo(String host) throws Exception {
    BrowserSubscription there = service.subscribe(host, KEY.publicKey());
    assertThat(send(there)).isEqualTo(new Receipt.Accepted());
    assertThat(only().token())
        .isEqualTo(
            new ObjectMapper()
                .createObjectNode()
                .put("aud", "https://" + host)
                .put("exp", (int) clock.instant().plus(Duration.ofHours(12)).getEpochSecond())
                .put("sub", SUBJECT));
    assertThat(proxy.asked()).containsExactly(host + ":443");
  }

  @Test
  void token_isUsedAgainAndRenewedInTime() throws Exception {
    send(browser);
    clock.advance(Duration.ofHours(5));
    send(browser);
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofHours(5));
      assertThat(send(browser)).isEqualTo(new Receipt.Accepted());
    }
    assertThat(service.faults()).isEmpty();
    List<String> tokens =
        service.received().stream().map(push -> push.headers().get("authorization")).toList();
    assertThat(tokens.get(1)).isEqualTo(tokens.getFirst());
    assertThat(Set.copyOf(tokens)).hasSizeBetween(10, 12);
  }

  @Test
  void subscriptionMadeWithAnotherKey_isToldAsOurFault() throws Exception {
    BrowserSubscription old =
        service.subscribe(FIREFOX, VapidKey.generate(new SecureRandom()).publicKey());
    Receipt.Misconfigured receipt = (Receipt.Misconfigured) send(old);
    assertThat(service.faults()).containsExactly("another key has subscribed");
    assertThat(receipt.reason()).startsWith("403");
    assertThat(receipt.remedy()).contains(FIREFOX, "push.webpush.subject", "subscribe anew");
  }

  @Test
  void tokenThatIsTooOld_isToldAsOurFault() throws Exception {
    TestClock slow = new TestClock();
    clock.advance(Duration.ofHours(13));
    try (WebPushNotifier behind = new WebPushNotifier(settings, proxy.uplink(AUTHORITY), slow)) {
      Receipt receipt = behind.send(browser.address(), notice(Notice.Kind.QUESTION));
      assertThat(service.faults()).containsExactly("expired");
      assertThat(receipt).isInstanceOf(Receipt.Misconfigured.class);
      assertThat(((Receipt.Misconfigured) receipt).remedy()).contains("clock");
    }
  }

  // What the service answers

  @ParameterizedTest
  @CsvSource({
    "200, Accepted",
    "201, Accepted",
    "202, Accepted",
    "204, Accepted",
    "206, Refused",
    "301, Refused",
    "302, Refused",
    "307, Refused",
    "308, Refused",
    "400, Refused",
    "405, Refused",
    "413, Refused",
    "415, Refused",
    "418, Refused",
    "401, Misconfigured",
    "403, Misconfigured",
    "404, Dead",
    "410, Dead",
    "406, TooMany",
    "429, TooMany",
    "408, Unavailable",
    "425, Unavailable",
    "500, Unavailable",
    "502, Unavailable",
    "503, Unavailable",
    "504, Unavailable",
    "599, Unavailable"
  })
  void status_isToldAsWhatItMeans(int status, String receipt) throws Exception {
    service.answers(new Manner.Answering(status, Map.of("Location", "https://127.0.0.1/")));
    assertThat(send(browser).getClass().getSimpleName()).isEqualTo(receipt);
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void subscriptionThatHasEnded_isDead() throws Exception {
    service.end(browser);
    assertThat(send(browser)).isEqualTo(new Receipt.Dead("410: the subscription has ended"));
  }

  @ParameterizedTest
  @CsvSource({
    "5, PT5S",
    "3600, PT1H",
    "999999999, PT1H",
    "'Tue, 24 Nov 2026 08:00:30 GMT', PT30S",
    "'Tue, 24 Nov 2026 20:00:00 GMT', PT1H"
  })
  void retryAfter_isTheTimeToWait(String value, Duration pause) throws Exception {
    service.answers(new Manner.Answering(429, Map.of("Retry-After", value)));
    assertThat(send(browser))
        .isEqualTo(new Receipt.TooMany("429: too many messages", Optional.of(pause)));
    service.answers(new Manner.Answering(503, Map.of("Retry-After", value)));
    assertThat(send(browser))
        .isEqualTo(new Receipt.Unavailable("503: the service is in trouble", Optional.of(pause)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-5",
        "0",
        "1.5",
        "99999999999999999999",
        "5 s",
        "5, 6",
        "٥",
        "Tue, 24 Nov 2026 07:59:00 GMT",
        "Tue, 24 Nov 2026",
        "Mon, 24 Nov 2026 08:00:30 GMT"
      })
  void retryAfterThatSaysNothing_isPassedOver(String value) throws Exception {
    assertThat(ServiceAnswer.of(429, Optional.of(value), FIREFOX, clock))
        .isEqualTo(new Receipt.TooMany("429: too many messages", Optional.empty()));
  }

  // Services in trouble

  @Test
  @Timeout(10)
  void serviceThatNeverAnswers_isGivenUp() {
    service.answers(new Manner.Silent());
    assertThatThrownBy(() -> send(browser))
        .isInstanceOf(IOException.class)
        .hasMessage("no answer of " + FIREFOX + " in time");
  }

  @Test
  @Timeout(5)
  void answerWhoseBodyHasNoEnd_countsAndIsHungUpOn() throws Exception {
    service.answers(new Manner.Trickling(410));
    assertThat(send(browser)).isInstanceOf(Receipt.Dead.class);
    service.answers(new Manner.Trickling(201));
    assertThat(send(browser)).isInstanceOf(Receipt.Accepted.class);
  }

  @Test
  @Timeout(5)
  void answerWithAHugeBody_counts() throws Exception {
    service.answers(new Manner.Talking(503, 64 << 20));
    assertThat(send(browser)).isInstanceOf(Receipt.Unavailable.class);
  }

  @Test
  void serviceThatHangsUp_isAnIoFailure() {
    service.answers(new Manner.Closing());
    assertThatThrownBy(() -> send(browser))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the connection to " + FIREFOX + " failed");
  }

  @Test
  void serviceThatIsBack_isReachedAgain() throws Exception {
    assertThat(send(browser)).isEqualTo(new Receipt.Accepted());
    proxy.makes(StandInProxy.Trouble.CLOSING);
    proxy.cut();
    assertThatThrownBy(() -> send(browser)).isInstanceOf(IOException.class);
    proxy.makes(StandInProxy.Trouble.NONE);
    await().ignoreExceptions().until(() -> send(browser) instanceof Receipt.Accepted);
  }

  @ParameterizedTest
  @EnumSource(
      value = StandInProxy.Trouble.class,
      names = {"CLOSING", "SILENT", "GARBAGE"})
  @Timeout(10)
  void proxyInTrouble_isAnIoFailure(StandInProxy.Trouble trouble) {
    proxy.makes(trouble);
    assertThatThrownBy(() -> send(browser))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(FIREFOX);
  }

  @Test
  void hostThatTheProxyDoesNotReach_isAnIoFailure() {
    PushAddress elsewhere =
        new PushAddress.WebPush(
            "https://a.push.apple.com/secret-path",
            browser.address().p256dh(),
            browser.address().auth());
    assertThatThrownBy(() -> notifier.send(elsewhere, notice(Notice.Kind.QUESTION)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.push.apple.com")
        .hasMessageNotContaining("secret-path");
  }

  @Test
  void serviceWithACertificateOfAnUnknownAuthority_isNotTalkedTo() throws Exception {
    try (StandInPushService impostor =
        new StandInPushService(new StandInAuthority(), clock).behind(proxy)) {
      assertThatThrownBy(() -> send(browser))
          .isInstanceOf(IOException.class)
          .hasMessage("no TLS with " + FIREFOX + ", or no certificate that is trusted");
      assertThat(impostor.requests()).isZero();
    }
  }

  @Test
  void serviceWithACertificateOfAnotherName_isNotTalkedTo() throws Exception {
    proxy.leads("a.push.apple.com", 443, service.address());
    PushAddress elsewhere =
        new PushAddress.WebPush(
            "https://a.push.apple.com/a", browser.address().p256dh(), browser.address().auth());
    assertThatThrownBy(() -> notifier.send(elsewhere, notice(Notice.Kind.QUESTION)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no TLS with a.push.apple.com");
    assertThat(service.requests()).isZero();
  }

  @Test
  void senderThatIsInterrupted_isLetGo() throws Exception {
    service.answers(new Manner.Silent());
    FutureTask<Receipt> sending = new FutureTask<>(() -> send(browser));
    Thread thread = Thread.startVirtualThread(sending);
    await().until(() -> service.requests() == 1);
    thread.interrupt();
    assertThatThrownBy(sending::get).hasCauseInstanceOf(InterruptedException.class);
  }

  // Where it goes

  @Test
  void hostThatIsNotAllowed_isToldWithTheRemedyAndNotAsked() throws Exception {
    PushAddress elsewhere =
        new PushAddress.WebPush(
            "https://Push.Example.com/secret-path",
            browser.address().p256dh(),
            browser.address().auth());
    Receipt.Misconfigured receipt =
        (Receipt.Misconfigured) notifier.send(elsewhere, notice(Notice.Kind.QUESTION));
    assertThat(receipt.remedy()).contains("Add the host push.example.com to push.webpush.hosts");
    // One of few: alarms are told apart by it.
    assertThat(receipt.reason()).doesNotContain("example");
    assertThat(receipt.toString()).doesNotContain("secret-path");
    assertThat(proxy.asked()).isEmpty();
    assertThat(notifier.service(elsewhere)).isEqualTo("webpush elsewhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://updates.push.services.mozilla.com/a",
        "https://updates.push.services.mozilla.com:8443/a",
        "https://a@updates.push.services.mozilla.com/a",
        "https://updates.push.services.mozilla.com@intranet/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://localhost/a",
        "ftp://updates.push.services.mozilla.com/a",
        "not a URL"
      })
  void endpointThatIsNone_isRefusedAndNotAsked(String endpoint) throws Exception {
    PushAddress address =
        new PushAddress.WebPush(endpoint, browser.address().p256dh(), browser.address().auth());
    assertThat(notifier.send(address, notice(Notice.Kind.QUESTION)))
        .isInstanceOf(Receipt.Refused.class);
    assertThat(proxy.asked()).isEmpty();
  }

  @Test
  void service_isTheHostOfTheEndpoint() {
    assertThat(notifier.service(new PushAddress.WebPush("https://WEB.Push.apple.com/a", "", "")))
        .isEqualTo("web.push.apple.com");
    assertThat(notifier.name()).isEqualTo("webpush");
    assertThat(notifier.serves(browser.address())).isTrue();
    assertThat(notifier.serves(new PushAddress.Fcm("a"))).isFalse();
  }

  // As a whole

  @ParameterizedTest
  @CsvSource({"h2, HTTP/2.0", "http/1.1, HTTP/1.1"})
  void protocol_isTheNewestThatTheServiceHas(String offered, String protocol) throws Exception {
    try (StandInPushService other =
        new StandInPushService(AUTHORITY, clock, offered).behind(proxy)) {
      BrowserSubscription there = other.subscribe(FIREFOX, KEY.publicKey());
      for (int i = 0; i < 3; i++) {
        assertThat(send(there)).isEqualTo(new Receipt.Accepted());
      }
      assertThat(other.received()).extracting(ReceivedPush::protocol).containsOnly(protocol);
      assertThat(proxy.asked()).hasSize(1);
    }
  }

  @Test
  void thousandPushes_allArriveAtTheirOwnBrowsers() throws Exception {
    int senders = 20;
    int pushesOfEach = 50;
    Callable<Integer> sender =
        () -> {
          int accepted = 0;
          for (int i = 0; i < pushesOfEach; i++) {
            String host = StandInPushService.HOSTS.get(i % StandInPushService.HOSTS.size());
            Receipt receipt = send(service.subscribe(host, KEY.publicKey()));
            accepted += receipt instanceof Receipt.Accepted ? 1 : 0;
          }
          return accepted;
        };
    assertThat(TestServer.race(Collections.nCopies(senders, sender))).containsOnly(pushesOfEach);
    assertThat(service.faults()).isEmpty();
    assertThat(
            service.received().stream().map(ReceivedPush::subscription).collect(Collectors.toSet()))
        .hasSize(senders * pushesOfEach);
  }

  @Test
  void close_endsItsThreads() throws Exception {
    assertThat(send(browser)).isEqualTo(new Receipt.Accepted());
    notifier.close();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("HttpClient-")));
    assertThatThrownBy(() -> send(browser)).isInstanceOf(IOException.class);
  }

  // Without a proxy

  private WebPushNotifier direct(HostLookup lookup) {
    return new WebPushNotifier(
        settings, new Uplink(Optional.empty(), List.of(AUTHORITY.certificate())), clock, lookup);
  }

  @Test
  void hostThatNobodyKnows_isAnIoFailure() {
    try (WebPushNotifier direct =
        direct(
            host -> {
              throw new UnknownHostException("secret text of " + host);
            })) {
      assertThatThrownBy(() -> direct.send(browser.address(), notice(Notice.Kind.QUESTION)))
          .isInstanceOf(IOException.class)
          .hasMessage("no address of " + FIREFOX + " is known");
    }
  }

  @Test
  @Timeout(10)
  void lookUpThatTakesTooLong_isGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    try (WebPushNotifier direct =
        direct(
            host -> {
              awaitUninterruptibly(never);
              throw new UnknownHostException(host);
            })) {
      assertThatThrownBy(() -> direct.send(browser.address(), notice(Notice.Kind.QUESTION)))
          .isInstanceOf(IOException.class)
          .hasMessage("no address of " + FIREFOX + " in time");
    } finally {
      never.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // As a native call, which does not notice.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "64:ff9b::10.0.0.1",
        "8.8.8.8 10.0.0.1",
        "2a00:1450:4001:80b::200a ::1"
      })
  void hostThatLeadsIntoANetworkOfOurs_isNotAsked(String addresses) throws Exception {
    List<String> lookedUp = Collections.synchronizedList(new ArrayList<>());
    try (WebPushNotifier direct =
        direct(
            host -> {
              lookedUp.add(host);
              return Stream.of(addresses.split(" ", -1))
                  .map(InetAddress::ofLiteral)
                  .toArray(InetAddress[]::new);
            })) {
      Receipt.Misconfigured receipt =
          (Receipt.Misconfigured) direct.send(browser.address(), notice(Notice.Kind.QUESTION));
      assertThat(receipt.reason()).contains("not public");
      assertThat(receipt.remedy()).contains(FIREFOX);
      assertThat(lookedUp).containsExactly(FIREFOX);
    }
  }

  // Secrets

  @Test
  void texts_showNoEndpointAndNoToken() throws Exception {
    assertThat("" + settings + KEY + browser.address())
        .doesNotContain(browser.path(), KEY.publicKey());
    service.answers(new Manner.Closing());
    assertThatThrownBy(() -> send(browser))
        .satisfies(
            e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain(browser.path(), "vapid");
            });
  }
}
