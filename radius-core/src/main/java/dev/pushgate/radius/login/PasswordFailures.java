package dev.pushgate.radius.login;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.user.PasswordMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells how often a password was wrong in truth: FortiGate's {@code auth-type auto} tries one wrong
 * password by PAP, then by MS-CHAPv2, then by CHAP.
 *
 * <p>Safe for use by many threads.
 */
final class PasswordFailures {
  static final Duration ONE_ATTEMPT = Duration.ofSeconds(10);

  private record Who(String scope, String typedName, String address) {}

  /**
   * @param method the last one of the attempt
   * @param since when the attempt began
   */
  private record Attempt(PasswordMethod method, Instant since) {
    boolean isContinuedBy(PasswordMethod next, Instant now) {
      return method.compareTo(next) < 0 && now.isBefore(since.plus(ONE_ATTEMPT));
    }
  }

  private final InstantSource clock;
  private final Cache<Who, Attempt> attempts;

  PasswordFailures(InstantSource clock) {
    this.clock = clock;
    this.attempts = ClockedCaffeine.newBuilder(clock).expireAfterWrite(ONE_ATTEMPT).build();
  }

  /**
   * Whether a password goes on with an attempt: the NAS has just tried a wrong one by another
   * method, and this one by the next. Of many at once only one does, so that guesses cannot hide
   * behind an attempt.
   */
  boolean continues(AccessRequest request, PasswordMethod method) {
    Instant now = clock.instant();
    Who who = who(request);
    Attempt before = attempts.getIfPresent(who);
    return before != null
        && before.isContinuedBy(method, now)
        && attempts.asMap().replace(who, before, new Attempt(method, before.since()));
  }

  /** Takes note of a wrong password that goes on with no attempt, and so begins one. */
  void begin(AccessRequest request, PasswordMethod method) {
    attempts.put(who(request), new Attempt(method, clock.instant()));
  }

  private static Who who(AccessRequest request) {
    return new Who(
        request.client().loginScope(),
        request.userName().orElse(""),
        request.userAddress().orElse(""));
  }
}
