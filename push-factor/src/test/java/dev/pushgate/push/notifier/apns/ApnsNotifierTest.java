package dev.pushgate.push.notifier.apns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.PushNotificationHandlerFactory;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.UnregisteredDeviceTokenException;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notice.Kind;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.push.notifier.apns.ApnsSettings.Environment;
import dev.pushgate.push.standin.StandInApns;
import dev.pushgate.push.standin.StandInApns.Arrival;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ApnsNotifierTest {
  private static final String TOPIC = "com.example.signin";
  private static final String KEY_ID = "ABC123DEFG";
  private static final String TEAM_ID = "TEAM123456";
  private static final String TOKEN = "0a".repeat(32);
  private static final PushAddress PHONE = new PushAddress.Apns(TOKEN);
  private static final Instant UNTIL = Instant.ofEpochSecond(4_000_000_000L / 2);
  private static final Notice NOTICE =
      new Notice(Kind.QUESTION, "Y2hhbGxlbmdlLW9mLTIyIQ", "https://vpn.example.test:4433", UNTIL);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StandInAuthority authority = new StandInAuthority();
  private final KeyPair keys;
  private final ApnsCredentials credentials;
  private final StandInProxy proxy;
  private @Nullable StandInApns apple;
  private final List<ApnsNotifier> notifiers = new ArrayList<>();

  ApnsNotifierTest() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    keys = generator.generateKeyPair();
    credentials =
        new ApnsCredentials.TokenKey(
            new ApnsSigningKey(KEY_ID, TEAM_ID, (ECPrivateKey) keys.getPrivate()));
    proxy = new StandInProxy();
  }

  @AfterEach
  void close() {
    notifiers.forEach(ApnsNotifier::close);
    if (apple != null) {
      apple.close();
    }
    proxy.close();
  }

  private StandInApns apple(PushNotificationHandler rules) throws Exception {
    return apple(_ -> rules);
  }

  private StandInApns apple(PushNotificationHandlerFactory rules) throws Exception {
    StandInApns started = new StandInApns(authority, rules).behind(proxy);
    apple = started;
    return started;
  }

  private static PushNotificationHandler rejecting(RejectedNotificationException why) {
    return (_, _) -> {
      throw why;
    };
  }

  /** Rules by which Pushy's mock server knows that token, topic and key, and no others. */
  private PushNotificationHandlerFactory realRules() throws Exception {
    ApnsVerificationKey key =
        new ApnsVerificationKey(KEY_ID, TEAM_ID, (ECPublicKey) keys.getPublic());
    return new ValidatingPushNotificationHandlerFactory(
        Map.of(TOPIC, Set.of(TOKEN)), Map.of(), Map.of(KEY_ID, key), Map.of(key, Set.of(TOPIC)));
  }

  private ApnsNotifier notifier() {
    return notifier(new ApnsSettings(credentials, TOPIC, Environment.PRODUCTION), PATIENCE);
  }

  private ApnsNotifier notifier(ApnsSettings settings, Duration patience) {
    ApnsNotifier notifier =
        new ApnsNotifier(settings, proxy.uplink(authority), InstantSource.system(), patience);
    notifiers.add(notifier);
    return notifier;
  }

  @ParameterizedTest
  @EnumSource
  void push_isTakenAtTheServiceOfItsEnvironment(Environment environment) throws Exception {
    apple(realRules());
    ApnsNotifier notifier = notifier(new ApnsSettings(credentials, TOPIC, environment), PATIENCE);
    assertThat(notifier.send(PHONE, NOTICE)).isEqualTo(new Receipt.Accepted());
    assertThat(proxy.asked()).containsOnly(environment.host() + ":443");
  }

  @Test
  void certificate_isShownAndNoToken() throws Exception {
    StandInApns service = apple((_, _) -> {});
    StandInAuthority.Identity identity = authority.identity("Apple Push Services");
    ApnsCredentials certificate =
        new ApnsCredentials.Certificate(identity.chain().getFirst(), identity.keys().getPrivate());
    ApnsNotifier notifier =
        notifier(new ApnsSettings(certificate, TOPIC, Environment.PRODUCTION), PATIENCE);
    assertThat(notifier.send(PHONE, NOTICE)).isEqualTo(new Receipt.Accepted());
    assertThat(service.connections())
        .containsExactly(new StandInApns.Connection("CN=Apple Push Services"));
    assertThat(service.next().headers())
        .containsEntry("apns-topic", TOPIC)
        .doesNotContainKey("authorization");
  }

  @Test
  void headers_areTheseAndNoMore() throws Exception {
    StandInApns service = apple((_, _) -> {});
    notifier().send(PHONE, NOTICE);
    Map<String, String> headers = service.next().headers();
    assertThat(headers.remove("authorization")).startsWith("bearer ");
    assertThat(headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                ":method", "POST",
                ":scheme", "https",
                ":authority", "api.push.apple.com",
                ":path", "/3/device/" + TOKEN,
                "apns-topic", TOPIC,
                "apns-push-type", "alert",
                "apns-priority", "10",
                "apns-expiration", "2000000000",
                "apns-collapse-id", NOTICE.challenge()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          QUESTION | 2000000000 | ,"interruption-level":"time-sensitive","sound":"default","category":"PUSHGATE_CHALLENGE"
          QUESTION_WITH_NUMBER | 2000000000 | ,"interruption-level":"time-sensitive","sound":"default"
          ANSWERED | 0 | ,"interruption-level":"passive"
          TEST | 0 | ,"sound":"default"
          """)
  void payload_isThisAndNoMore(Kind kind, long expires, String more) throws Exception {
    StandInApns service = apple((_, _) -> {});
    Notice notice = new Notice(kind, NOTICE.challenge(), NOTICE.callback(), UNTIL);
    notifier().send(PHONE, notice);
    String wanted =
        """
        {"aps":{"alert":{"title":"%s","body":"%s"},"mutable-content":1%s},
         "v":1,"challenge":"Y2hhbGxlbmdlLW9mLTIyIQ","callback":"https://vpn.example.test:4433",
         "expires":%d}
        """
            .formatted(notice.title(), notice.text(), more, expires);
    assertThat(json(service.next())).isEqualTo(new ObjectMapper().readTree(wanted));
  }

  private static JsonNode json(Arrival arrival) throws Exception {
    return new ObjectMapper().readTree(arrival.payload());
  }

  @Test
  void payloadThatAppleWouldNotTake_isNotSent() throws Exception {
    StandInApns service = apple((_, _) -> {});
    Notice large = new Notice(Kind.QUESTION, "c", "https://" + "a".repeat(4096), UNTIL);
    assertThat(notifier().send(PHONE, large))
        .isEqualTo(new Receipt.Refused("larger than Apple takes"));
    assertThat(service.untold()).isZero();
  }

  @Test
  void connection_isOpenBeforeTheFirstPush() throws Exception {
    StandInApns service = apple((_, _) -> {});
    ApnsNotifier notifier = notifier();
    await().until(() -> service.connections().size() == 1);
    assertThat(service.untold()).isZero();
    assertThat(notifier.send(PHONE, NOTICE)).isEqualTo(new Receipt.Accepted());
    assertThat(service.connections()).hasSize(1);
  }

  @Test
  void badToken_isDead() throws Exception {
    apple(rejecting(new RejectedNotificationException(RejectionReason.BAD_DEVICE_TOKEN)));
    assertThat(notifier().send(PHONE, NOTICE)).isEqualTo(new Receipt.Dead("BadDeviceToken"));
  }

  @Test
  void unregisteredToken_isDeadSinceThen() throws Exception {
    Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
    apple(rejecting(new UnregisteredDeviceTokenException(since)));
    assertThat(notifier().send(PHONE, NOTICE))
        .isEqualTo(new Receipt.Dead("Unregistered", Optional.of(since)));
  }

  @Test
  void unregisteredTokenOfTheFuture_isDeadSinceNow() throws Exception {
    apple(
        rejecting(new UnregisteredDeviceTokenException(Instant.now().plus(Duration.ofDays(400)))));
    assertThat(notifier().send(PHONE, NOTICE))
        .isInstanceOfSatisfying(
            Receipt.Dead.class,
            dead -> assertThat(dead.since().orElseThrow()).isBeforeOrEqualTo(Instant.now()));
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_PROVIDER_TOKEN, InvalidProviderToken, push.apns.key",
    "EXPIRED_PROVIDER_TOKEN, ExpiredProviderToken, clock",
    "MISSING_PROVIDER_TOKEN, MissingProviderToken, push.apns.key",
    "BAD_CERTIFICATE, BadCertificate, push.apns.certificate",
    "BAD_CERTIFICATE_ENVIRONMENT, BadCertificateEnvironment, push.apns.environment",
    "BAD_TOPIC, BadTopic, push.apns.topic",
    "MISSING_TOPIC, MissingTopic, push.apns.topic",
    "TOPIC_DISALLOWED, TopicDisallowed, push.apns.topic",
    "FORBIDDEN, Forbidden, revoked",
    "BAD_PATH, BadPath, proxy",
    "METHOD_NOT_ALLOWED, MethodNotAllowed, proxy",
  })
  void faultOfOurs_isToldWithItsRemedy(RejectionReason reason, String text, String remedy)
      throws Exception {
    apple(rejecting(new RejectedNotificationException(reason)));
    assertThat(notifier().send(PHONE, NOTICE))
        .isInstanceOfSatisfying(
            Receipt.Misconfigured.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(text);
              assertThat(fault.remedy()).contains(remedy);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_MANY_PROVIDER_TOKEN_UPDATES, TooManyProviderTokenUpdates",
    "INTERNAL_SERVER_ERROR, InternalServerError",
    "SERVICE_UNAVAILABLE, ServiceUnavailable",
    "SHUTDOWN, Shutdown",
    "IDLE_TIMEOUT, IdleTimeout",
  })
  void serviceInTrouble_isWorthARetry(RejectionReason reason, String text) throws Exception {
    apple(rejecting(new RejectedNotificationException(reason)));
    assertThat(notifier().send(PHONE, NOTICE)).isEqualTo(new Receipt.Unavailable(text));
  }

  @Test
  void tooManyRequests_concernThisTokenAlone() throws Exception {
    apple(rejecting(new RejectedNotificationException(RejectionReason.TOO_MANY_REQUESTS)));
    assertThat(notifier().send(PHONE, NOTICE))
        .isEqualTo(new Receipt.TooMany("TooManyRequests", Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BAD_COLLAPSE_ID",
        "BAD_EXPIRATION_DATE",
        "BAD_MESSAGE_ID",
        "BAD_PRIORITY",
        "DUPLICATE_HEADERS",
        "INVALID_PUSH_TYPE",
        "MISSING_DEVICE_TOKEN",
        "PAYLOAD_EMPTY",
        "PAYLOAD_TOO_LARGE"
      })
  void otherReasons_refuseThisMessageAlone(RejectionReason reason) throws Exception {
    apple(rejecting(new RejectedNotificationException(reason)));
    assertThat(notifier().send(PHONE, NOTICE)).isInstanceOf(Receipt.Refused.class);
  }

  @Test
  void tokenOfAnotherApp_isForeign() throws Exception {
    apple(realRules());
    assertThat(notifier().send(new PushAddress.Apns("0b".repeat(32)), NOTICE))
        .isEqualTo(new Receipt.Foreign("DeviceTokenNotForTopic"));
  }

  @Test
  void keyThatAppleDoesNotKnow_isAFaultOfOurs() throws Exception {
    apple(realRules());
    ApnsCredentials unknown =
        new ApnsCredentials.TokenKey(
            new ApnsSigningKey("UNKNOWN123", TEAM_ID, (ECPrivateKey) keys.getPrivate()));
    ApnsNotifier notifier =
        notifier(new ApnsSettings(unknown, TOPIC, Environment.PRODUCTION), PATIENCE);
    assertThat(notifier.send(PHONE, NOTICE))
        .isInstanceOfSatisfying(
            Receipt.Misconfigured.class,
            fault -> assertThat(fault.reason()).isEqualTo("InvalidProviderToken"));
  }

  @Test
  void providerTokenThatHasExpired_isMadeAnewOverANewConnection() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    StandInApns service =
        apple(
            (_, _) -> {
              if (requests.incrementAndGet() == 1) {
                throw new RejectedNotificationException(RejectionReason.EXPIRED_PROVIDER_TOKEN);
              }
            });
    assertThat(notifier().send(PHONE, NOTICE)).isEqualTo(new Receipt.Accepted());
    assertThat(service.connections()).hasSize(2);
  }

  @Test
  void connectionCutInMidFlight_isToldAndTheNextPushGoesThrough() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    StandInApns service = apple((_, _) -> awaitIgnoringInterrupts(cut));
    ApnsNotifier notifier = notifier();
    FutureTask<Receipt> push = sending(notifier);
    assertThat(service.next().payload()).contains(NOTICE.challenge());
    proxy.cut();
    assertThatThrownBy(() -> TestServer.result(push))
        .rootCause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("api.push.apple.com")
        .hasMessageNotContaining(TOKEN);
    cut.countDown();
    assertThat(notifier.send(PHONE, NOTICE)).isEqualTo(new Receipt.Accepted());
  }

  @Test
  void connectionThatHasGoneSilent_isReplacedByTheNextPush() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger connections = new AtomicInteger();
    apple(
        _ -> {
          boolean first = connections.incrementAndGet() == 1;
          return (_, _) -> {
            if (first) {
              awaitIgnoringInterrupts(end);
            }
          };
        });
    ApnsNotifier notifier =
        notifier(
            new ApnsSettings(credentials, TOPIC, Environment.PRODUCTION), Duration.ofMillis(500));
    assertThatThrownBy(() -> notifier.send(PHONE, NOTICE))
        .isInstanceOf(IOException.class)
        .hasMessage("no answer from api.push.apple.com");
    end.countDown();
    assertThat(TestServer.result(sendingUntilTaken(notifier))).isEqualTo(new Receipt.Accepted());
    assertThat(connections).hasValueGreaterThan(1);
  }

  @Test
  void proxyThatRefuses_isTold() throws Exception {
    assertThatThrownBy(() -> notifier().send(PHONE, NOTICE))
        .isInstanceOf(IOException.class)
        .hasMessage("api.push.apple.com: the proxy does not connect");
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSING", "GARBAGE"})
  void proxyInTrouble_isToldAndForgottenOnceItIsWell(StandInProxy.Trouble trouble)
      throws Exception {
    apple((_, _) -> {});
    proxy.makes(trouble);
    ApnsNotifier notifier = notifier();
    for (int i = 0; i < 8; i++) {
      assertThatThrownBy(() -> notifier.send(PHONE, NOTICE)).isInstanceOf(IOException.class);
    }
    proxy.makes(StandInProxy.Trouble.NONE);
    assertThat(TestServer.result(sendingUntilTaken(notifier))).isEqualTo(new Receipt.Accepted());
  }

  @Test
  void serviceByAnUnknownAuthority_isNotSpokenTo() throws Exception {
    try (StandInApns impostor = new StandInApns(new StandInAuthority()).behind(proxy)) {
      assertThatThrownBy(() -> notifier().send(PHONE, NOTICE))
          .isInstanceOf(IOException.class)
          .hasMessage("api.push.apple.com: its certificate is not trusted");
      assertThat(impostor.untold()).isZero();
    }
  }

  @Test
  void serviceByAnotherName_isNotSpokenTo() throws Exception {
    try (StandInApns impostor =
        new StandInApns(authority, authority.identity("push.example.test")).behind(proxy)) {
      assertThatThrownBy(() -> notifier().send(PHONE, NOTICE))
          .isInstanceOf(IOException.class)
          .hasMessage("api.push.apple.com: its certificate is not trusted");
      assertThat(impostor.untold()).isZero();
    }
  }

  @Test
  void serviceThatSpeaksNoHttp2_isTold() throws Exception {
    SSLContext tls = authority.identity(StandInApns.PRODUCTION).tls();
    try (ServerSocket web = tls.getServerSocketFactory().createServerSocket(0)) {
      Thread.startVirtualThread(() -> sayHttp1(web));
      proxy.leads(
          StandInApns.PRODUCTION,
          443,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), web.getLocalPort()));
      assertThatThrownBy(() -> notifier().send(PHONE, NOTICE))
          .isInstanceOf(IOException.class)
          .hasMessage("api.push.apple.com: the connection broke before an answer");
    }
  }

  private static void sayHttp1(ServerSocket web) {
    try {
      for (; ; ) {
        try (Socket client = web.accept()) {
          client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
          client.getOutputStream().flush();
          var _ = client.getInputStream().readAllBytes();
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void proxyWhoseNameIsNotKnown_isTold() throws Exception {
    Uplink uplink =
        new Uplink(
            Optional.of(InetSocketAddress.createUnresolved("proxy.invalid", 3128)), List.of());
    ApnsSettings settings = new ApnsSettings(credentials, TOPIC, Environment.PRODUCTION);
    try (ApnsNotifier notifier = new ApnsNotifier(settings, uplink, InstantSource.system())) {
      assertThatThrownBy(() -> notifier.send(PHONE, NOTICE))
          .isInstanceOf(IOException.class)
          .hasMessage("the name of the proxy is not known");
    }
  }

  @Test
  void tenThousandPushes_areTakenOverOneConnection() throws Exception {
    int pushes = 10_000;
    int threads = 250;
    StandInApns service = apple((_, _) -> {});
    ApnsNotifier notifier = notifier();
    List<FutureTask<Integer>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      FutureTask<Integer> some =
          new FutureTask<>(
              () -> {
                int taken = 0;
                for (int i = 0; i < pushes / threads; i++) {
                  taken += notifier.send(PHONE, NOTICE).equals(new Receipt.Accepted()) ? 1 : 0;
                }
                return taken;
              });
      running.add(some);
      Thread.startVirtualThread(some);
    }
    assertThat(running.stream().mapToInt(TestServer::result).sum()).isEqualTo(pushes);
    assertThat(service.untold()).isEqualTo(pushes);
    assertThat(service.connections()).hasSize(1);
  }

  @Test
  void close_whilePushesAreUnderWay_endsThemWithinItsLimit() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    StandInApns service = apple((_, _) -> awaitIgnoringInterrupts(end));
    ApnsNotifier notifier = notifier();
    List<FutureTask<Receipt>> pushes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      pushes.add(sending(notifier));
    }
    assertThat(service.next().payload()).contains(NOTICE.challenge());
    Instant start = Instant.now();
    notifier.close();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    for (FutureTask<Receipt> push : pushes) {
      assertThatThrownBy(() -> TestServer.result(push)).rootCause().isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> notifier.send(PHONE, NOTICE))
        .isInstanceOf(IOException.class)
        .hasMessage("Pushgate stops");
    end.countDown();
  }

  @Test
  void interruptedPush_endsAtOnce() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    StandInApns service = apple((_, _) -> awaitIgnoringInterrupts(end));
    ApnsNotifier notifier = notifier();
    FutureTask<Receipt> push = new FutureTask<>(() -> notifier.send(PHONE, NOTICE));
    Thread thread = Thread.startVirtualThread(push);
    assertThat(service.next().payload()).contains(NOTICE.challenge());
    thread.interrupt();
    assertThatThrownBy(() -> TestServer.result(push))
        .rootCause()
        .isInstanceOf(InterruptedException.class);
    end.countDown();
  }

  private static FutureTask<Receipt> sending(ApnsNotifier notifier) {
    FutureTask<Receipt> push = new FutureTask<>(() -> notifier.send(PHONE, NOTICE));
    Thread.startVirtualThread(push);
    return push;
  }

  /** As a delivery does it: what was under way when trouble ended may fail once more. */
  private static FutureTask<Receipt> sendingUntilTaken(ApnsNotifier notifier) {
    FutureTask<Receipt> push =
        new FutureTask<>(
            () -> {
              for (int tries = 1; ; tries++) {
                try {
                  return notifier.send(PHONE, NOTICE);
                } catch (IOException e) {
                  if (tries == 3) {
                    throw e;
                  }
                }
              }
            });
    Thread.startVirtualThread(push);
    return push;
  }

  private static void awaitIgnoringInterrupts(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
