package dev.pushgate.server;

import dev.pushgate.push.device.PasswordConfirmation;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.nio.charset.StandardCharsets;

/** Asks the source of users, as a login by PAP would. */
final class PasswordOfUser implements PasswordConfirmation {
  private final UserSource users;

  PasswordOfUser(UserSource users) {
    this.users = users;
  }

  @Override
  public Answer check(String user, String password) throws InterruptedException {
    Password.Pap pap = new Password.Pap(password.getBytes(StandardCharsets.UTF_8));
    try {
      if (!pap.isPossible()) {
        return Answer.WRONG;
      }
      return switch (users.check(user, pap)) {
        // A source might know somebody else by that name as typed.
        case UserSource.Answer.Right right when isSame(right.user(), user) -> Answer.RIGHT;
        case UserSource.Answer.Right _, UserSource.Answer.Wrong _ -> Answer.WRONG;
        case UserSource.Answer.Unavailable _ -> Answer.UNAVAILABLE;
      };
    } finally {
      pap.clear();
    }
  }

  private static boolean isSame(User found, String name) {
    return found.name().equals(name);
  }
}
