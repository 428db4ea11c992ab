package dev.pushgate.radius.login;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.user.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What users have just refused, so that a NAS which tries one password method after the other
 * (FortiGate's {@code auth-type auto}) does not have them asked each time.
 *
 * <p>A refusal may be shared by several logins, an approval never. Safe for use by many threads.
 */
final class RecentRefusals {
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  /**
   * @param address where the user comes from, or empty where the NAS does not tell
   */
  private record Who(String scope, String user, String address) {
    static Who of(AccessRequest request, User user) {
      return new Who(request.client().loginScope(), user.name(), request.userAddress().orElse(""));
    }
  }

  private final Cache<Who, Outcome.Denied> refusals;

  RecentRefusals(InstantSource clock) {
    this.refusals = ClockedCaffeine.newBuilder(clock).expireAfterWrite(REMEMBERED).build();
  }

  /** Remembers a refusal, from now on. */
  void remember(AccessRequest request, User user, Outcome.Denied refusal) {
    refusals.put(Who.of(request, user), refusal);
  }

  /** The refusal that this user got a moment ago, here and from the same place. */
  Optional<Outcome.Denied> of(AccessRequest request, User user) {
    return Optional.ofNullable(refusals.getIfPresent(Who.of(request, user)));
  }
}
