package dev.pushgate.radius.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.user.UserSource.Answer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The prompts that users have been shown, by State, until nobody can ask for them any more.
 *
 * <p>None is dropped for want of room; at the bound there are no new ones. Safe for use by many
 * threads.
 */
final class Prompts {
  /** As many as logins may wait for a phone. */
  static final int MOST = 125_000;

  private record Kept(Prompt prompt, Duration lifetime) {}

  private final InstantSource clock;
  private final SecureRandom random;
  private final Cache<State, Kept> byState;

  Prompts(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    this.byState =
        ClockedCaffeine.newBuilder(clock)
            .expireAfter(Expiry.<State, Kept>creating((_, kept) -> kept.lifetime()))
            .build();
  }

  /**
   * Opens a prompt, which may be answered from now on.
   *
   * @return empty at the bound
   */
  Optional<Prompt> open(String typedName, Asking asking, Answer.Right right, Outcome.Asked asked) {
    if (byState.estimatedSize() >= MOST) {
      return Optional.empty();
    }
    Instant answerBy = clock.instant().plus(asked.answerWithin());
    Prompt prompt =
        new Prompt(State.random(random), typedName, asking, right, asked.next(), answerBy);
    // An answer that came at the last moment may take a login's whole time to be decided.
    Duration lifetime = asked.answerWithin().plus(asking.login().client().answerWithin());
    byState.put(prompt.state(), new Kept(prompt, lifetime));
    return Optional.of(prompt);
  }

  /** The prompt that this packet answers: one of the same client and user. */
  Optional<Prompt> find(State state, AccessRequest request) {
    return Optional.ofNullable(byState.getIfPresent(state))
        .map(Kept::prompt)
        .filter(prompt -> prompt.isFor(request));
  }
}
