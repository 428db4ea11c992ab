package dev.pushgate.radius.user;

import java.time.Instant;
import java.util.Optional;

/**
 * A user as a file keeps them.
 *
 * @param user who it is
 * @param password what they must know
 * @param disabled whether they are refused all the same
 * @param validity when they may log in
 */
public record Account(User user, StoredPassword password, boolean disabled, Validity validity) {

  /** An account that can be used at any time. */
  public Account(User user, StoredPassword password, boolean disabled) {
    this(user, password, disabled, Validity.ALWAYS);
  }

  /** Why the user may not log in at this instant, however right the password is; safe to show. */
  public Optional<String> objection(Instant now) {
    return disabled ? Optional.of("user is disabled") : validity.objection(now);
  }
}
