package dev.pushgate.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test that docs/radius-rules.md names exists, and so does the row of its table. */
class RulesPageTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`(?: \"([^\"]+)\")?");

  @Test
  void tests_thatThePageNames_exist() throws IOException {
    Map<String, String> sources = testSources();
    List<String> missing = new ArrayList<>();
    Matcher named =
        NAMED.matcher(Files.readString(PROJECT.resolve("docs").resolve("radius-rules.md")));
    int found = 0;
    while (named.find()) {
      found++;
      String source = sources.getOrDefault(named.group(1), "");
      String row = named.group(3);
      if (!source.contains(" void " + named.group(2) + "(")
          || (row != null && !source.contains('"' + row + '"'))) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(found).isGreaterThan(40);
  }

  @Test
  void rows_ofThePage_eachNameATest() throws IOException {
    assertThat(Files.readAllLines(PROJECT.resolve("docs").resolve("radius-rules.md")))
        .filteredOn(line -> line.startsWith("| ") && !line.matches("\\| (---|rule|defect) .*"))
        .allMatch(line -> NAMED.matcher(line).find());
  }

  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> files =
        Files.find(
            PROJECT,
            20,
            (path, attributes) ->
                path.toString().contains("src/test/java")
                    && path.toString().endsWith("Test.java"))) {
      return files.collect(
          Collectors.toMap(
              path -> path.getFileName().toString().replace(".java", ""),
              RulesPageTest::read,
              (one, other) -> one + other));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
