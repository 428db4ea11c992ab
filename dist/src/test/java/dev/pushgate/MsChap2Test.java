package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vector of RFC 2759 section 9.2. */
class MsChap2Test {
  @Test
  void response_ofTheRfc_isTheRfcs() {
    HexFormat hex = HexFormat.of();
    byte[] response =
        MsChap2.response(
            "User",
            "clientPass",
            hex.parseHex("5b5d7c7d7b3f2f3e3c2c602132262628"),
            hex.parseHex("21402324255e262a28295f2b3a337c7e"));
    assertThat(response).hasSize(50);
    assertThat(hex.formatHex(Arrays.copyOfRange(response, 26, 50)))
        .isEqualTo("82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df");
  }
}
