package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.signed.MessageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/build-your-own-app.md and the files beside it, against what the server says and takes. */
class BuildYourOwnAppPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String SWIFT = "ios/Pushgate.swift";
  private static final String KOTLIN = "android/Pushgate.kt";

  private static final Pattern EXCERPT =
      Pattern.compile("<!-- (\\S+) -->\\n```(?:swift|kotlin)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("```(?:swift|kotlin)\\n");
  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");
  private static final Pattern OPERATION_IN_TEXT =
      Pattern.compile("`(GET|POST|PUT|DELETE) (/v1/[^`]*)`");
  private static final Pattern OPERATION_IN_CODE =
      Pattern.compile("\"(GET|POST|PUT|DELETE)\", (?:[\\w.]+(?:\\[0])?, )?\"(/v1/[^\"]*)\"");

  /** Of the API, of the page, of Swift and of Kotlin. */
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\{[a-z]+}|\\bID\\b|\\\\\\([^)]*\\)|\\$\\{[^}]*}|\\$\\w+");

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("build-your-own-app.md"));
  }

  private static String sample(String file) throws IOException {
    return Files.readString(DOCS.resolve("app").resolve(file));
  }

  private static JsonNode api() throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(DOCS.resolve("openapi.yaml").toFile());
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String operation(String method, String path) {
    return method + " " + IDENTIFIER.matcher(path.replaceFirst("\\?.*", "")).replaceAll("{}");
  }

  private static Set<String> operations(Pattern pattern, String text) {
    return all(pattern, text).stream()
        .map(found -> operation(found.group(1), found.group(2)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a device may ask for, each as {@code METHOD PATH}; {@code {}} stands for identifiers. */
  private static Set<String> operations() throws IOException {
    return api().path("paths").properties().stream()
        .filter(path -> path.getKey().startsWith("/v1/"))
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .map(
                        method ->
                            operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ObjectNode question() {
    return new Notice(
            Notice.Kind.QUESTION,
            "1C8PwU343ap_FuTEm-gc5g",
            "https://203.0.113.5:4433",
            Instant.ofEpochSecond(1_700_000_060L))
        .message();
  }

  private static JsonNode shownMessage(int index) throws IOException {
    return new ObjectMapper().readTree(all(JSON, page()).get(index).group(1));
  }

  @Test
  void codeOfThePage_standsInTheFileThatItNames() throws IOException {
    List<MatchResult> excerpts = all(EXCERPT, page());
    assertThat(excerpts).hasSameSizeAs(all(CODE, page())).isNotEmpty();
    for (MatchResult excerpt : excerpts) {
      assertThat(sample(excerpt.group(1))).contains(excerpt.group(2));
    }
  }

  @Test
  void links_leadToFiles() throws IOException {
    assertThat(all(LINK, page()))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(DOCS.resolve(link.group(1))).exists());
  }

  @Test
  void messageOverApns_isShownAsSent() throws IOException {
    JsonNode shown = shownMessage(0);
    ObjectNode custom = question();
    assertThat(shown.at("/aps/alert/title")).isEqualTo(custom.remove("title"));
    assertThat(shown.at("/aps/alert/body")).isEqualTo(custom.remove("text"));
    assertThat(shown.at("/aps/mutable-content").asInt()).isEqualTo(1);
    assertThat(((ObjectNode) shown.deepCopy()).without("aps").toString())
        .isEqualTo(custom.toString());
    String category = shown.at("/aps/category").asText();
    assertThat(category).isEqualTo("PUSHGATE_CHALLENGE");
    assertThat(sample("ios/AppDelegate.swift")).contains("identifier: \"" + category + "\"");
    String app = sample(SWIFT);
    assertThat(custom.properties())
        .allSatisfy(member -> assertThat(app).contains("message[\"" + member.getKey() + "\"]"));
  }

  @Test
  void messageOverFcm_isShownAsSent() throws IOException {
    JsonNode shown = shownMessage(1);
    ObjectNode sent = question();
    for (Map.Entry<String, JsonNode> member : List.copyOf(sent.properties())) {
      sent.put(member.getKey(), member.getValue().asText());
      assertThat(sample("android/SignIn.kt")).contains("data[\"" + member.getKey() + "\"]");
    }
    assertThat(shown).isEqualTo(sent);
  }

  @Test
  void operations_ofThePage_areThoseOfTheApi() throws IOException {
    assertThat(operations(OPERATION_IN_TEXT, page())).isEqualTo(operations());
  }

  @ParameterizedTest
  @ValueSource(strings = {SWIFT, KOTLIN})
  void operations_ofEachApp_areThoseOfTheApi(String file) throws IOException {
    Set<String> used = operations(OPERATION_IN_CODE, sample(file));
    // The one that is asked for without a signature.
    assertThat(sample(file)).contains("/v1/config");
    used.add("GET /v1/config");
    assertThat(used).isEqualTo(operations());
  }

  @ParameterizedTest
  @ValueSource(strings = {SWIFT, KOTLIN})
  void messageTypes_areSignedByEachAppAndNamedInThePage(String file) throws IOException {
    for (MessageType type : MessageType.values()) {
      assertThat(sample(file)).contains("\"" + type.typ() + "\"");
      assertThat(page()).contains("`" + type.typ() + "`");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SWIFT, KOTLIN})
  void answersToAVerdict_areDealtWithByEachAppAndExplainedInThePage(String file)
      throws IOException {
    String answer = sample(file).split("fun(?:c)? answer\\(", 2)[1];
    String body = answer.substring(0, answer.indexOf("\n    }\n"));
    String table = page().lines().filter(line -> line.matches("\\| [0-9]{3}\\b.*")).toList() + "";
    Stream<String> statuses =
        api()
            .at("/paths/~1v1~1challenges~1{challenge}~1verdict/post/responses")
            .properties()
            .stream()
            .map(Map.Entry::getKey);
    assertThat(statuses)
        .contains("200", "401", "409", "410", "422", "429")
        .allSatisfy(status -> assertThat(body).containsPattern("\\b" + status + "\\b"))
        .allSatisfy(status -> assertThat(table).containsPattern("\\b" + status + "\\b"));
  }

  @Test
  void buttons_needAnUnlockedPhone() throws IOException {
    assertThat(all(Pattern.compile("UNNotificationAction\\("), sample("ios/AppDelegate.swift")))
        .hasSameSizeAs(all(Pattern.compile("\\[\\.authenticationRequired"), page()))
        .hasSize(2);
    assertThat(sample("android/SignIn.kt"))
        .containsPattern("Action\\.Builder\\(.*\\.setAuthenticationRequired\\(true\\)");
  }
}
