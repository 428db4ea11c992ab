package dev.pushgate.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushgate.callback.limit.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones that are too slow, too many, too large, or not phones at all. */
@Timeout(60)
final class LimitsTest {
  private static final String JWS_8192 = "a".repeat(8192);

  private static final String POST_JOSE =
      "POST /v1/devices HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n";

  private final Path folder;

  LimitsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static Limits limits(Duration quiet, Duration body) {
    return new Limits(100, 100, 100, 100, 1_000, 1_000, quiet, body);
  }

  private static Limits patient(int connectionsByAddress, int requestsByAddress, int burst) {
    return new Limits(
        100,
        connectionsByAddress,
        100,
        requestsByAddress,
        1,
        burst,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void bodyOf8KiB_isTaken_andOneOctetMoreIsNot(HttpClient.Version version) throws Exception {
    try (RunningListener running = RunningListener.in(folder)) {
      assertThat(
              running
                  .send(running.signed("POST", "/v1/devices", JWS_8192).version(version))
                  .statusCode())
          .isEqualTo(201);

      HttpResponse<String> refused =
          running.send(running.signed("POST", "/v1/devices", JWS_8192 + "a").version(version));
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(refused.body()).contains("\"code\":\"too-large\"");
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void bodySomewhatTooLarge_isReadToItsEnd_soThatThePhoneHearsWhy(HttpClient.Version version)
      throws Exception {
    try (RunningListener running = RunningListener.in(folder)) {
      for (int i = 0; i < 50; i++) {
        HttpResponse<String> refused =
            running.send(
                running.signed("POST", "/v1/devices", JWS_8192.repeat(7)).version(version));

        assertThat(refused.statusCode()).isEqualTo(413);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void bodyOfUnknownLength_isCountedWhileItIsRead(HttpClient.Version version) throws Exception {
    byte[] large = (JWS_8192 + "a").getBytes(StandardCharsets.US_ASCII);
    try (RunningListener running = RunningListener.in(folder)) {
      HttpResponse<String> refused =
          running.send(
              running
                  .request("/v1/devices")
                  .version(version)
                  .header("Content-Type", "application/jose")
                  .POST(
                      BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));

      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(running.phones.asked).isEmpty();
    }
  }

  @Test
  void endlessChunks_areCutOff() throws Exception {
    try (RunningListener running = RunningListener.in(folder);
        SSLSocket socket = running.socket()) {
      OutputStream out = socket.getOutputStream();
      write(out, POST_JOSE + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 9; i++) {
        write(out, "400\r\n" + "a".repeat(1024) + "\r\n");
      }

      assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("\"code\":\"too-large\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "headers        | 431 | too-large",
        "path           | 414 | too-large",
        "no host        | 400 | malformed",
        "two hosts      | 400 | malformed",
        "not HTTP       | 400 | malformed",
        "old HTTP       | 505 | internal",
        "bad length     | 400 | malformed",
        "both lengths   | 400 | malformed",
        "bad chunk      | 400 | malformed",
        "bad encoding   | 400 | malformed",
        "space in name  | 400 | malformed",
        "folded header  | 400 | malformed",
      })
  void brokenRequest_isRefusedInOurWords(String what, int status, String code) throws Exception {
    String head = "Host: x\r\nContent-Type: application/jose\r\nConnection: close\r\n";
    String post = "POST /v1/devices HTTP/1.1\r\n" + head;
    String request =
        switch (what) {
          case "headers" -> "GET / HTTP/1.1\r\n" + head + "X: " + "x".repeat(9000) + "\r\n\r\n";
          case "path" -> "GET /" + "x".repeat(9000) + " HTTP/1.1\r\n" + head + "\r\n";
          case "no host" -> "GET / HTTP/1.1\r\n\r\n";
          case "two hosts" -> "GET / HTTP/1.1\r\nHost: y\r\n" + head + "\r\n";
          case "not HTTP" -> "\u0001\u0002\u0003\r\n\r\n";
          case "old HTTP" -> "GET / HTTP/3.7\r\n" + head + "\r\n";
          case "bad length" -> post + "Content-Length: -1\r\n\r\n";
          case "both lengths" ->
              post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
          case "bad chunk" -> post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc";
          case "bad encoding" -> "GET /%zz HTTP/1.1\r\n" + head + "\r\n";
          case "space in name" -> "GET / HTTP/1.1\r\n" + head + "X y: z\r\n\r\n";
          case "folded header" -> "GET / HTTP/1.1\r\n" + head + "X: y\r\n z\r\n\r\n";
          default -> throw new IllegalArgumentException(what);
        };
    try (RunningListener running = RunningListener.in(folder)) {
      String answer = running.raw(request);

      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .contains("Content-Type: application/problem+json")
          .contains("X-Content-Type-Options: nosniff")
          .contains("Cache-Control: no-store")
          .contains("\"code\":\"" + code + "\"")
          .doesNotContainIgnoringCase("jetty")
          .doesNotContain("Exception", "\r\nServer:");
      assertThat(running.phones.asked).isEmpty();
    }
  }

  @Test
  void headersOverHttp2_areLimitedToo() throws Exception {
    try (RunningListener running = RunningListener.in(folder)) {
      assertThat(http2(running, "x".repeat(20_000))).isNotEqualTo(200);
      assertThat(http2(running, "x")).isEqualTo(200);
    }
  }

  /** The status, or 0 where the server ends the connection instead. */
  private static int http2(RunningListener running, String header) throws InterruptedException {
    try {
      return running
          .send(running.request("/healthz").version(HttpClient.Version.HTTP_2).header("X", header))
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET", "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "})
  void tricklingHeaders_areNotWaitedFor(String beginning) throws Exception {
    try (RunningListener running =
            RunningListener.in(folder, limits(Duration.ofMillis(400), Duration.ofSeconds(5)));
        SSLSocket socket = running.socket()) {
      socket.startHandshake();
      write(socket.getOutputStream(), beginning);

      // Each octet sets back Jetty's own clock; ours goes on.
      await()
          .pollInterval(Duration.ofMillis(100))
          .atMost(Duration.ofSeconds(5))
          .until(() -> !trickles(socket));
    }
  }

  private static boolean trickles(SSLSocket socket) {
    try {
      write(socket.getOutputStream(), "a");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void handshakeThatNeverComes_isNotWaitedFor() throws Exception {
    try (RunningListener running =
            RunningListener.in(folder, limits(Duration.ofMillis(400), Duration.ofSeconds(5)));
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), running.listener.port())) {
      socket.setSoTimeout(10_000);

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connectionBetweenRequests_staysForAWhile() throws Exception {
    try (RunningListener running = RunningListener.in(folder);
        SSLSocket socket = running.socket()) {
      for (int i = 0; i < 3; i++) {
        write(socket.getOutputStream(), "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        byte[] answer = new byte[2048];
        assertThat(socket.getInputStream().read(answer)).isPositive();
      }
    }
  }

  @Test
  void tricklingBody_is408() throws Exception {
    try (RunningListener running =
            RunningListener.in(folder, limits(Duration.ofSeconds(30), Duration.ofMillis(400)));
        SSLSocket socket = running.socket()) {
      write(socket.getOutputStream(), POST_JOSE + "Content-Length: 100\r\n\r\nabc");

      assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("\"code\":\"timeout\"");
      assertThat(running.phones.asked).isEmpty();
    }
  }

  @Test
  void connectionsOfOneAddress_areLimited() throws Exception {
    try (RunningListener running = RunningListener.in(folder, patient(3, 100, 100))) {
      List<SSLSocket> open = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        SSLSocket socket = running.socket();
        socket.startHandshake();
        open.add(socket);
      }

      assertThatThrownBy(() -> running.socket().startHandshake()).isInstanceOf(IOException.class);

      open.getFirst().close();
      await().ignoreExceptions().untilAsserted(() -> running.socket().startHandshake());
    }
  }

  @Test
  void requestsAtOnceOfOneAddress_areLimited() throws Exception {
    try (RunningListener running = RunningListener.in(folder, patient(100, 3, 100))) {
      List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        polls.add(
            running.http.sendAsync(
                running.request("/v1/challenges?wait=55").build(), BodyHandlers.ofString()));
      }
      await().until(() -> running.phones.waiting.get() == 3);

      assertTooMany(running.get("/healthz"));

      running.phones.challenge.countDown();
      for (CompletableFuture<HttpResponse<String>> poll : polls) {
        assertThat(poll.get().statusCode()).isEqualTo(200);
      }
      await().untilAsserted(() -> assertThat(running.get("/healthz").statusCode()).isEqualTo(200));
    }
  }

  @Test
  void requestsOfOneAddress_areLimitedInTime() throws Exception {
    try (RunningListener running = RunningListener.in(folder, patient(100, 100, 5))) {
      for (int i = 0; i < 4; i++) {
        assertThat(running.get("/healthz").statusCode()).isEqualTo(200);
      }

      assertTooMany(running.get("/healthz"));
    }
  }

  private static void assertTooMany(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("\"code\":\"too-many\"");
  }

  private static void write(OutputStream out, String octets) throws IOException {
    out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String answer(SSLSocket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
