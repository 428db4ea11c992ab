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
   * @param counts whether it was its first
   */
  private record Attempt(PasswordMethod method, Instant since, boolean counts) {
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
   * Takes note of a wrong password.
   *
   * @return whether it counts: false where the NAS has tried the same one by another method before
   */
  boolean counts(AccessRequest request, PasswordMethod method) {
    Who who =
        new Who(
            request.client().loginScope(),
            request.userName().orElse(""),
            request.userAddress().orElse(""));
    Instant now = clock.instant();
    return attempts
        .asMap()
        .compute(
            who,
            (_, before) ->
                before != null && before.isContinuedBy(method, now)
                    ? new Attempt(method, before.since(), false)
                    : new Attempt(method, now, true))
        .counts();
  }
}
