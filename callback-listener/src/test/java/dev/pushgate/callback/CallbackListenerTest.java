package dev.pushgate.callback;

import static dev.pushgate.callback.ScriptedPhones.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushgate.callback.certificate.SelfSignedCertificate;
import dev.pushgate.callback.limit.Limits;
import dev.pushgate.callback.phone.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, stopping, binding and TLS of the listener, over real sockets. */
@Timeout(60)
final class CallbackListenerTest {
  private static final int TLS_ALERT = 21;

  private final Path folder;

  CallbackListenerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void stop_wakes500WaitingPhonesWithin2Seconds(HttpClient.Version version) throws Exception {
    try (RunningListener running = RunningListener.in(folder)) {
      List<CompletableFuture<HttpResponse<String>>> polls = polls(running, version, 500);
      await().atMost(Duration.ofSeconds(30)).until(() -> running.phones.waiting.get() == 500);

      long began = System.nanoTime();
      running.listener.stop();
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      assertThat(took).isLessThan(Duration.ofSeconds(2));
      assertThat(running.phones.waiting).hasValue(0);
      for (CompletableFuture<HttpResponse<String>> poll : polls) {
        HttpResponse<String> answer = poll.get(5, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body()).contains("\"code\":\"unavailable\"");
      }
    }
  }

  /** Lets phones wait. Java's client gives up where a connection's streams are used up. */
  private static List<CompletableFuture<HttpResponse<String>>> polls(
      RunningListener running, HttpClient.Version version, int count) throws IOException {
    List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
    HttpClient client = running.http;
    for (int i = 0; i < count; i++) {
      client = i % 100 == 0 ? Trust.client(running.selfSigned.file()) : client;
      polls.add(
          client.sendAsync(
              running.request("/v1/challenges?wait=55").version(version).build(),
              BodyHandlers.ofString()));
    }
    return polls;
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void challenge_wakesAllThatWait(HttpClient.Version version) throws Exception {
    try (RunningListener running = RunningListener.in(folder)) {
      List<CompletableFuture<HttpResponse<String>>> polls = polls(running, version, 300);
      await().atMost(Duration.ofSeconds(30)).until(() -> running.phones.waiting.get() == 300);

      running.phones.challenge.countDown();

      for (CompletableFuture<HttpResponse<String>> poll : polls) {
        assertThat(poll.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void waitingPhone_isNotTakenForIdle(HttpClient.Version version) throws Exception {
    Limits impatient = LimitsTest.limits(Duration.ofMillis(200), Duration.ofSeconds(1));
    try (RunningListener running = RunningListener.in(folder, impatient)) {
      HttpResponse<String> answer =
          running.send(running.request("/v1/challenges?wait=2").version(version));

      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void otherAddress_isNotBound() throws Exception {
    List<InetAddress> allowed = AllowedInterfaces.resolve(List.of("127.0.0.2")).addresses();
    try (RunningListener running = RunningListener.on(folder, allowed)) {
      int port = running.listener.port();

      try (Socket there = new Socket(InetAddress.ofLiteral("127.0.0.2"), port)) {
        assertThat(there.isConnected()).isTrue();
      }
      assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void severalAddresses_shareOnePort() throws Exception {
    List<InetAddress> allowed =
        AllowedInterfaces.resolve(List.of("127.0.0.1", "127.0.0.3")).addresses();
    try (RunningListener running = RunningListener.on(folder, allowed)) {
      for (String address : List.of("127.0.0.1", "127.0.0.3")) {
        try (Socket there = new Socket(InetAddress.ofLiteral(address), running.listener.port())) {
          assertThat(there.isConnected()).isTrue();
        }
      }
    }
  }

  @Test
  void noAddress_isEveryAddress() throws Exception {
    try (RunningListener running = RunningListener.on(folder, List.of())) {
      for (String address : List.of("127.0.0.1", "127.0.0.2")) {
        try (Socket there = new Socket(InetAddress.ofLiteral(address), running.listener.port())) {
          assertThat(there.isConnected()).isTrue();
        }
      }
    }
  }

  @Test
  void takenPort_isTold() throws Exception {
    try (RunningListener running = RunningListener.in(folder)) {
      ListenerSettings same =
          new ListenerSettings(
              List.of(InetAddress.ofLiteral("127.0.0.1")),
              running.listener.port(),
              URI.create("https://127.0.0.1"),
              "Demo VPN",
              Optional.empty(),
              Limits.DEFAULT);
      CallbackListener second =
          new CallbackListener(
              same,
              running.phones,
              InstantSource.system(),
              running.selfSigned.keptOrNew(URI.create("https://127.0.0.1")),
              RunningListener.standIn());

      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasRootCauseInstanceOf(BindException.class);
    }
  }

  @Test
  void reloadedCertificate_isShownToNewConnections_andOldOnesStay() throws Exception {
    Files.createDirectory(folder.resolve("a"));
    Files.createDirectory(folder.resolve("b"));
    try (RunningListener running = RunningListener.in(folder.resolve("a"))) {
      SelfSignedCertificate other =
          new SelfSignedCertificate(
              folder.resolve("b"), InstantSource.system(), new SecureRandom());
      try (SSLSocket old = running.socket()) {
        old.startHandshake();
        Certificate before = old.getSession().getPeerCertificates()[0];

        running.listener.reloadCertificate(other.keptOrNew(URI.create("https://127.0.0.1")));

        assertThat(ask(old)).startsWith("HTTP/1.1 200");
        try (HttpClient client = Trust.client(other.file());
            SSLSocket fresh =
                (SSLSocket)
                    client
                        .sslContext()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", running.listener.port())) {
          fresh.startHandshake();
          assertThat(fresh.getSession().getPeerCertificates()[0]).isNotEqualTo(before);
        }
      }
    }
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tls12And13_areSpoken(String protocol) throws Exception {
    try (RunningListener running = RunningListener.in(folder);
        SSLSocket socket = running.socket()) {
      socket.setEnabledProtocols(new String[] {protocol});

      assertThat(ask(socket)).startsWith("HTTP/1.1 200");
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  /** The client of this Java refuses TLS 1.1 itself, so the hello is written by hand. */
  @Test
  void tls11_isRefused() throws Exception {
    try (RunningListener running = RunningListener.in(folder);
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), running.listener.port())) {
      socket.setSoTimeout(10_000);
      byte[] suites = {(byte) 0xc0, 0x09, (byte) 0xc0, 0x0a, (byte) 0xc0, 0x13, 0x00, 0x2f};
      java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
      body.write(new byte[] {3, 2});
      body.write(new byte[32]);
      body.write(new byte[] {0, 0, (byte) suites.length});
      body.write(suites);
      body.write(new byte[] {1, 0});
      int length = body.size();
      java.io.ByteArrayOutputStream hello = new java.io.ByteArrayOutputStream();
      hello.write(new byte[] {22, 3, 1, 0, (byte) (length + 4), 1, 0, 0, (byte) length});
      body.writeTo(hello);

      socket.getOutputStream().write(hello.toByteArray());

      InputStream answer = socket.getInputStream();
      assertThat(answer.read()).isEqualTo(TLS_ALERT);
      assertThat(answer.readAllBytes()).endsWith(2, 70);
    }
  }

  @Test
  void phoneThatWentAway_waitsNoLonger() throws Exception {
    try (RunningListener running = RunningListener.in(folder)) {
      CompletableFuture<HttpResponse<String>> poll =
          running.http.sendAsync(
              running.request("/v1/challenges?wait=55").version(HttpClient.Version.HTTP_2).build(),
              BodyHandlers.ofString());
      await().until(() -> running.phones.waiting.get() == 1);

      // Over HTTP/2 the client tells the server that it has lost interest.
      poll.cancel(true);

      await().until(() -> running.phones.waiting.get() == 0);
      assertThat(running.get("/v1/challenges/" + ID).statusCode()).isEqualTo(200);
    }
  }
}
