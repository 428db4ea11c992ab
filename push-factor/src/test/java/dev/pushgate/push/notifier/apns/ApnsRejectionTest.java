package dev.pushgate.push.notifier.apns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.notifier.Receipt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reasons that Pushy's mock server cannot give. */
class ApnsRejectionTest {

  private static Receipt receipt(int status, @Nullable String reason) {
    return ApnsRejection.receipt(status, reason, Optional.empty());
  }

  @Test
  void expiredToken_isDead() {
    assertThat(receipt(410, "ExpiredToken")).isEqualTo(new Receipt.Dead("ExpiredToken"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UnrelatedKeyIdInToken", "BadEnvironmentKeyIdInToken", "BadEnvironmentKeyInToken"})
  void keyOfAnotherAppOrEnvironment_isAFaultOfOurs(String reason) {
    assertThat(receipt(403, reason))
        .isInstanceOfSatisfying(
            Receipt.Misconfigured.class,
            fault -> assertThat(fault.remedy()).contains("push.apns."));
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "503", "504"})
  void answerOfTroubleWithoutAReason_isWorthARetry(int status) {
    assertThat(receipt(status, null)).isEqualTo(new Receipt.Unavailable("HTTP " + status));
  }

  @Test
  void tooManyWithoutAReason_isWorthARetry() {
    assertThat(receipt(429, null)).isEqualTo(new Receipt.TooMany("HTTP 429", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"400", "403", "404", "301", "100"})
  void otherAnswerWithoutAReason_refusesThisMessageAlone(int status) {
    assertThat(receipt(status, null)).isEqualTo(new Receipt.Refused("HTTP " + status));
  }

  @Test
  void reasonThatIsNotKnown_isShownSafely() {
    assertThat(receipt(400, "New\u001b[2J\n" + "x".repeat(10_000)))
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith("New\\u{1b}[2J\\u{a}x")
                    .hasSizeLessThan(160));
  }

  @Test
  void reasonInOtherCase_isNotTheSame() {
    assertThat(receipt(400, "baddevicetoken")).isEqualTo(new Receipt.Refused("baddevicetoken"));
  }
}
