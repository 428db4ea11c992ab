package dev.pushgate.radius.login;

import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
   * What came of a check.
   *
   * @param appended the second factor that stood behind the password, or null where none did; a
   *     secret
   */
  record Checked(Answer answer, @Nullable String appended) {
    @Override
    public String toString() {
      return "Checked[" + answer + "]";
    }
  }

  /**
   * Checks what the packet offers.
   *
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Checked check(AccessRequest request) throws InterruptedException {
    Optional<String> userName = request.userName();
    if (userName.isEmpty()) {
      return new Checked(new Answer.Wrong("there is not exactly one User-Name"), null);
    }
    return switch (OfferedPassword.of(request)) {
      case OfferedPassword.Unusable(String why) -> new Checked(new Answer.Wrong(why), null);
      case OfferedPassword.Usable(Password.Pap pap) when request.client().dialogue().append() ->
          checkWithAppended(userName.get(), pap);
      case OfferedPassword.Usable(Password password) ->
          new Checked(check(userName.get(), password), null);
    };
  }

  /**
   * One try is all that a directory gets, or it would count a password with a comma as wrong twice.
   * Where a second one costs nothing, the whole may be the password.
   */
  private Checked checkWithAppended(String userName, Password.Pap typed)
      throws InterruptedException {
    Optional<AppendedFactor> split = AppendedFactor.of(typed);
    if (split.isEmpty()) {
      return new Checked(check(userName, typed), null);
    }
    try {
      if (users.isCheap(userName) && users.check(userName, typed) instanceof Answer.Right right) {
        return new Checked(right, null);
      }
      return new Checked(check(userName, split.get().password()), split.get().appended());
    } finally {
      typed.clear();
    }
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
