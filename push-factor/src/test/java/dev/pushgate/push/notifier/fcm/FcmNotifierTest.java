package dev.pushgate.push.notifier.fcm;

import static dev.pushgate.push.standin.StandInGoogle.MESSAGING_HOST;
import static dev.pushgate.push.standin.StandInGoogle.TOKEN_HOST;
import static dev.pushgate.push.standin.StandInGoogle.accepted;
import static dev.pushgate.push.standin.StandInGoogle.badRequest;
import static dev.pushgate.push.standin.StandInGoogle.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.CapturedLog;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInGoogle;
import dev.pushgate.push.standin.StandInGoogle.Answer;
import dev.pushgate.push.standin.StandInProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class FcmNotifierTest {
  private static final String TOKEN = "dGhlLXBob25l:APA91bH-registration-token_of-the-phone";
  private static final PushAddress ADDRESS = new PushAddress.Fcm(TOKEN);
  private static final String CHALLENGE = "Q2hhbGxlbmdlLW51bWJlcg";
  private static final String BASE = "https://vpn.example.test:4433";
  private static final Duration PATIENT = Duration.ofMinutes(2);
  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  /** With the name of an exception alone. */
  private static final String NOT_USABLE = "no usable answer from Google: [A-Za-z]+";

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  private final TestClock clock = new TestClock();
  private final StandInAuthority authority = new StandInAuthority();
  private final StandInProxy proxy = new StandInProxy();
  private final StandInGoogle google = new StandInGoogle(authority);
  private final FcmSettings settings;
  private final FcmNotifier notifier;
  private final Notice notice =
      new Notice(Notice.Kind.QUESTION, CHALLENGE, BASE, clock.instant().plusSeconds(45));

  FcmNotifierTest(@TempDir Path folder) throws Exception {
    google.behind(proxy);
    this.settings = FcmSettings.read(google.writeServiceAccount(folder));
    this.notifier = notifier(PATIENT);
  }

  private FcmNotifier notifier(Duration limit) {
    return new FcmNotifier(settings, proxy.uplink(authority), clock, limit);
  }

  @AfterEach
  void close() {
    notifier.close();
    google.close();
    proxy.close();
  }

  private Receipt send() throws IOException, InterruptedException {
    return notifier.send(ADDRESS, notice);
  }

  private IOException failure(FcmNotifier by) {
    IOException failure = catchThrowableOfType(IOException.class, () -> by.send(ADDRESS, notice));
    assertThat(failure).isNotNull();
    assertThat(failure.getCause()).isNull();
    return failure;
  }

  @Test
  void question_isSentAsDataWithNothingElse() throws Exception {
    assertThat(send()).isEqualTo(new Receipt.Accepted());
    ObjectMapper json = new ObjectMapper();
    assertThat(google.bodies())
        .containsExactly(
            json.readTree(
                """
                {"message": {
                  "token": "%s",
                  "data": {
                    "v": "1", "challenge": "%s", "callback": "%s", "expires": "%d",
                    "title": "Sign-in request", "text": "Is it you who signs in? Open to answer."
                  },
                  "android": {"priority": "high", "ttl": "45s", "collapse_key": "%s"}
                }}"""
                    .formatted(
                        TOKEN, CHALLENGE, BASE, notice.until().getEpochSecond(), CHALLENGE)));
  }

  @Test
  void answered_takesThePlaceOfTheQuestion() throws Exception {
    notifier.send(ADDRESS, notice.answered());
    var message = google.bodies().getFirst().path("message");
    assertThat(message.path("android").path("collapse_key").asText()).isEqualTo(CHALLENGE);
    assertThat(message.path("data").path("expires").asText()).isEqualTo("0");
    assertThat(message.has("notification")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 1s", "999, 1s", "1999, 1s", "2000, 2s", "60000, 60s", "-60000, 1s"})
  void life_isWhatTheNoticeHasLeftAndNeverNowOrNever(long millis, String ttl) throws Exception {
    Notice other =
        new Notice(Notice.Kind.QUESTION, CHALLENGE, BASE, clock.instant().plusMillis(millis));
    notifier.send(ADDRESS, other);
    assertThat(google.bodies().getFirst().at("/message/android/ttl").asText()).isEqualTo(ttl);
  }

  @Test
  void namesAndAddresses_areItsOwn() {
    assertThat(notifier.name()).isEqualTo("fcm");
    assertThat(notifier.service(ADDRESS)).isEqualTo("fcm");
    assertThat(notifier.serves(ADDRESS)).isTrue();
    assertThat(notifier.serves(new PushAddress.Apns("00"))).isFalse();
    assertThat(notifier.serves(new PushAddress.Poll())).isFalse();
  }

  private static ObjectNode serviceDisabled() {
    return new ObjectMapper()
        .createObjectNode()
        .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
        .put("reason", "SERVICE_DISABLED")
        .put("domain", "googleapis.com");
  }

  static Stream<Arguments> refusals() {
    String badToken = "The registration token is not a valid FCM registration token";
    Optional<Duration> none = Optional.empty();
    return Stream.of(
        Arguments.of(
            error(404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED"),
            new Receipt.Dead("UNREGISTERED")),
        Arguments.of(
            error(403, "PERMISSION_DENIED", "SenderId mismatch", "SENDER_ID_MISMATCH"),
            new Receipt.Foreign("SENDER_ID_MISMATCH")),
        Arguments.of(
            error(400, "INVALID_ARGUMENT", badToken, "INVALID_ARGUMENT"),
            new Receipt.Dead("INVALID_ARGUMENT")),
        Arguments.of(
            error(400, "INVALID_ARGUMENT", "Invalid registration", badRequest("message.token")),
            new Receipt.Dead("INVALID_ARGUMENT")),
        Arguments.of(
            error(
                400,
                "INVALID_ARGUMENT",
                "Invalid value at 'message.data[0].value' (TYPE_STRING), 12",
                badRequest("message.data[0].value")),
            new Receipt.Refused("INVALID_ARGUMENT")),
        Arguments.of(
            error(400, "INVALID_ARGUMENT", "Message too big", "INVALID_ARGUMENT"),
            new Receipt.Refused("INVALID_ARGUMENT")),
        Arguments.of(
            error(429, "RESOURCE_EXHAUSTED", "Quota exceeded", "QUOTA_EXCEEDED"),
            new Receipt.TooMany("QUOTA_EXCEEDED", Optional.of(Duration.ofMinutes(1)))),
        Arguments.of(
            error(429, "RESOURCE_EXHAUSTED", "Quota exceeded", "QUOTA_EXCEEDED")
                .with("Retry-After", "17"),
            new Receipt.TooMany("QUOTA_EXCEEDED", Optional.of(Duration.ofSeconds(17)))),
        Arguments.of(
            error(503, "UNAVAILABLE", "The service is currently unavailable.", "UNAVAILABLE"),
            new Receipt.Unavailable("UNAVAILABLE", none)),
        Arguments.of(
            error(503, "UNAVAILABLE", "The service is currently unavailable.", "UNAVAILABLE")
                .with("Retry-After", "3"),
            new Receipt.Unavailable("UNAVAILABLE", Optional.of(Duration.ofSeconds(3)))),
        Arguments.of(
            error(500, "INTERNAL", "Internal error encountered.", "INTERNAL"),
            new Receipt.Unavailable("INTERNAL", none)),
        Arguments.of(new Answer(502, "<html>"), new Receipt.Unavailable("HTTP 502", none)),
        Arguments.of(new Answer(404, "<html>"), new Receipt.Refused("HTTP 404")),
        Arguments.of(new Answer(418, ""), new Receipt.Unavailable("HTTP 418", none)),
        Arguments.of(
            new Answer(500, "{\"error\": {\"status\": \"" + TOKEN + "\"}}"),
            new Receipt.Unavailable("HTTP 500", none)),
        Arguments.of(
            new Answer(500, "[".repeat(90_000)), new Receipt.Unavailable("HTTP 500", none)),
        Arguments.of(
            new Answer(500, "\0".repeat(90_000)), new Receipt.Unavailable("HTTP 500", none)),
        Arguments.of(
            new Answer(400, "{\"error\": {\"details\": 7, \"status\": [1]}}"),
            new Receipt.Refused("HTTP 400")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_isReadAsGoogleDocumentsIt_andNotRepeated(Answer answer, Receipt expected)
      throws Exception {
    google.answers(_ -> answer);
    assertThat(send()).isEqualTo(expected);
    assertThat(google.requests()).isEqualTo(1);
  }

  static Stream<Arguments> ourFaults() {
    return Stream.of(
        Arguments.of(
            error(401, "UNAUTHENTICATED", "Auth error from APNS", "THIRD_PARTY_AUTH_ERROR"),
            "THIRD_PARTY_AUTH_ERROR",
            "APNs key"),
        Arguments.of(
            new Answer(403, "{\"error\": {\"code\": 403, \"status\": \"PERMISSION_DENIED\"}}"),
            "PERMISSION_DENIED",
            "role Firebase Cloud Messaging API Admin"),
        Arguments.of(
            error(403, "PERMISSION_DENIED", "has not been used in project", serviceDisabled()),
            "SERVICE_DISABLED",
            "Switch the Firebase Cloud Messaging API (V1) on"),
        Arguments.of(new Answer(403, "<html>"), "HTTP 403", "proxy"));
  }

  @ParameterizedTest
  @MethodSource("ourFaults")
  void faultOfOurs_blamesNoAddressAndSaysWhatToDo(Answer answer, String reason, String remedy)
      throws Exception {
    google.answers(_ -> answer);
    assertThat(send())
        .isInstanceOfSatisfying(
            Receipt.Misconfigured.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(reason);
              assertThat(fault.remedy()).contains(remedy);
            });
    assertThat(google.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Tue, 24 Nov 2026 08:00:07 GMT | PT7S
          Tue, 24 Nov 2026 07:00:00 GMT | PT0S
          Tue, 24 Nov 2099 07:00:00 GMT | PT1H
          999999999999                  | PT1H
          99999999999999999999999999    |
          -5                            |
          soon                          |
          """)
  void retryAfter_isSecondsOrADateWithinBounds(String value, Duration expected) throws Exception {
    google.answers(_ -> new Answer(503, "").with("Retry-After", value));
    assertThat(send())
        .isEqualTo(new Receipt.Unavailable("HTTP 503", Optional.ofNullable(expected)));
  }

  @Test
  void accessToken_isFetchedOnceForManyPushes() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(send()).isEqualTo(new Receipt.Accepted());
    }
    assertThat(google.tokensGiven()).isEqualTo(1);
    assertThat(google.bodies()).hasSize(20);
    // Its connections are kept.
    assertThat(proxy.asked()).containsExactly(TOKEN_HOST + ":443", MESSAGING_HOST + ":443");
  }

  @Test
  void accessTokenThatIsNotTakenAnyMore_isRenewedAtOnce() throws Exception {
    send();
    google.revokesAccessToken();
    assertThat(send()).isEqualTo(new Receipt.Accepted());
    assertThat(google.tokensGiven()).isEqualTo(2);
  }

  @Test
  void newAccessTokenThatIsNotTakenEither_isAFaultOfOurs() throws Exception {
    google.answers(
        _ -> new Answer(401, "{\"error\": {\"code\": 401, \"status\": \"UNAUTHENTICATED\"}}"));
    assertThat(send())
        .isInstanceOfSatisfying(
            Receipt.Misconfigured.class,
            fault -> assertThat(fault.reason()).isEqualTo("UNAUTHENTICATED"));
    assertThat(google.requests()).isEqualTo(2);
    assertThat(google.tokensGiven()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, no access token: invalid_grant",
    "401, invalid_client, no access token: invalid_client",
    "401, unauthorized_client, no access token: unauthorized_client",
    "400, something-new, no access token: HTTP 400",
    "403, '', no access token: HTTP 403"
  })
  void tokenEndpointThatRefuses_isAFaultOfOurs(int status, String code, String reason)
      throws Exception {
    google.refusesToken(
        new Answer(
            status, "{\"error\": \"%s\", \"error_description\": \"%s\"}".formatted(code, TOKEN)));
    assertThat(send())
        .isInstanceOfSatisfying(
            Receipt.Misconfigured.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(reason);
              assertThat(fault.remedy()).contains("service account").contains("clock");
            });
    assertThat(google.requests()).isZero();
    assertThat(send()).isEqualTo(new Receipt.Accepted());
  }

  @ParameterizedTest
  @CsvSource({"500,", "503, 9", "429, 9", "302,", "408,"})
  void tokenEndpointInTrouble_isPassingForAllAddressesAndAskedOnce(int status, Long seconds)
      throws Exception {
    Answer trouble =
        new Answer(
            status,
            "",
            seconds == null
                ? Map.of("Location", "https://evil.test/token")
                : Map.of("Retry-After", seconds.toString()));
    google.refusesToken(trouble);
    assertThat(send())
        .isEqualTo(
            new Receipt.Unavailable(
                "no access token: HTTP " + status,
                Optional.ofNullable(seconds).map(Duration::ofSeconds)));
    assertThat(google.received()).hasSize(1);
    assertThat(proxy.asked()).containsOnly(TOKEN_HOST + ":443");
  }

  @Test
  void redirectOfAMessage_isNotFollowed() throws Exception {
    google.answers(_ -> new Answer(302, "").with("Location", "https://evil.test/messages"));
    assertThat(send()).isEqualTo(new Receipt.Unavailable("HTTP 302", Optional.empty()));
    assertThat(proxy.asked()).containsExactly(TOKEN_HOST + ":443", MESSAGING_HOST + ":443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "<html>",
        "{\"access_token\": 7}",
        "{\"access_token\": \"ya29.x\"}",
        "{\"access_token\": \"ya29.x\", \"expires_in\": \"soon\"}"
      })
  void garbageFromTheTokenEndpoint_isAFailureInOurWords(String body) {
    google.refusesToken(new Answer(200, body));
    assertThat(failure(notifier)).hasMessageMatching(NOT_USABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "<html>", "{\"name\": \"\"}", "{\"name\": null}"})
  void successThatIsNone_isAFailureInOurWords(String body) {
    google.answers(_ -> new Answer(200, body));
    assertThat(failure(notifier)).hasMessageMatching(NOT_USABLE);
  }

  @Test
  void answerThatIsTooLong_isNotRead() {
    google.answers(_ -> new Answer(200, "{\"name\": \"" + "x".repeat(100_000) + "\"}"));
    assertThat(failure(notifier)).hasMessageMatching(NOT_USABLE);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSING", "GARBAGE"})
  void connectionThatBreaks_isAFailure(StandInProxy.Trouble trouble) throws Exception {
    proxy.makes(trouble);
    assertThat(failure(notifier)).hasMessageMatching(NOT_USABLE);
    proxy.makes(StandInProxy.Trouble.NONE);
    assertThat(send()).isEqualTo(new Receipt.Accepted());
  }

  @Test
  void proxyThatDoesNotKnowGoogle_isAFailure() throws Exception {
    try (StandInProxy other = new StandInProxy();
        FcmNotifier lost = new FcmNotifier(settings, other.uplink(authority), clock)) {
      assertThat(failure(lost)).hasMessage("the proxy does not lead to Google");
    }
  }

  @Test
  void unknownAuthority_isNotTrusted() {
    Uplink trusting = new Uplink(Optional.of(proxy.address()), List.of());
    try (FcmNotifier other = new FcmNotifier(settings, trusting, clock)) {
      assertThat(failure(other))
          .hasMessage("no TLS connection to Google: its certificate is not trusted");
    }
    assertThat(google.received()).isEmpty();
  }

  @Test
  void certificateForAnotherName_isNotTrusted() throws Exception {
    try (TricklingServer other = new TricklingServer(authority, "evil.test", HEAD)) {
      proxy.leads(TOKEN_HOST, 443, other.address());
      assertThat(failure(notifier))
          .hasMessage("no TLS connection to Google: its certificate is not trusted");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "oauth2.googleapis.com, X-Endless:",
    "oauth2.googleapis.com, ",
    "fcm.googleapis.com, X-Endless:",
    "fcm.googleapis.com, "
  })
  void answerThatTrickles_isLeftAlone(String host, String header) throws Exception {
    String start = header == null ? HEAD + "Content-Length: 60000\r\n\r\n" : HEAD + header;
    try (TricklingServer slow = new TricklingServer(authority, host, start);
        FcmNotifier impatient = notifier(IMPATIENT)) {
      proxy.leads(host, 443, slow.address());
      assertThat(failure(impatient)).hasMessage("no answer from Google within 1000 ms");
      assertThat(slow.leftAlone().get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void silence_endsByTheLimit() {
    proxy.makes(StandInProxy.Trouble.SILENT);
    try (FcmNotifier impatient = notifier(IMPATIENT)) {
      assertThat(failure(impatient)).hasMessage("no answer from Google within 1000 ms");
    }
  }

  @Test
  void interruption_endsTheSendAndItsConnection() throws Exception {
    try (TricklingServer slow = new TricklingServer(authority, MESSAGING_HOST, HEAD)) {
      proxy.leads(MESSAGING_HOST, 443, slow.address());
      FutureTask<Receipt> sending = new FutureTask<>(this::send);
      Thread caller = Thread.ofPlatform().start(sending);
      slow.begun().get(10, TimeUnit.SECONDS);
      caller.interrupt();
      assertThatThrownBy(() -> sending.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(slow.leftAlone().get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closing_endsWhatIsUnderWayAndLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    FcmNotifier closing = notifier(PATIENT);
    closing.send(ADDRESS, notice);
    try (TricklingServer slow = new TricklingServer(authority, MESSAGING_HOST, HEAD)) {
      proxy.cut();
      proxy.leads(MESSAGING_HOST, 443, slow.address());
      FutureTask<Receipt> sending = new FutureTask<>(() -> closing.send(ADDRESS, notice));
      Thread.ofVirtual().start(sending);
      slow.begun().get(10, TimeUnit.SECONDS);
      closing.close();
      assertThatThrownBy(() -> sending.get(2, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
      assertThat(slow.leftAlone().get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(failure(closing)).hasMessage("closed");
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
        .filteredOn(thread -> !thread.getName().startsWith("pool-"))
        .allSatisfy(
            thread -> {
              assertThat(thread.isDaemon()).as(thread.getName()).isTrue();
              assertThat(thread.getName()).doesNotContainIgnoringCase("firebase");
            });
  }

  @Test
  void twoInOneServer_doNotClash() throws Exception {
    try (FcmNotifier other = notifier(PATIENT)) {
      assertThat(other.send(ADDRESS, notice)).isEqualTo(new Receipt.Accepted());
    }
    assertThat(send()).isEqualTo(new Receipt.Accepted());
  }

  @Test
  void thousandPushesAsManyAtOnceAsItTakes_arriveEachOnce() throws Exception {
    List<Callable<Receipt>> pushes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      PushAddress address = new PushAddress.Fcm(TOKEN + i);
      pushes.add(() -> notifier.send(address, notice));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(notifier.mostAtOnce())) {
      assertThat(threads.invokeAll(pushes))
          .hasSize(1_000)
          .extracting(Future::get)
          .containsOnly(new Receipt.Accepted());
    }
    assertThat(google.bodies())
        .extracting(body -> body.at("/message/token").asText())
        .doesNotHaveDuplicates()
        .hasSize(1_000);
    assertThat(google.tokensGiven()).isEqualTo(1);
  }

  @Test
  void textsAndLogs_haveNoSecret() throws Exception {
    List<String> texts = new ArrayList<>();
    try (CapturedLog log = new CapturedLog(Logger.ROOT_LOGGER_NAME, Level.TRACE)) {
      String echo = TOKEN + " ya29.stand-in-1 " + StandInGoogle.ACCOUNT + " " + CHALLENGE;
      List<Answer> answers =
          List.of(
              error(400, "INVALID_ARGUMENT", echo, "INVALID_ARGUMENT"),
              error(500, echo, echo, echo),
              new Answer(500, "").with("Retry-After", echo),
              new Answer(200, echo),
              accepted());
      for (Answer answer : answers) {
        google.answers(_ -> answer);
        try {
          texts.add(send().toString());
        } catch (IOException e) {
          texts.add(e.toString());
        }
      }
      google.revokesAccessToken();
      google.refusesToken(new Answer(400, "{\"error\": \"" + echo + "\"}"));
      texts.add(send().toString());
      texts.addAll(log.lines());
    }
    assertThat(texts)
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(TOKEN, "ya29.", StandInGoogle.ACCOUNT, CHALLENGE, "PRIVATE"));
  }
}
