package dev.pushgate;

import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scene for hostile phones: a login of alice waits all the while, untouched by what they say,
 * and in the end is approved by her own phone and accepted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WhileALoginWaits {
  static final String VERDICT = "verdict";
  static final String JOSE = "application/jose";

  /** Another client of the same server, whose logins have {@code 3 s}. */
  static final String BRIEF_CLIENT = "127.0.0.2";

  private final RawRequest request = new RawRequest(1, "alice", PASSWORD);
  private final ObjectMapper json = new ObjectMapper();
  private RunningPushgate pushgate;
  private RawNas nas;
  private Phone alice;
  private Phone bob;
  private Question question;

  /** A refusal, whose form has been checked. */
  record Refused(int status, String code, String body) {}

  @BeforeAll
  void aLoginWaits(@TempDir Path folder) throws Exception {
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "answer-within = 300s");
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        push.expiry = 300s
        clients.brief { address = "%s", secret = "%s", answer-within = 3s }
        """
            .formatted(BRIEF_CLIENT, RunningPushgate.SECRET),
        StandardOpenOption.APPEND);
    pushgate = RunningPushgate.startIn(folder);
    alice = pushgate.enrol("alice");
    bob = pushgate.enrol("bob");
    nas = pushgate.rawNas();
    nas.send(request);
    question = nextQuestion(alice);
  }

  @AfterEach
  void theLoginStillWaits() throws Exception {
    assertThat(alice.challenge(question.id())).isEqualTo(new Reply.Done<>(question));
  }

  @AfterAll
  void theLoginIsApprovedAndAccepted() throws Exception {
    try (RunningPushgate server = pushgate;
        RawNas waiting = nas) {
      assertThat(alice.approve(question, null))
          .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
      assertThat(waiting.reply(request).code()).isEqualTo(CheckedReply.ACCEPT);
      assertThat(server.server().waiting()).isZero();
    }
  }

  RunningPushgate pushgate() {
    return pushgate;
  }

  /** The phone that the waiting login asks. */
  Phone alice() {
    return alice;
  }

  /** A phone of another user. */
  Phone bob() {
    return bob;
  }

  /** What alice's phone is asked. */
  Question question() {
    return question;
  }

  static PrivateKey key(Phone phone) {
    try {
      return phone.account().key().toECPrivateKey();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The header of a JWS as it should be. */
  static String header(String type, Phone phone) {
    return "{\"alg\":\"ES256\",\"typ\":\"pushgate-%s+jwt\",\"kid\":\"%s\"}"
        .formatted(type, phone.account().device());
  }

  /** The payload of a verdict as it should be. */
  String verdictOn(Question asked, String verdict, long time) {
    return "{\"aud\":\"%s\",\"iat\":%d,\"challenge\":\"%s\",\"nonce\":\"%s\",\"verdict\":\"%s\"}"
        .formatted(pushgate.base(), time, asked.id(), asked.nonce(), verdict);
  }

  /** The payload with which the waiting login would be approved. */
  String approval() {
    return verdictOn(question, "approve", Instant.now().getEpochSecond());
  }

  /** Says that about the waiting login. */
  Refused verdict(String jws) throws IOException, InterruptedException {
    return post(verdictPath(question), jws);
  }

  static String verdictPath(Question asked) {
    return "/v1/challenges/" + asked.id() + "/verdict";
  }

  String bearer(Phone phone, String method, String path) {
    String payload =
        "{\"aud\":\"%s\",\"iat\":%d,\"htm\":\"%s\",\"htu\":\"%s\"}"
            .formatted(pushgate.base(), Instant.now().getEpochSecond(), method, path);
    return "Bearer " + ForgedJws.es256(key(phone), header("device", phone), payload);
  }

  Refused post(String path, String jws) throws IOException, InterruptedException {
    return refused(send("POST", path, JOSE, BodyPublishers.ofString(jws)));
  }

  HttpResponse<String> send(String method, String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(to(path).method(method, body).header("Content-Type", type));
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(pushgate.base() + path))
        // A body of unknown length is chunked there.
        .version(HttpClient.Version.HTTP_1_1);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return pushgate.http().send(request.build(), BodyHandlers.ofString());
  }

  /** Checks that the answer is a problem of RFC 9457 that no cache keeps. */
  Refused refused(HttpResponse<String> response) throws IOException {
    String body = response.body();
    assertThat(response.headers().allValues("Content-Type"))
        .as(body)
        .containsExactly("application/problem+json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    JsonNode problem = json.readTree(body);
    assertThat(problem.path("status").asInt()).isEqualTo(response.statusCode());
    return new Refused(response.statusCode(), problem.path("code").asText(), body);
  }

  static void assertRefused(Refused refused, int status, String code) {
    assertThat(refused.code()).as(refused.body()).isEqualTo(code);
    assertThat(refused.status()).isEqualTo(status);
  }
}
