package dev.pushgate;

import static dev.pushgate.CheckedReply.ACCEPT;
import static dev.pushgate.CheckedReply.REJECT;
import static dev.pushgate.RunningPushgate.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.device.NamedInvitation;
import dev.pushgate.push.privacyidea.EnrolmentLink;
import dev.pushgate.push.standin.PrivacyIdeaApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole logins that the simulated privacyIDEA Authenticator answers over real HTTPS. */
class PrivacyIdeaLoginTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BITS = 4096;

  private static RunningPushgate start(Path folder) throws Exception {
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "answer-within = 30s");
    Path file = folder.resolve("pushgate.conf");
    Files.writeString(file, Files.readString(file) + "push.privacyidea = enable\n");
    return RunningPushgate.startIn(folder);
  }

  private static PrivacyIdeaApp invited(RunningPushgate pushgate) throws Exception {
    NamedInvitation invitation =
        pushgate.state().enrolmentCodes().issueNamed("alice", Duration.ofHours(1), pushgate.base());
    return new PrivacyIdeaApp(
        EnrolmentLink.of(
            invitation,
            EnrolmentLink.url(pushgate.base()).orElseThrow(),
            "alice",
            "Test VPN",
            Duration.ofHours(1),
            false),
        BITS,
        InstantSource.system());
  }

  private static HttpResponse<String> post(RunningPushgate pushgate, String url, String form)
      throws Exception {
    return pushgate
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .POST(BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .build(),
            BodyHandlers.ofString());
  }

  private static JsonNode taken(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("result").path("status").asBoolean()).isTrue();
    return body;
  }

  private static JsonNode value(HttpResponse<String> answer) throws Exception {
    return taken(answer).path("result").path("value");
  }

  private static void assertRefused(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode result = JSON.readTree(answer.body()).path("result");
    assertThat(result.path("status").asBoolean(true)).isFalse();
    assertThat(result.path("error").path("code").isInt()).isTrue();
    assertThat(result.path("error").path("message").asText()).isNotBlank();
  }

  private static HttpResponse<String> poll(RunningPushgate pushgate, PrivacyIdeaApp app)
      throws Exception {
    return pushgate
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(app.url() + "?" + app.poll())).build(),
            BodyHandlers.ofString());
  }

  private static JsonNode asked(RunningPushgate pushgate, PrivacyIdeaApp app) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> value(poll(pushgate, app)), list -> !list.isEmpty())
        .get(0);
  }

  @Test
  void login_answeredByTheApp_isAcceptedOrRejected(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = start(folder);
        RawNas nas = pushgate.rawNas()) {
      PrivacyIdeaApp app = invited(pushgate);
      assertThat(value(post(pushgate, app.url(), "")).asBoolean()).as("wake").isTrue();
      String key =
          taken(post(pushgate, app.url(), app.enrolment()))
              .path("detail")
              .path("public_key")
              .asText();
      assertThat(value(post(pushgate, app.url(), app.tokenUpdate())).asBoolean()).isTrue();

      RawRequest request =
          new RawRequest(7, "alice", PASSWORD).with(RawRequest.CALLING_STATION_ID, "203.0.113.77");
      nas.send(request);
      JsonNode question = asked(pushgate, app);
      assertThat(question.properties())
          .extracting(member -> member.getKey())
          .containsExactlyInAnyOrder(
              "nonce", "question", "title", "serial", "sslverify", "url", "signature");
      assertThat(question).allMatch(JsonNode::isTextual);
      String signed =
          String.join(
              "|",
              question.path("nonce").asText(),
              app.url(),
              app.serial(),
              "Does alice sign in at test-vpn from 203.0.113.77?",
              "Test VPN",
              "1");
      assertThat(PrivacyIdeaApp.hasSigned(key, signed, question.path("signature").asText()))
          .isTrue();
      String accept = app.accept(question.path("nonce").asText());
      assertThat(value(post(pushgate, app.url(), accept)).asBoolean()).isTrue();
      assertThat(nas.reply(request).code()).isEqualTo(ACCEPT);
      assertThat(value(post(pushgate, app.url(), accept)).asBoolean()).as("again").isTrue();

      RawRequest second = new RawRequest(8, "alice", PASSWORD);
      nas.send(second);
      String decline = app.decline(asked(pushgate, app).path("nonce").asText());
      assertThat(value(post(pushgate, app.url(), decline)).asBoolean()).isTrue();
      assertThat(nas.reply(second).code()).isEqualTo(REJECT);
    }
  }

  @Test
  void requests_thatAreHostile_areRefusedInTheAppsForm(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = start(folder)) {
      PrivacyIdeaApp app = invited(pushgate);
      assertRefused(post(pushgate, app.url(), "a=" + "x".repeat(9000)), 413);
      assertRefused(post(pushgate, app.url(), "nonce=A&nonce=B"), 400);
      assertRefused(post(pushgate, app.url(), "nonce=%ff"), 400);
      assertRefused(post(pushgate, app.url(), "other=1"), 400);
      assertRefused(post(pushgate, app.url(), app.tokenUpdate()), 401);
      assertRefused(
          post(
              pushgate,
              app.url(),
              app.enrolment().replace(app.said("enrollment_credential"), "A".repeat(26))),
          403);
      assertRefused(poll(pushgate, app), 401);
      assertRefused(
          pushgate
              .http()
              .send(
                  HttpRequest.newBuilder(URI.create(app.url()))
                      .POST(BodyPublishers.ofString("{}"))
                      .header("Content-Type", "application/json")
                      .build(),
                  BodyHandlers.ofString()),
          415);
      assertRefused(
          pushgate
              .http()
              .send(
                  HttpRequest.newBuilder(URI.create(app.url())).DELETE().build(),
                  BodyHandlers.ofString()),
          405);
    }
  }

  @Test
  void userWithAPhoneToo_isAskedOnBothAndTheFirstSettles(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = start(folder);
        RawNas nas = pushgate.rawNas()) {
      PrivacyIdeaApp app = invited(pushgate);
      var _ = taken(post(pushgate, app.url(), app.enrolment()));
      Phone phone = pushgate.enrol("alice");
      RawRequest request = new RawRequest(9, "alice", PASSWORD);
      nas.send(request);
      String late = app.decline(asked(pushgate, app).path("nonce").asText());
      assertThat(phone.approve(RunningPushgate.nextQuestion(phone), null))
          .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
      assertThat(nas.reply(request).code()).isEqualTo(ACCEPT);
      assertThat(value(post(pushgate, app.url(), late)).asBoolean(true)).isFalse();
    }
  }

  @Test
  void path_whileDisabled_isNotThere(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s")) {
      String url = pushgate.base() + EnrolmentLink.PATH;
      assertThat(post(pushgate, url, "").statusCode()).isEqualTo(404);
      assertThat(post(pushgate, url, "nonce=A").statusCode()).isEqualTo(404);
    }
  }
}
