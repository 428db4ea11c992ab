package dev.pushgate.radius.login;

import dev.pushgate.radius.login.PasswordCheck.Checked;
import dev.pushgate.radius.login.PasswordPauses.Turn;
import dev.pushgate.radius.login.PendingReply.Wait;
import dev.pushgate.radius.user.PasswordDialogue;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Checks passwords, unless too many wrong ones came before, and tells which wrong ones count.
 *
 * <p>Blocks; safe for use by many threads.
 */
final class PacedCheck {
  private final PasswordCheck passwords;
  private final PasswordPauses pauses;
  private final PasswordFailures failures;

  PacedCheck(UserSource users, InstantSource clock) {
    this.passwords = new PasswordCheck(users);
    this.pauses = new PasswordPauses(users::counted, clock);
    this.failures = new PasswordFailures(clock);
  }

  /** What a packet's password came to. */
  sealed interface Finding {
    /**
     * @param counts of a wrong one, whether it does: not where the NAS has tried the same by
     *     another method before
     */
    record Answered(Checked checked, boolean counts) implements Finding {}

    /**
     * Nobody was asked.
     *
     * @param left how long it takes until the next one may be tried
     */
    record TooEarly(Duration left) implements Finding {}
  }

  /**
   * Checks what the packet offers.
   *
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Finding check(AccessRequest request) throws InterruptedException {
    if (request.method().filter(method -> failures.continues(request, method)).isPresent()) {
      return continued(request);
    }
    return inTurn(request, () -> passwords.check(request));
  }

  /**
   * Goes on with a prompt of the source of users.
   *
   * @param typed what the packet has in it, which may be nothing
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Finding check(AccessRequest request, PasswordDialogue dialogue, String typed)
      throws InterruptedException {
    return inTurn(request, () -> new Checked(dialogue.answered(typed, request.answerBy()), null));
  }

  private Finding inTurn(AccessRequest request, Wait<Checked> check) throws InterruptedException {
    return switch (pauses.begin(request)) {
      case Turn.TooEarly(Duration left) -> new Finding.TooEarly(left);
      case Turn.Given(PasswordPauses.Try attempt) -> inTurn(request, attempt, check);
    };
  }

  private Finding inTurn(AccessRequest request, PasswordPauses.Try attempt, Wait<Checked> check)
      throws InterruptedException {
    Checked checked;
    try {
      checked = check.await();
    } catch (InterruptedException | RuntimeException | Error e) {
      attempt.wasNothing();
      throw e;
    }
    switch (checked.answer()) {
      case Answer.Right _ -> attempt.wasRight();
      case Answer.Wrong _, Answer.Unknown _ -> {
        request.method().ifPresent(method -> failures.begin(request, method));
        attempt.wasWrong();
      }
      case Answer.Asked _, Answer.Unavailable _, Answer.Busy _ -> attempt.wasNothing();
    }
    return new Finding.Answered(checked, true);
  }

  /** A wrong password's next method has no pause to wait for: that would be the answer to it. */
  private Finding continued(AccessRequest request) throws InterruptedException {
    Checked checked = passwords.check(request);
    if (checked.answer() instanceof Answer.Right) {
      pauses.right(request);
    }
    return new Finding.Answered(checked, false);
  }
}
