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
    Optional<Password.Pap> password =
        request.packet().revealPassword(request.client().secret()).map(Password.Pap::new);
    if (password.isEmpty()) {
      return new Answer.Wrong("no User-Password: of the methods, only PAP is served");
    }
    if (!password.get().isPossible()) {
      return new Answer.Wrong("the password is empty or holds a NUL");
    }
    try {
      return users.check(userName.get(), password.get());
    } finally {
      password.get().clear();
    }
  }
}
