package dev.pushgate.callback;

import dev.pushgate.callback.certificate.SelfSignedCertificate;
import dev.pushgate.callback.certificate.ServerCertificate;
import dev.pushgate.callback.limit.Limits;
import dev.pushgate.callback.phone.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A listener on loopback with a certificate of its own, and a client that trusts it. */
final class RunningListener implements AutoCloseable {
  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

  final ScriptedPhones phones = new ScriptedPhones();
  final SelfSignedCertificate selfSigned;
  final CallbackListener listener;
  final HttpClient http;

  private RunningListener(
      Path folder,
      Limits limits,
      String base,
      List<InetAddress> addresses,
      Optional<String> webPushKey)
      throws IOException {
    URI baseAddress = URI.create(base);
    selfSigned = new SelfSignedCertificate(folder, InstantSource.system(), new SecureRandom());
    ServerCertificate certificate = selfSigned.keptOrNew(baseAddress);
    listener =
        new CallbackListener(
            new ListenerSettings(addresses, 0, baseAddress, "Demo VPN", webPushKey, limits),
            phones,
            Clock.fixed(NOW, ZoneOffset.UTC),
            certificate,
            standIn());
    listener.start();
    http = Trust.client(selfSigned.file());
  }

  static WebApp standIn() {
    return WebApp.beside(
        Objects.requireNonNull(RunningListener.class.getResource("stand-in/index.html")));
  }

  static RunningListener in(Path folder) throws IOException {
    return in(folder, Limits.DEFAULT);
  }

  static RunningListener in(Path folder, Limits limits) throws IOException {
    return in(folder, limits, "https://127.0.0.1:4433");
  }

  static RunningListener in(Path folder, Limits limits, String base) throws IOException {
    return new RunningListener(
        folder, limits, base, List.of(InetAddress.ofLiteral("127.0.0.1")), Optional.empty());
  }

  static RunningListener on(Path folder, List<InetAddress> addresses) throws IOException {
    return new RunningListener(
        folder, Limits.DEFAULT, "https://127.0.0.1:4433", addresses, Optional.empty());
  }

  static RunningListener withWebPush(Path folder, String key) throws IOException {
    return new RunningListener(
        folder,
        Limits.DEFAULT,
        "https://127.0.0.1:4433",
        List.of(InetAddress.ofLiteral("127.0.0.1")),
        Optional.of(key));
  }

  URI uri(String path) {
    return URI.create("https://127.0.0.1:" + listener.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpRequest.Builder signed(String method, String path, String jws) {
    return request(path)
        .method(method, BodyPublishers.ofString(jws))
        .header("Content-Type", "application/jose");
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** A TLS connection on which a test may misbehave. */
  SSLSocket socket() throws IOException {
    SSLSocket socket =
        (SSLSocket) http.sslContext().getSocketFactory().createSocket("127.0.0.1", listener.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** What the server answers, up to the end of the connection, to octets sent as they are. */
  String raw(String octets) throws IOException {
    try (SSLSocket socket = socket()) {
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    listener.stop();
  }
}
