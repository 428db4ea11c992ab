package dev.pushgate.radius.login;

import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import java.util.Optional;

/**
 * The first half of a login: finds out by which method a packet proves the password, and asks the
 * source of users.
 *
 * <p>Blocks; safe for use by many threads.
 */
final class PasswordCheck {
  private final UserSource users;

  PasswordCheck(UserSource users) {
    this.users = users;
  }

  /**
   * Checks what the packet offers.
   *
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Answer check(AccessRequest request) throws InterruptedException {
    Optional<String> userName = request.userName();
    if (userName.isEmpty()) {
      return new Answer.Wrong("there is not exactly one User-Name");
    }
    return switch (OfferedPassword.of(request)) {
      case OfferedPassword.Unusable(String why) -> new Answer.Wrong(why);
      case OfferedPassword.Usable(Password password) -> check(userName.get(), password);
    };
  }

  private Answer check(String userName, Password password) throws InterruptedException {
    try {
      return users.check(userName, password);
    } finally {
      if (password instanceof Password.Pap pap) {
        pap.clear();
      }
    }
  }
}
