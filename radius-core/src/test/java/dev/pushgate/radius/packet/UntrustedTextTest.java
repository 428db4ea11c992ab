package dev.pushgate.radius.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntrustedTextTest {

  @ParameterizedTest
  @CsvSource({
    "alice, alice",
    "'grüße 漢字 🔑', 'grüße 漢字 🔑'",
    "'\u001b[31mred', '\\u{1b}[31mred'",
    "'a\r\nb', 'a\\u{d}\\u{a}b'",
    "'a\u0000b', 'a\\u{0}b'",
    "'\u202egnp.exe', '\\u{202e}gnp.exe'",
    "'\u2066x\u2069', '\\u{2066}x\\u{2069}'",
    "'\u2028', '\\u{2028}'",
    "'\u009b31m', '\\u{9b}31m'",
    "'<b>&amp;', '<b>&amp;'",
  })
  void shown_ofHostileText_cannotMoveCursorsOrTurnDirections(String text, String shown) {
    assertThat(UntrustedText.shown(text)).isEqualTo(shown);
  }

  @Test
  void shown_ofLongText_isCutAt128CharactersAndSaysSo() {
    assertThat(UntrustedText.shown("x".repeat(128))).isEqualTo("x".repeat(128));
    assertThat(UntrustedText.shown("🔑".repeat(129))).isEqualTo("🔑".repeat(128) + "…");
  }

  @Test
  void decode_ofUtf8AndOfLatin1_givesTheSameText() {
    assertThat(UntrustedText.decode("grüße".getBytes(StandardCharsets.UTF_8))).isEqualTo("grüße");
    assertThat(UntrustedText.decode("grüße".getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo("grüße");
  }
}
