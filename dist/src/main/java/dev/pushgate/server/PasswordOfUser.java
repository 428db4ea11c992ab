package dev.pushgate.server;

import dev.pushgate.push.device.PasswordConfirmation;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/** Asks the source of users, as a login by PAP would. */
final class PasswordOfUser implements PasswordConfirmation {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final UserSource users;
  private final InstantSource clock;

  PasswordOfUser(UserSource users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  @Override
  public Answer check(String user, String password) throws InterruptedException {
    Password.Pap pap = new Password.Pap(password.getBytes(StandardCharsets.UTF_8));
    try {
      if (!pap.isPossible()) {
        return Answer.WRONG;
      }
      return switch (users.check(new Attempt(user, pap, clock.instant().plus(PATIENCE)))) {
        // A source might know somebody else by that name as typed.
        case UserSource.Answer.Right right when isSame(right.user(), user) -> Answer.RIGHT;
        case UserSource.Answer.Right _, UserSource.Answer.Wrong _, UserSource.Answer.Unknown _ ->
            Answer.WRONG;
        // There is no prompt on the page that asks.
        case UserSource.Answer.Asked _, UserSource.Answer.Unavailable _, UserSource.Answer.Busy _ ->
            Answer.UNAVAILABLE;
      };
    } finally {
      pap.clear();
    }
  }

  private static boolean isSame(User found, String name) {
    return found.name().equals(name);
  }
}
