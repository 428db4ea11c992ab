package dev.pushgate.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.notifier.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServicesTest {
  private static final String SERVICE = "fcm";
  private static final int MOST_AT_ONCE = 2;
  private static final Receipt TROUBLE = new Receipt.Unavailable("503");
  private static final Receipt ACCEPTED = new Receipt.Accepted();

  private final TestClock clock = new TestClock();
  private final Services services = new Services(clock);

  private Attempt attempt(String service, Receipt outcome) throws InterruptedException {
    return services.attempt(service, MOST_AT_ONCE, () -> true, () -> outcome);
  }

  private boolean isMade(String service, Receipt outcome) throws InterruptedException {
    return attempt(service, outcome) instanceof Attempt.Made;
  }

  private void fails(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      assertThat(attempt(SERVICE, TROUBLE)).isEqualTo(new Attempt.Made(TROUBLE));
    }
  }

  @Test
  void failuresInARow_openTheCircuitOfTheirServiceAlone() throws Exception {
    fails(Services.FAILURES);
    assertThat(isMade(SERVICE, ACCEPTED)).isFalse();
    assertThat(isMade("apns", ACCEPTED)).isTrue();
  }

  @Test
  void oneSuccessAmongTheLast_keepsItClosed() throws Exception {
    fails(Services.FAILURES - 1);
    assertThat(isMade(SERVICE, ACCEPTED)).isTrue();
    fails(Services.FAILURES - 1);
    assertThat(isMade(SERVICE, ACCEPTED)).isTrue();
  }

  @Test
  void trialThatFails_doublesThePauseUpToHalfAMinute() throws Exception {
    fails(Services.FAILURES);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(isMade(SERVICE, TROUBLE)).as("before %d s", seconds).isFalse();
      clock.advance(Duration.ofMillis(1));
      assertThat(isMade(SERVICE, TROUBLE)).as("after %d s", seconds).isTrue();
      assertThat(isMade(SERVICE, TROUBLE)).as("a second trial").isFalse();
    }
  }

  @Test
  void trialThatIsTaken_closesTheCircuit() throws Exception {
    fails(Services.FAILURES);
    clock.advance(Duration.ofMillis(1001));
    assertThat(isMade(SERVICE, ACCEPTED)).isTrue();
    fails(Services.FAILURES);
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
  void answersOfAServiceThatIsWell_openNoCircuit(Receipt answer) throws Exception {
    for (int i = 0; i < 3 * Services.FAILURES; i++) {
      assertThat(isMade(SERVICE, answer)).isTrue();
    }
  }

  /** An attempt that is under way until the test lets it end. */
  private FutureTask<Attempt> underWay(CountDownLatch begun, CountDownLatch end) {
    FutureTask<Attempt> attempt =
        new FutureTask<>(
            () ->
                services.attempt(
                    SERVICE,
                    MOST_AT_ONCE,
                    () -> true,
                    () -> {
                      begun.countDown();
                      try {
                        end.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return ACCEPTED;
                    }));
    Thread.startVirtualThread(attempt);
    return attempt;
  }

  @Test
  void asManyAsTheServiceTakes_areUnderWayAndNobodyWaitsForAnotherService() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(MOST_AT_ONCE);
    List<FutureTask<Attempt>> under = new ArrayList<>();
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      under.add(underWay(begun, end));
    }
    begun.await();
    CountDownLatch next = new CountDownLatch(1);
    FutureTask<Attempt> waiting = underWay(next, end);
    assertThat(isMade("apns", ACCEPTED)).isTrue();
    assertThat(next.getCount()).isEqualTo(1);
    end.countDown();
    under.add(waiting);
    for (FutureTask<Attempt> attempt : under) {
      assertThat(TestServer.result(attempt)).isEqualTo(new Attempt.Made(ACCEPTED));
    }
  }

  @Test
  void attemptThatIsNoLongerWanted_isNotMade() throws Exception {
    assertThat(services.attempt(SERVICE, MOST_AT_ONCE, () -> false, () -> ACCEPTED))
        .isEqualTo(new Attempt.NotWanted());
  }
}
