package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNameTest {
  @ParameterizedTest
  @CsvSource({"alice, alice", "ALICE, alice", "a.b-c_9, a.b-c_9", "7, 7"})
  void plainNames_areLowerCase(String typed, String canonical) {
    assertThat(PlainName.canonical(typed)).contains(canonical);
  }

  /** A directory may take each of these for alice, or for i. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "älice",
        "alice ",
        " alice",
        "alice.",
        ".alice",
        "alice@corp",
        "CORP\\alice",
        "alice\u0000",
        "alice\u200d",
        "\uff41lice",
        "al\u0131ce",
        "al\u0130ce",
        "\u212Aate",
        "alice*",
        "alice,ou=x"
      })
  void namesWithOtherSpellings_areNotTaken(String typed) {
    assertThat(PlainName.canonical(typed)).isEmpty();
  }

  @Test
  void namesThatAreTooLong_areNotTaken() {
    assertThat(PlainName.canonical("a".repeat(64))).isPresent();
    assertThat(PlainName.canonical("a".repeat(65))).isEmpty();
  }

  @Test
  void refusal_isSafeToShow() {
    assertThat(PlainName.refusal("al\u202eice\n")).contains("al\\u{202e}ice\\u{a}");
  }
}
