package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.standin.BrowserSubscription;
import dev.pushgate.push.standin.StandInApns;
import dev.pushgate.push.standin.StandInGoogle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins whose phones learn of them by a notification alone, through each of the services. */
@Timeout(120)
class PushServicesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APPLE_TOKEN = "ab".repeat(32);
  private static final String GOOGLE_TOKEN = "token-of-a-phone";
  private static final int LOGINS = 100;
  private static final String FROM = "203.0.113.77";

  private StandInWorld world;
  private RunningPushgate pushgate;
  private RawNas nas;

  /** The services. */
  private enum Way {
    APNS,
    FCM,
    WEBPUSH
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new StandInWorld();
    world.configure(folder, "answer-within = 30s");
    pushgate = RunningPushgate.startIn(folder);
    nas = pushgate.rawNas();
  }

  @AfterEach
  void close() {
    nas.close();
    pushgate.close();
    world.close();
  }

  /** A phone of alice's that is told that way. */
  private Phone phone(Way way) throws IOException, InterruptedException {
    Phone phone = pushgate.enrol("alice");
    assertThat(phone.changePush(address(way))).isInstanceOf(Reply.Done.class);
    return phone;
  }

  private PushAddress address(Way way) throws InterruptedException {
    return switch (way) {
      case APNS -> new PushAddress.Apns(APPLE_TOKEN);
      case FCM -> new PushAddress.Fcm(GOOGLE_TOKEN);
      case WEBPUSH -> subscription().address();
    };
  }

  private BrowserSubscription subscription() throws InterruptedException {
    String key = pushgate.state().vapidKeys().keptOrNew().publicKey();
    return world.browsers().subscribe(StandInWorld.BROWSERS, key);
  }

  /**
   * The messages that have come to phones that way, as the phones read them, but for those that
   * tell of the phones which were enrolled after them.
   */
  private List<JsonNode> messages(Way way) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    switch (way) {
      case APNS -> {
        for (StandInApns.Arrival arrival : world.apple().all()) {
          messages.add(JSON.readTree(arrival.payload()));
        }
      }
      case FCM -> world.google().bodies().forEach(body -> messages.add(body.at("/message/data")));
      case WEBPUSH -> {
        for (var push : world.browsers().received()) {
          messages.add(JSON.readTree(push.content()));
        }
      }
    }
    messages.removeIf(message -> message.toString().contains("\"New device\""));
    return messages;
  }

  private JsonNode message(Way way, int number) {
    return await().until(() -> messages(way), all -> all.size() > number).get(number);
  }

  private RawRequest login() throws IOException {
    RawRequest request =
        new RawRequest(7, "alice", PASSWORD).with(RawRequest.CALLING_STATION_ID, FROM);
    nas.send(request);
    return request;
  }

  private static Question question(Phone phone, JsonNode message)
      throws IOException, InterruptedException {
    if (phone.challenge(message.path("challenge").asText())
        instanceof Reply.Done<Question>(Question question)) {
      return question;
    }
    throw new AssertionError("the phone is not asked about the challenge of its message");
  }

  @ParameterizedTest
  @EnumSource
  void loginThatThePhoneLearnsOfByItsNotificationAlone_isAccepted(Way way) throws Exception {
    Phone phone = phone(way);
    RawRequest request = login();
    JsonNode message = message(way, 0);
    assertThat(message.path("v").asInt()).isEqualTo(1);
    assertThat(message.path("callback").asText()).isEqualTo(pushgate.base());

    Question question = question(phone, message);
    assertThat(message.path("expires").asLong()).isEqualTo(question.expires().getEpochSecond());
    assertThat(question.from()).isEqualTo(FROM);
    assertThat(phone.approve(question, null))
        .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
    assertThat(nas.reply(request).code()).isEqualTo(CheckedReply.ACCEPT);
  }

  /** Tells how long it takes, for docs/performance.md; how long it may take is not for a test. */
  @ParameterizedTest
  @EnumSource
  void everyLogin_leadsToANotificationInTurn(Way way) throws Exception {
    var _ = phone(way);
    List<Duration> times = new ArrayList<>();
    for (int number = 0; number < LOGINS; number++) {
      RawRequest request =
          new RawRequest(number, "alice", PASSWORD)
              .with(RawRequest.CALLING_STATION_ID, "203.0.113." + number);
      long begun = System.nanoTime();
      nas.send(request);
      int arrived = number;
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> arrivals(way) > arrived);
      times.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    assertThat(times).hasSize(LOGINS);
    Collections.sort(times);
    System.out.printf(
        "password to notification by %s: median %d ms, p95 %d ms, p99 %d ms, of %d logins%n",
        way,
        times.get(LOGINS / 2).toMillis(),
        times.get(LOGINS * 95 / 100).toMillis(),
        times.get(LOGINS * 99 / 100).toMillis(),
        LOGINS);
  }

  private int arrivals(Way way) {
    return switch (way) {
      case APNS -> world.apple().untold();
      case FCM -> world.google().bodies().size();
      case WEBPUSH -> world.browsers().received().size();
    };
  }

  @Test
  void firstOfThreePhones_decidesAndTheOthersAreToldSo() throws Exception {
    Phone iphone = phone(Way.APNS);
    phone(Way.FCM);
    phone(Way.WEBPUSH);
    RawRequest request = login();
    Question question = question(iphone, message(Way.APNS, 0));
    message(Way.FCM, 0);
    message(Way.WEBPUSH, 0);

    var _ = iphone.deny(question);
    assertThat(nas.reply(request).code()).isEqualTo(CheckedReply.REJECT);
    for (Way other : List.of(Way.FCM, Way.WEBPUSH)) {
      JsonNode replacement = message(other, 1);
      assertThat(replacement.path("challenge").asText()).isEqualTo(question.id());
      assertThat(replacement.path("expires").asLong()).isZero();
      assertThat(replacement.path("text").asText()).isEqualTo("This sign-in has been answered.");
    }
    assertThat(messages(Way.APNS)).hasSize(1);
  }

  @Test
  void nothingThatLeavesForAService_tellsWhoSignsInWhereOrFromWhere() throws Exception {
    List<Phone> phones = List.of(phone(Way.APNS), phone(Way.FCM), phone(Way.WEBPUSH));
    RawRequest request = login();
    Question question = question(phones.getFirst(), message(Way.APNS, 0));
    message(Way.FCM, 0);
    message(Way.WEBPUSH, 0);
    var _ = phones.getFirst().approve(question, null);
    assertThat(nas.reply(request).code()).isEqualTo(CheckedReply.ACCEPT);
    message(Way.FCM, 1);
    message(Way.WEBPUSH, 1);

    List<String> left = new ArrayList<>(world.google().received());
    world.apple().all().forEach(arrival -> left.add(arrival.toString()));
    world.browsers().received().forEach(push -> left.add(push.toString()));
    assertThat(left).hasSizeGreaterThanOrEqualTo(5);
    List<String> forbidden =
        new ArrayList<>(
            List.of(
                "alice",
                FROM,
                RunningPushgate.CLIENT,
                "Test VPN",
                PASSWORD,
                RunningPushgate.SECRET,
                question.nonce()));
    phones.forEach(phone -> forbidden.add(phone.account().device()));
    for (String text : forbidden) {
      assertThat(left).noneMatch(one -> lower(one).contains(lower(text)));
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Test
  void userWhosePhonesAreAllDead_isToldAtOnce() throws Exception {
    phone(Way.FCM);
    world
        .google()
        .answers(
            _ ->
                StandInGoogle.error(
                    404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED"));
    long begun = System.nanoTime();
    CheckedReply reply = nas.reply(login());
    assertThat(reply.code()).isEqualTo(CheckedReply.REJECT);
    assertThat(reply.message())
        .isEqualTo(
            "Your phone could not be notified. Please open the app on it, then sign in again.");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    assertThat(pushgate.state().devices().ofUser("alice"))
        .singleElement()
        .satisfies(device -> assertThat(device.health().retired()).isTrue());
  }

  @Test
  void pushesSwitchedOff_sendNothingAndTheOpenAppLetsIn(@TempDir Path folder) throws Exception {
    world.configure(folder, "answer-within = 30s");
    Files.writeString(
        folder.resolve("pushgate.conf"), "push.status = disable\n", StandardOpenOption.APPEND);
    try (RunningPushgate silent = RunningPushgate.startIn(folder);
        RawNas asking = silent.rawNas()) {
      Phone open = silent.enrol("alice");
      assertThat(open.changePush(new PushAddress.Fcm(GOOGLE_TOKEN))).isInstanceOf(Reply.Done.class);
      RawRequest request = new RawRequest(7, "alice", PASSWORD);
      asking.send(request);
      assertThat(open.approve(RunningPushgate.nextQuestion(open), null))
          .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
      assertThat(asking.reply(request).code()).isEqualTo(CheckedReply.ACCEPT);
    }
    assertThat(world.google().requests()).isZero();
  }
}
