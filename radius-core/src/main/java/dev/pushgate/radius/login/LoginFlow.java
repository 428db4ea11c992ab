package dev.pushgate.radius.login;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens between an Access-Request and its reply: the password is checked, then the second
 * factor asked.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>An Access-Accept is made in one place only, after a right password and an approving factor.
 * Wrong password, unknown and disabled user get the same words, not before the reject delay is
 * over.
 *
 * <p>Runs on a virtual thread for each login and simply blocks.
 */
public final class LoginFlow {
  private static final Logger log = LoggerFactory.getLogger(LoginFlow.class);

  private final PasswordCheck passwords;
  private final Map<String, SecondFactor> factors;
  private final Duration rejectDelay;
  private final InstantSource clock;

  /**
   * @param users checks passwords
   * @param factors second factors by the name that clients and users choose them by
   * @param rejectDelay how long after receipt a Reject for a wrong password leaves at the earliest
   */
  public LoginFlow(
      UserSource users,
      Map<String, SecondFactor> factors,
      Duration rejectDelay,
      InstantSource clock) {
    this.passwords = new PasswordCheck(users);
    this.factors = Map.copyOf(factors);
    this.rejectDelay = rejectDelay;
    this.clock = clock;
  }

  /**
   * Decides a login; blocks for as long as the user takes.
   *
   * @throws InterruptedException when its time is over or the server stops; whoever interrupted has
   *     answered in its stead
   */
  public Reply answer(AccessRequest request) throws InterruptedException {
    return switch (passwords.check(request)) {
      case Answer.Right right -> askSecondFactor(request, right);
      case Answer.Wrong(String reason) -> {
        log.info("{}: refused, {}", request, reason);
        sleepUntil(request.received().plus(rejectDelay), request.answerBy());
        yield Replies.reject(request, Words.WRONG_PASSWORD);
      }
      case Answer.Unavailable(String reason) -> {
        log.error("{}: refused, the source of users cannot say: {}", request, reason);
        yield Replies.reject(request, Words.UNAVAILABLE);
      }
    };
  }

  private Reply askSecondFactor(AccessRequest request, Answer.Right right)
      throws InterruptedException {
    User user = right.user();
    String name = Optional.ofNullable(user.factor()).orElse(request.client().factor());
    SecondFactor factor = factors.get(name);
    if (factor == null) {
      log.error("{}: refused, there is no second factor named '{}'", request, name);
      return Replies.reject(request, Words.UNAVAILABLE);
    }
    log.info("{}: the password of {} is right, asking {}", request, user.name(), name);
    Login login =
        new Login(
            request.loginId(),
            user,
            request.client(),
            request.userAddress().orElse(null),
            request.received());
    return switch (factor.verify(login, request.answerBy())) {
      case Outcome.Approved() -> {
        log.info("{}: {} approved, {}", request, user.name(), elapsed(request));
        yield Replies.accept(request, right);
      }
      case Outcome.Denied(String reason, String message) -> {
        log.info("{}: refused, {}, {}", request, reason, elapsed(request));
        yield Replies.reject(request, message);
      }
    };
  }

  private String elapsed(AccessRequest request) {
    return "after " + Duration.between(request.received(), clock.instant()).toMillis() + " ms";
  }

  private void sleepUntil(Instant wanted, Instant latest) throws InterruptedException {
    Instant end = wanted.isBefore(latest) ? wanted : latest;
    Duration left = Duration.between(clock.instant(), end);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }
}
