package dev.pushgate.push.delivery;

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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One circuit breaker for each push service: after a row of failures nothing is sent there but one
 * trial now and then, so that a dead service costs no login its time.
 */
final class Circuits {
  /** As many failures in a row, or among the last ones, open a circuit. */
  static final int FAILURES = 5;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final double FACTOR = 2;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final CircuitBreakerConfig rules;
  private final ConcurrentHashMap<String, CircuitBreaker> byService = new ConcurrentHashMap<>();

  Circuits(InstantSource clock) {
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
   * Makes an attempt unless the service's circuit is open.
   *
   * @param service as {@link dev.pushgate.push.notifier.Notifier#service} names it
   * @return what came of it, or empty when it was not made
   */
  Optional<Receipt> attempt(String service, Supplier<Receipt> attempt) {
    CircuitBreaker circuit =
        byService.computeIfAbsent(service, name -> CircuitBreaker.of(name, rules));
    try {
      return Optional.of(circuit.executeSupplier(attempt));
    } catch (CallNotPermittedException e) {
      return Optional.empty();
    }
  }
}
