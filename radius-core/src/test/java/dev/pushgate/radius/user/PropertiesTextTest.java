package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
  private static final String[] PIECES = {
    "a", "b", "ü", "=", ":", " ", "\t", "\f", "#", "!", "\n", "\r", "\r\n", "\\\n", "\\\r\n",
    "\\\r", "\\\\", "\\=", "\\:", "\\ ", "\\#", "\\!", "\\t", "\\n", "\\r", "\\f", "\\u00fc",
    "\\u0041",
  };

  /** What is no problem here must mean what java.util.Properties takes it to mean. */
  @Test
  void textWithoutProblems_meansWhatPropertiesTakesItToMean() throws Exception {
    Random random = new Random(20260307);
    int compared = 0;
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      PropertiesText.Content content = new PropertiesText("users", text.toString()).read();
      if (content.problems().isEmpty()) {
        Properties expected = new Properties();
        expected.load(new StringReader(text.toString()));
        assertThat(lastOfEach(content)).as("%s", text).isEqualTo(expected);
        compared += expected.isEmpty() ? 0 : 1;
      }
    }
    assertThat(compared).isGreaterThan(20_000);
  }

  @Test
  void assignment_knowsWhereItStands() {
    String text = "# one\r\n\r\nalice = \\\r\n  xy\\\r\n  z\rbob:1";

    assertThat(new PropertiesText("users", text).read().assignments())
        .satisfiesExactly(
            alice -> {
              assertThat(alice.line()).isEqualTo(3);
              assertThat(alice.lastLine()).isEqualTo(5);
              assertThat(text.substring(alice.valueStart(), alice.end()))
                  .isEqualTo("\\\r\n  xy\\\r\n  z");
              assertThat(alice.value()).isEqualTo("xyz");
            },
            bob -> {
              assertThat(bob.line()).isEqualTo(6);
              assertThat(text.substring(bob.valueStart(), bob.end())).isEqualTo("1");
            });
  }

  @Test
  void printedAssignment_doesNotShowItsValue() {
    assertThat(new PropertiesText("users", "alice = hunter2").read().assignments().toString())
        .doesNotContain("hunter2");
  }

  private static Map<Object, Object> lastOfEach(PropertiesText.Content content) {
    return content.assignments().stream()
        .collect(Collectors.toMap(Assignment::key, Assignment::value, (first, last) -> last));
  }
}
