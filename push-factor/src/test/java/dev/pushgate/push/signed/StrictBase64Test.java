package dev.pushgate.push.signed;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StrictBase64Test {

  /** One in 64 would begin so by chance. */
  @Test
  void identifier_isNeverTakenForAnOption() {
    SecureRandom random = new SecureRandom();

    assertThat(Stream.generate(() -> StrictBase64.identifier(random)).limit(5_000))
        .allMatch(identifier -> identifier.matches("[A-Za-z0-9_][A-Za-z0-9_-]{21}"))
        .doesNotHaveDuplicates();
  }
}
