package dev.pushgate.radius.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.user.PasswordDialogue;
import dev.pushgate.radius.user.UserSource.Answer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The prompts of sources of users, such as a token code that another RADIUS server wants, by State,
 * until they are answered or over.
 *
 * <p>Each can be answered once: a second packet with its State finds nothing. None is dropped for
 * want of room; at the bound there are no new ones. Safe for use by many threads.
 */
final class PasswordPrompts {
  private record Open(
      String scope, Optional<String> typedName, PasswordDialogue next, Duration lifetime) {
    boolean isFor(AccessRequest request) {
      return scope.equals(request.client().loginScope()) && typedName.equals(request.userName());
    }
  }

  private final SecureRandom random;
  private final Cache<State, Open> byState;

  PasswordPrompts(InstantSource clock, SecureRandom random) {
    this.random = random;
    this.byState =
        ClockedCaffeine.newBuilder(clock)
            .expireAfter(Expiry.<State, Open>creating((_, open) -> open.lifetime()))
            .build();
  }

  /**
   * Opens one for the user of this packet.
   *
   * @return what the answer must carry; empty at the bound
   */
  Optional<State> open(AccessRequest request, Answer.Asked asked) {
    if (byState.estimatedSize() >= Prompts.MOST) {
      return Optional.empty();
    }
    State state = State.random(random);
    byState.put(
        state,
        new Open(
            request.client().loginScope(), request.userName(), asked.next(), asked.answerWithin()));
    return Optional.of(state);
  }

  /** What waits for this answer; nobody else gets it from now on. */
  Optional<PasswordDialogue> take(State state, AccessRequest request) {
    Open open = byState.getIfPresent(state);
    return open != null && open.isFor(request) && byState.asMap().remove(state, open)
        ? Optional.of(open.next())
        : Optional.empty();
  }
}
