package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  @Test
  void challengesOfEveryKind_haveTheMembersThatAreDocumentedAndNoOthers(@TempDir Path folder)
      throws Exception {
    try (PhoneServer server = PhoneServer.start(folder)) {
      String told =
          server.toldAfter(
              "alice",
              () -> {
                server.askForNumber("alice", "471604").close();
                server.askToChoose("alice", new Choice(List.of("12", "47"), "47")).close();
                server.ask("alice", new ChallengeNotes(true, 3)).close();
              });

      JsonNode schema = api.at("/components/schemas/Challenge");
      Set<String> members = new TreeSet<>();
      Set<String> matches = new TreeSet<>();
      for (JsonNode challenge : new ObjectMapper().readTree(told).path("challenges")) {
        challenge.fieldNames().forEachRemaining(members::add);
        matches.add(challenge.path("match").asText());
        schema
            .path("required")
            .forEach(name -> assertThat(challenge.has(name.asText())).as(name.asText()).isTrue());
      }
      assertThat(members).isEqualTo(namesOf(schema.path("properties")));
      assertThat(matches)
          .isEqualTo(wordsOf(schema.at("/properties/match/enum")))
          .allSatisfy(word -> assertThat(page()).contains("\"" + word + "\""));
      assertThat(page()).contains("`new-place`", "`many-requests`", "\"options\"", "\"requests\"");
    }
  }

  private static Set<String> namesOf(JsonNode object) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> wordsOf(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("phone-api.md"));
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
