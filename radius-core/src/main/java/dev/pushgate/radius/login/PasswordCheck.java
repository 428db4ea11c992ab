package dev.pushgate.radius.login;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.UserSource.Cause;
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
    if (request.client().sources().isPasswordCheckedByNas()) {
      return vouchedFor(userName.get(), request);
    }
    return switch (OfferedPassword.of(request)) {
      case OfferedPassword.Unusable(String why) -> new Checked(new Answer.Wrong(why), null);
      case OfferedPassword.Usable(Password.Pap pap) when request.client().dialogue().append() ->
          checkWithAppended(attempt(userName.get(), pap, request), pap);
      case OfferedPassword.Usable(Password password) ->
          new Checked(check(attempt(userName.get(), password, request)), null);
    };
  }

  private static Attempt attempt(String userName, Password password, AccessRequest request) {
    return new Attempt(userName, password, request.client(), request.packet(), request.answerBy());
  }

  /** The NAS has checked the password itself; what it sends as one may have a code behind it. */
  private Checked vouchedFor(String userName, AccessRequest request) throws InterruptedException {
    Client client = request.client();
    Answer answer =
        switch (users.find(userName, client)) {
          case Lookup.Known(User user) -> Answer.Right.withoutPassword(user);
          case Lookup.Barred(_, String reason) -> new Answer.Wrong(reason, null, Cause.DISABLED);
          case Lookup.Unknown() -> new Answer.Unknown();
          case Lookup.CannotTell _ ->
              new Answer.Unavailable("the source cannot tell who this is without a password");
          case Lookup.Unavailable(String reason) -> new Answer.Unavailable(reason);
        };
    return new Checked(answer, client.dialogue().append() ? appended(request) : null);
  }

  private static @Nullable String appended(AccessRequest request) {
    return OfferedPassword.of(request) instanceof OfferedPassword.Usable(Password.Pap pap)
        ? AppendedFactor.of(pap).map(AppendedFactor::appended).orElse(null)
        : null;
  }

  /**
   * One try is all that a directory gets, or it would count a password with a comma as wrong twice.
   * Where a second one costs nothing, the whole may be the password.
   */
  private Checked checkWithAppended(Attempt typed, Password.Pap pap) throws InterruptedException {
    Optional<AppendedFactor> split = AppendedFactor.of(pap);
    if (split.isEmpty()) {
      return new Checked(check(typed), null);
    }
    try {
      if (users.isCheap(typed) && users.check(typed) instanceof Answer.Right right) {
        return new Checked(right, null);
      }
      return new Checked(check(typed.withPassword(split.get().password())), split.get().appended());
    } finally {
      pap.clear();
    }
  }

  private Answer check(Attempt attempt) throws InterruptedException {
    try {
      return users.check(attempt);
    } finally {
      if (attempt.password() instanceof Password.Pap pap) {
        pap.clear();
      }
    }
  }
}
