package dev.pushgate.push.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {

  /** RFC 4648 section 10. */
  @ParameterizedTest
  @CsvSource({
    "f, MY======",
    "fo, MZXQ====",
    "foo, MZXW6===",
    "foob, MZXW6YQ=",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI======"
  })
  void vectorOfTheRfc_isWrittenAndRead(String text, String padded) throws Exception {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.encodePadded(octets)).isEqualTo(padded);
    assertThat(Base32.encode(octets)).isEqualTo(padded.replace("=", ""));
    assertThat(Base32.decodePadded(padded, "it")).isEqualTo(octets);
  }

  @Test
  void nothing_isNoLetters() {
    assertThat(Base32.encode(new byte[0])).isEmpty();
    assertThat(Base32.encodePadded(new byte[0])).isEmpty();
  }

  @Test
  void anyOctets_areReadAsTheyWereWritten() throws Exception {
    Random random = new Random(1);
    for (int length = 1; length <= 600; length += 7) {
      byte[] octets = new byte[length];
      random.nextBytes(octets);
      String text = Base32.encodePadded(octets);
      assertThat(text).matches("([A-Z2-7]{8})*[A-Z2-7]{2,8}={0,6}");
      assertThat(Base32.decodePadded(text, "it")).isEqualTo(octets);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "========",
        "A",
        "AA",
        "ab======",
        "AB======",
        "AA=====",
        "AA=======",
        "A=A=====",
        "MZXW6YT1",
        "MZXW6YT\u00c4",
        "MZXW6YTB========",
        "MZXW 6YTB",
        "MZXW6YTB\n"
      })
  void anotherSpelling_isMalformed(String text) {
    assertThatThrownBy(() -> Base32.decodePadded(text, "it"))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("it must be base32");
  }
}
