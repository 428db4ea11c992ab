package dev.pushgate.push.delivery;

import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is known of each push service: how many attempts are under way there, and whether it is
 * well.
 *
 * <p>Each service has a circuit breaker: after a row of failures nothing is sent there but one
 * trial now and then, so that a dead service costs no login its time. Those that wait for their
 * turn at one service wait for no other.
 */
final class Services {
  /** As many failures in a row open a circuit. */
  static final int FAILURES = 5;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final double FACTOR = 2;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final CircuitBreakerConfig rules;
  private final ConcurrentHashMap<String, Service> byName = new ConcurrentHashMap<>();

  private record Service(CircuitBreaker circuit, Semaphore turns) {}

  Services(InstantSource clock) {
    this.rules =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(FAILURES)
            .minimumNumberOfCalls(FAILURES)
            .failureRateThreshold(100)
            .waitIntervalFunctionInOpenState(
                IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, FACTOR, LONGEST_PAUSE))
            .permittedNumberOfCallsInHalfOpenState(1)
            .recordResult(result -> result instanceof Receipt.Unavailable)
            .clock(clock.withZone(ZoneOffset.UTC))
            .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
            .writableStackTraceEnabled(false)
            .build();
  }

  /**
   * Makes an attempt when it is its turn, unless the service's circuit is open.
   *
   * @param service as {@link Notifier#service} names it
   * @param mostAtOnce as {@link Notifier#mostAtOnce}
   * @param wanted whether the attempt is still wanted once it is its turn
   */
  Attempt attempt(String service, int mostAtOnce, BooleanSupplier wanted, Supplier<Receipt> attempt)
      throws InterruptedException {
    Service known =
        byName.computeIfAbsent(
            service,
            name -> new Service(CircuitBreaker.of(name, rules), new Semaphore(mostAtOnce, true)));
    known.turns().acquire();
    try {
      return wanted.getAsBoolean()
          ? new Attempt.Made(known.circuit().executeSupplier(attempt))
          : new Attempt.NotWanted();
    } catch (CallNotPermittedException e) {
      return new Attempt.CircuitOpen();
    } finally {
      known.turns().release();
    }
  }
}
