package dev.pushgate.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.notifier.Receipt;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CircuitsTest {
  private static final String SERVICE = "fcm";
  private static final Receipt TROUBLE = new Receipt.Unavailable("503");
  private static final Receipt ACCEPTED = new Receipt.Accepted();

  private final TestClock clock = new TestClock();
  private final Circuits circuits = new Circuits(clock);

  private boolean isMade(String service, Receipt outcome) {
    return circuits.attempt(service, () -> outcome).isPresent();
  }

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(circuits.attempt(SERVICE, () -> TROUBLE)).contains(TROUBLE);
    }
  }

  @Test
  void failuresInARow_openTheCircuitOfTheirServiceAlone() {
    fails(Circuits.FAILURES);
    assertThat(isMade(SERVICE, ACCEPTED)).isFalse();
    assertThat(isMade("apns", ACCEPTED)).isTrue();
  }

  @Test
  void oneSuccessAmongTheLast_keepsItClosed() {
    fails(Circuits.FAILURES - 1);
    assertThat(isMade(SERVICE, ACCEPTED)).isTrue();
    fails(Circuits.FAILURES - 1);
    assertThat(isMade(SERVICE, ACCEPTED)).isTrue();
  }

  @Test
  void trialThatFails_doublesThePauseUpToHalfAMinute() {
    fails(Circuits.FAILURES);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(isMade(SERVICE, TROUBLE)).as("before %d s", seconds).isFalse();
      clock.advance(Duration.ofMillis(1));
      assertThat(isMade(SERVICE, TROUBLE)).as("after %d s", seconds).isTrue();
      assertThat(isMade(SERVICE, TROUBLE)).as("a second trial").isFalse();
    }
  }

  @Test
  void trialThatIsTaken_closesTheCircuit() {
    fails(Circuits.FAILURES);
    clock.advance(Duration.ofMillis(1001));
    assertThat(isMade(SERVICE, ACCEPTED)).isTrue();
    fails(Circuits.FAILURES);
    assertThat(isMade(SERVICE, ACCEPTED)).isFalse();
    clock.advance(Duration.ofMillis(1001));
    assertThat(isMade(SERVICE, ACCEPTED)).isTrue();
  }

  static Stream<Receipt> answersOfAServiceThatIsWell() {
    return Stream.of(
        ACCEPTED,
        new Receipt.TooMany("429", Optional.empty()),
        new Receipt.Refused("PayloadTooLarge"),
        new Receipt.Dead("UNREGISTERED"),
        new Receipt.Foreign("SENDER_ID_MISMATCH"),
        new Receipt.Misconfigured("UNAUTHENTICATED", "Check push.fcm"));
  }

  @ParameterizedTest
  @MethodSource("answersOfAServiceThatIsWell")
  void answersOfAServiceThatIsWell_openNoCircuit(Receipt answer) {
    for (int i = 0; i < 3 * Circuits.FAILURES; i++) {
      assertThat(isMade(SERVICE, answer)).isTrue();
    }
  }
}
