package dev.pushgate.callback;

import static dev.pushgate.callback.ScriptedPhones.ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.callback.limit.Limits;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.phone.Refusal;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of docs/phone-api.md, over real TLS, one by one. */
final class PhoneApiTest {
  private RunningListener running;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    running = RunningListener.in(folder, Limits.DEFAULT, "https://127.0.0.1:4433/pushgate/");
    running.phones.challenge.countDown();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void eachVersionOfHttp_isServedOnVirtualThreads(HttpClient.Version version) throws Exception {
    HttpResponse<String> response =
        running.send(
            running
                .request("/v1/challenges?wait=0")
                .version(version)
                .header("Authorization", "Bearer a.b.c"));

    assertThat(response.version()).isEqualTo(version);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(running.phones.asked).containsExactly("challenges a.b.c /v1/challenges 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/pushgate"})
  void enrol_answers201(String prefix) throws Exception {
    HttpResponse<String> response =
        running.send(running.signed("POST", prefix + "/v1/devices", "the.j.ws"));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(json(response).toString())
        .isEqualTo(
            "{\"device\":\"%s\",\"user\":\"alice\",\"service\":\"Demo VPN\",\"name\":\"Alice's phone\"}"
                .formatted(ID));
    assertThat(running.phones.asked).containsExactly("enrol the.j.ws 127.0.0.1");
  }

  @Test
  void everyApiAnswer_mayNotBeStoredAndTellsNoSoftware() throws Exception {
    for (String path : List.of("/v1/config", "/v1/challenges", "/v1/nothing", "/healthz")) {
      HttpResponse<String> response = running.get(path);

      assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(response.headers().map())
          .doesNotContainKeys(
              "server", "x-powered-by", "access-control-allow-origin", "strict-transport-security");
    }
  }

  @Test
  void challenges_areShownAsTheContractSays() throws Exception {
    Question plain = ScriptedPhones.QUESTION;
    Question withNumber =
        new Question(
            "zyxwvutsrqponmlkjihgfe",
            "bm9uY2U",
            "älice",
            "Demo VPN",
            "fortigate-hq",
            "203.0.113.77",
            Instant.ofEpochSecond(7),
            Instant.ofEpochSecond(67),
            6);
    running.phones.open = List.of(withNumber, plain);

    HttpResponse<String> response = running.get("/pushgate/v1/challenges?wait=55");

    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(response.body())
        .isEqualTo(
            """
            {"challenges":[\
            {"id":"zyxwvutsrqponmlkjihgfe","nonce":"bm9uY2U","user":"älice","service":"Demo VPN",\
            "client":"fortigate-hq","from":"203.0.113.77","issued":7,"expires":67,\
            "match":"enter","digits":6},\
            {"id":"abcdefghijklmnopqrstuv","nonce":"bm9uY2U","user":"alice","service":"Demo VPN",\
            "client":"fortigate-hq","from":null,"issued":1000,"expires":1060,"match":"none"}]}""");
    assertThat(running.phones.asked).containsExactly("challenges null /v1/challenges 55");
  }

  @Test
  void choiceAndWhy_areShownAsTheContractSays() throws Exception {
    running.phones.open =
        List.of(
            ScriptedPhones.choosing(new ChallengeNotes(true, 3)),
            ScriptedPhones.choosing(new ChallengeNotes(false, 2)),
            ScriptedPhones.choosing(new ChallengeNotes(true, 1)));

    HttpResponse<String> response = running.get("/pushgate/v1/challenges?wait=55");

    String same =
        """
        {"id":"abcdefghijklmnopqrstuv","nonce":"bm9uY2U","user":"alice","service":"Demo VPN",\
        "client":"fortigate-hq","from":null,"issued":1000,"expires":1060,\
        "match":"choose","options":["12","47","83"]""";
    assertThat(response.body())
        .isEqualTo(
            "{\"challenges\":["
                + same
                + ",\"why\":[\"new-place\",\"many-requests\"],\"requests\":3},"
                + same
                + "},"
                + same
                + ",\"why\":[\"new-place\"]}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"56", "-1", "", "1.5", "x", "99999999999", "5&wait=5", "%zz", "%D9%A3"})
  void wait_outOfRange_isMalformed(String wait) throws Exception {
    String answer =
        running.raw(
            "GET /v1/challenges?wait="
                + wait
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"malformed\"");
    assertThat(running.phones.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Bearer a.b.c, a.b.c", "bearer  a.b.c, a.b.c", "Basic YTpi, null", "a.b.c, null"})
  void bearer_isTakenFromItsHeader(String header, String bearer) throws Exception {
    HttpResponse<String> response =
        running.send(running.request("/v1/challenges/" + ID).header("Authorization", header));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(running.phones.asked)
        .containsExactly("challenge %s /v1/challenges/%s %s".formatted(bearer, ID, ID));
  }

  @Test
  void verdict_answersTheState() throws Exception {
    HttpResponse<String> response =
        running.send(running.signed("POST", "/v1/challenges/" + ID + "/verdict", "a.b.c"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"state\":\"approved\"}");
    assertThat(running.phones.asked).containsExactly("settle " + ID + " a.b.c");
  }

  @Test
  void push_answersTheDevice() throws Exception {
    HttpResponse<String> response =
        running.send(running.signed("PUT", "/v1/devices/" + ID + "/push", "a.b.c"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"device\":\"" + ID + "\"}");
  }

  @Test
  void delete_answers204WithThePathBelowThePrefix() throws Exception {
    HttpResponse<String> response =
        running.send(
            running
                .request("/pushgate/v1/devices/" + ID)
                .DELETE()
                .header("Authorization", "Bearer a.b.c"));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(running.phones.asked)
        .containsExactly("remove a.b.c /v1/devices/%s %s".formatted(ID, ID));
  }

  @Test
  void config_tellsTheTime() throws Exception {
    assertThat(running.get("/v1/config").body())
        .isEqualTo("{\"api\":1,\"service\":\"Demo VPN\",\"time\":1700000000,\"webpush\":null}");
  }

  @Test
  void config_tellsTheKeyOfWebPush(@TempDir Path another) throws Exception {
    try (RunningListener withWebPush =
        RunningListener.withWebPush(another, "BK-key_of-the-server")) {
      assertThat(withWebPush.get("/v1/config").body())
          .isEqualTo(
              "{\"api\":1,\"service\":\"Demo VPN\",\"time\":1700000000,"
                  + "\"webpush\":{\"key\":\"BK-key_of-the-server\"}}");
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new Refusal.Malformed("no crit"), 400, "malformed"),
        Arguments.of(new Refusal.Signature(), 401, "signature"),
        Arguments.of(new Refusal.CodeInvalid(), 403, "code-invalid"),
        Arguments.of(new Refusal.Unknown(), 404, "unknown"),
        Arguments.of(new Refusal.KeyKnown(), 409, "key-known"),
        Arguments.of(new Refusal.Settled(Settlement.State.REPORTED), 409, "settled"),
        Arguments.of(new Refusal.Expired(), 410, "expired"),
        Arguments.of(new Refusal.WrongNumber(), 422, "match"),
        Arguments.of(new Refusal.TooMany(Duration.ofMillis(1500)), 429, "too-many"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_hasItsStatusAndCode(Refusal refusal, int status, String code) throws Exception {
    running.phones.refusal = refusal;

    HttpResponse<String> response =
        running.send(running.signed("POST", "/v1/challenges/" + ID + "/verdict", "a.b.c"));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(json(response).path("type").asText()).isEqualTo("about:blank");
    assertThat(json(response).path("title").asText()).isNotEmpty();
    assertThat(json(response).path("status").asInt()).isEqualTo(status);
    assertThat(json(response).path("code").asText()).isEqualTo(code);
    assertThat(header(response, "Retry-After")).isEqualTo(status == 429 ? "2" : "");
    assertThat(header(response, "WWW-Authenticate")).isEqualTo(status == 401 ? "Bearer" : "");
    assertThat(json(response).path("state").asText())
        .isEqualTo(code.equals("settled") ? "reported" : "");
    assertThat(json(response).path("detail").asText()).isEqualTo(status == 400 ? "no crit" : "");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/devices, 405, method, POST",
    "POST, /v1/challenges, 405, method, GET",
    "HEAD, /v1/challenges, 405, , GET",
    "OPTIONS, /v1/devices, 405, method, POST",
    "GET, /v1/challenges/abcdefghijklmnopqrstuv/verdict, 405, method, POST",
    "POST, /v1/config, 405, method, GET",
    "POST, /, 405, method, 'GET, HEAD'",
    "DELETE, /healthz, 405, method, 'GET, HEAD'",
    "GET, /v1/challenges/short, 404, unknown, ''",
    "GET, /v1/challenges/abcdefghijklmnopqrstu., 404, unknown, ''",
    "GET, /v1/challenges/abcdefghijklmnopqrstuvabcdefghijkl, 404, unknown, ''",
    "DELETE, /v1/devices/short, 404, unknown, ''",
    "GET, /v1/challenges/, 404, not-found, ''",
    "GET, /v1, 404, not-found, ''",
    "GET, /app, 404, not-found, ''",
    "GET, /pushgateway/v1/config, 404, not-found, ''",
    "GET, /pushgate/pushgate/v1/config, 404, not-found, ''",
    "GET, /v2/config, 404, not-found, ''",
  })
  void otherPathsAndMethods_areRefused(
      String method, String path, int status, String code, String allow) throws Exception {
    HttpResponse<String> response =
        running.send(running.request(path).method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "Allow")).isEqualTo(allow);
    if (code != null) {
      assertThat(json(response).path("code").asText()).isEqualTo(code);
    }
    assertThat(running.phones.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/josex", "text/plain;application/jose"})
  void signedBody_ofAnotherType_is415(String type) throws Exception {
    HttpRequest.Builder request =
        running
            .request("/v1/devices")
            .POST(BodyPublishers.ofString("a.b.c"))
            .header("Content-Type", type);

    HttpResponse<String> response = running.send(request);

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(json(response).path("code").asText()).isEqualTo("type");
    assertThat(running.phones.asked).isEmpty();
  }

  @Test
  void signedBody_withoutTypeIs415_andWithParametersIsTaken() throws Exception {
    assertThat(
            running
                .send(running.request("/v1/devices").POST(BodyPublishers.ofString("a.b.c")))
                .statusCode())
        .isEqualTo(415);
    assertThat(
            running
                .send(
                    running
                        .request("/v1/devices")
                        .POST(BodyPublishers.ofString("a.b.c"))
                        .header("Content-Type", "Application/JOSE; charset=utf-8"))
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void failureInside_tellsNothingOfItself() throws Exception {
    running.phones.failure = new IllegalStateException("the secret inside");

    HttpResponse<String> response = running.get("/v1/challenges/" + ID);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(json(response).path("code").asText()).isEqualTo("internal");
    assertThat(response.body()).doesNotContain("secret", "Exception", "dev.pushgate", "jetty");
  }

  @Test
  void health_isOk() throws Exception {
    assertThat(running.get("/healthz").body()).isEqualTo("ok");
  }
}
