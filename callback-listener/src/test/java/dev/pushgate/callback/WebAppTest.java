package dev.pushgate.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.limit.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web app's files over real HTTPS. */
final class WebAppTest {
  private RunningListener running;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    running = RunningListener.in(folder, Limits.DEFAULT, "https://127.0.0.1:4433/pushgate");
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html;charset=utf-8",
    "/enroll, text/html;charset=utf-8",
    "/index.html, text/html;charset=utf-8",
    "/app/main.js, text/javascript;charset=utf-8",
    "/manifest.webmanifest, application/manifest+json",
    "/icon.svg, image/svg+xml",
    "/pushgate/, text/html;charset=utf-8",
    "/pushgate/enroll, text/html;charset=utf-8",
    "/pushgate/app/main.js, text/javascript;charset=utf-8",
  })
  void eachFile_hasItsTypeAndHeaders(String path, String type) throws Exception {
    HttpResponse<String> response = running.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo(type);
    assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(response, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(header(response, "Permissions-Policy"))
        .isEqualTo("camera=(), microphone=(), geolocation=()");
    assertThat(header(response, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                + " 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
  }

  @Test
  void knownFile_isNotSentAgain() throws Exception {
    HttpResponse<String> first = running.get("/app/main.js");
    String tag = header(first, "ETag");

    HttpResponse<String> again =
        running.send(running.request("/app/main.js").header("If-None-Match", "\"x\", W/" + tag));
    HttpResponse<String> other =
        running.send(running.request("/icon.svg").header("If-None-Match", tag));

    assertThat(first.body()).isEqualTo("export {};\n");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void head_tellsTheLengthAndSendsNothing(java.net.http.HttpClient.Version version)
      throws Exception {
    HttpResponse<String> response =
        running.send(
            running
                .request("/app/main.js")
                .version(version)
                .method(HttpMethod.HEAD.asString(), BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Length")).isEqualTo("11");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void prefixWithoutSlash_isSentToThePage() throws Exception {
    HttpResponse<String> response = running.get("/pushgate");

    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(header(response, "Location")).isEqualTo("/pushgate/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../CallbackListener.class",
        "/app/../../CallbackListener.class",
        "/%2e%2e/CallbackListener.class",
        "/..%2fCallbackListener.class",
        "/app//main.js",
        "/app/main.js/",
        "/app\\main.js",
        "/index.html%00",
        "/INDEX.HTML",
        "/web/index.html",
      })
  void whatIsNotInTheApp_isNotServed(String path) throws Exception {
    String answer =
        running.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).containsPattern("^HTTP/1.1 40[04] ").contains("application/problem+json");
  }

  @Test
  void jar_servesWhatTheFolderServes(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("app with space.jar");
    try (FileSystem zip =
        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
      Files.createDirectories(zip.getPath("/there/web/app"));
      Files.writeString(zip.getPath("/there/web/index.html"), "<!doctype html>");
      Files.writeString(zip.getPath("/there/web/app/main.js"), "export {};");
      Files.writeString(zip.getPath("/there/secret.html"), "not of the app");
    }

    WebApp app = WebApp.beside(URI.create("jar:" + jar.toUri() + "!/there/web/index.html").toURL());

    assertThat(app.paths())
        .containsExactlyInAnyOrder("/", "/enroll", "/index.html", "/app/main.js");
  }

  @Test
  void shippedApp_hasAllThatItsPageNames() throws Exception {
    WebApp app = WebApp.shipped();

    String page =
        new String(
            Objects.requireNonNull(WebApp.class.getResourceAsStream("web/index.html"))
                .readAllBytes(),
            StandardCharsets.UTF_8);
    List<String> named =
        Pattern.compile("(?:href|src)=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map(each -> "/" + each.group(1))
            .toList();
    assertThat(named).isNotEmpty();
    assertThat(app.paths()).containsAll(named).contains("/", "/enroll", "/worker.js");
  }
}
