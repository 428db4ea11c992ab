package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** docs/openapi.yaml and docs/phone-api.md say what the server does. */
class PhoneApiDocumentTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String IDENTIFIER = "AAAAAAAAAAAAAAAAAAAAAA";

  private static RunningPushgate pushgate;
  private static JsonNode api;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    pushgate = RunningPushgate.start(folder, "");
    api = new ObjectMapper(new YAMLFactory()).readTree(DOCS.resolve("openapi.yaml").toFile());
  }

  @AfterAll
  static void stop() {
    pushgate.close();
  }

  @TestFactory
  Stream<DynamicTest> everyOperation_withoutASignature_answersAsTheDocumentSays() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        tests.add(
            dynamicTest(
                operation.getKey() + " " + path.getKey(),
                () -> check(operation.getKey(), path.getKey(), operation.getValue())));
      }
    }
    return tests.stream();
  }

  private static void check(String method, String path, JsonNode operation) throws Exception {
    HttpResponse<String> answer =
        send(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{[a-z]+}", IDENTIFIER));
    JsonNode documented = operation.path("responses").path(String.valueOf(answer.statusCode()));
    assertThat(documented.isMissingNode()).as("status %s", answer.statusCode()).isFalse();
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() >= 400) {
      assertThat(type).startsWith("application/problem+json");
      assertThat(codes())
          .contains(new ObjectMapper().readTree(answer.body()).path("code").asText());
    } else {
      assertThat(documented.path("content").properties())
          .anySatisfy(content -> assertThat(type).startsWith(content.getKey()));
    }
  }

  @Test
  void pathsBesideTheDocumented_areNotFound() throws Exception {
    assertThat(send("GET", "/v1/users").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/v1/challenges").statusCode()).isEqualTo(405);
  }

  @Test
  void codes_ofTheMachinesDocument_standInThePeoplesToo() throws Exception {
    String page = Files.readString(DOCS.resolve("phone-api.md"));
    assertThat(codes())
        .isNotEmpty()
        .allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
  }

  private static List<String> codes() {
    List<String> codes = new ArrayList<>();
    api.at("/components/schemas/Problem/properties/code/enum")
        .forEach(code -> codes.add(code.asText()));
    return codes;
  }

  private static HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return pushgate
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(pushgate.base() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
