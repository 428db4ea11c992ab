package dev.pushgate.push.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                             | PT0S
          5                             | PT5S
          007                           | PT7S
          ' 5 '                         | PT5S
          3600                          | PT1H
          3601                          | PT1H
          999999999999999999            | PT1H
          Tue, 24 Nov 2026 08:00:30 GMT | PT30S
          Tue, 24 Nov 2026 09:00:01 GMT | PT1H
          Fri, 31 Dec 9999 23:59:59 GMT | PT1H
          Tue, 24 Nov 2026 08:00:00 GMT | PT0S
          Tue, 24 Nov 2026 07:59:00 GMT | PT0S
          Thu, 1 Jan 1970 00:00:00 GMT  | PT0S
          """)
  void secondsAndDates_areTheTimeToWaitWithinBounds(String value, Duration wait) {
    assertThat(RetryAfter.read(value, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "-5",
        "+5",
        "1.5",
        "1e3",
        "0x5",
        "5 s",
        "5, 6",
        "\u0665",
        "1000000000000000000",
        "99999999999999999999",
        "Tue, 24 Nov 2026",
        "Mon, 24 Nov 2026 08:00:30 GMT",
        "Tue, 24 Nov 2026 25:00:30 GMT",
        "Tue, 24 Nov +99999 08:00:30 GMT",
        "2026-11-24T08:00:30Z"
      })
  void anythingElse_saysNothing(String value) {
    assertThat(RetryAfter.read(value, NOW)).isEmpty();
  }

  @Test
  void noHeader_saysNothing() {
    assertThat(RetryAfter.read(null, NOW)).isEmpty();
  }
}
