package dev.pushgate.radius.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code that docs/embed.md shows is the code that the tests run. */
class EmbedDocumentTest {
  private static final Path SOURCES = Path.of("src/test/java/dev/pushgate/radius/embed");
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- (\\S+\\.java) -->\\n```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void examples_ofTheDocument_standInTheSourcesLineByLine() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/embed.md")));
    int found = 0;
    while (example.find()) {
      found++;
      assertThat(stripped(Files.readString(SOURCES.resolve(example.group(1)))))
          .as(example.group(1))
          .containsSequence(stripped(example.group(2)));
    }
    assertThat(found).isEqualTo(3);
  }

  private static List<String> stripped(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
