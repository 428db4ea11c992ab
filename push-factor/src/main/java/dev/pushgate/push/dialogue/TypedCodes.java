package dev.pushgate.push.dialogue;

import dev.pushgate.push.bypass.BypassCodes;
import dev.pushgate.push.code.CodeCheck;
import dev.pushgate.push.code.OneTimeCodes;
import dev.pushgate.push.code.RecoveryCodes;
import dev.pushgate.push.code.WrittenCode;
import dev.pushgate.push.policy.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What users type as a code: one of their app, one on paper, or one of the help desk.
 *
 * <p>A code of the app serves where a code does. One on paper stands in for a lost phone too, but
 * not where a number is wanted. One of the help desk serves everywhere: that is what it is for.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Of one user's codes this server checks one after the other, and none once there have been too
 * many wrong ones: neither prompts that were opened before nor answers that come all at once are a
 * way past {@link dev.pushgate.push.limit.ConsecutiveFailures#CAP}.
 */
public final class TypedCodes {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{6}|[0-9]{8}");

  /** So many users' codes are checked at a time. */
  private static final int TURNS = 64;

  private final OneTimeCodes codes;
  private final RecoveryCodes recoveryCodes;
  private final BypassCodes bypassCodes;
  private final Admission admission;
  private final List<ReentrantLock> turns =
      Stream.generate(ReentrantLock::new).limit(TURNS).toList();

  public TypedCodes(
      OneTimeCodes codes,
      RecoveryCodes recoveryCodes,
      BypassCodes bypassCodes,
      Admission admission) {
    this.codes = codes;
    this.recoveryCodes = recoveryCodes;
    this.bypassCodes = bypassCodes;
    this.admission = admission;
  }

  /** What a text turned out to be. */
  sealed interface Typed {

    /**
     * A code that serves. It is used up.
     *
     * @param by what kind of code it was, as the audit shows it
     * @param isBypass whether it was given in place of a second factor
     */
    record Right(String by, boolean isBypass) implements Typed {}

    /**
     * The code of the app that has been used.
     *
     * @param left until the app shows another one
     */
    record Used(Duration left) implements Typed {}

    /** None that serves. */
    record Wrong() implements Typed {}

    /** Not checked: the user has failed too often to be served there. */
    record Shut() implements Typed {}
  }

  /** Whether the text has the form of a code. */
  static boolean looksLikeCode(String text) {
    return DIGITS.matcher(text).matches() || WrittenCode.ofTyped(text).isPresent();
  }

  /** Whether the user has any code that would serve, so that it is worth asking for one. */
  boolean mayServe(Attempt attempt) throws InterruptedException {
    return attempt.takesCode()
        || (attempt.requirement() != Requirement.NUMBER && recoveryCodes.left(attempt.user()) > 0)
        || bypassCodes.has(attempt.user());
  }

  /** Checks a text, and uses the code up. */
  Typed check(Attempt attempt, String text) throws InterruptedException {
    Lock turn = turns.get(Math.floorMod(attempt.user().hashCode(), TURNS));
    turn.lockInterruptibly();
    try {
      return admission.isShut(attempt.login()) ? new Typed.Shut() : checkInTurn(attempt, text);
    } finally {
      turn.unlock();
    }
  }

  private Typed checkInTurn(Attempt attempt, String text) throws InterruptedException {
    String user = attempt.user();
    if (DIGITS.matcher(text).matches() && attempt.takesCode()) {
      return switch (codes.check(user, text)) {
        case CodeCheck.Right() -> new Typed.Right("code", false);
        case CodeCheck.Used(Duration left) -> new Typed.Used(left);
        case CodeCheck.Wrong() -> wrong(attempt);
      };
    }
    if (attempt.requirement() != Requirement.NUMBER && recoveryCodes.use(user, text)) {
      return new Typed.Right("recovery-code", false);
    }
    return bypassCodes.use(user, text) ? new Typed.Right("bypass-code", true) : wrong(attempt);
  }

  private Typed wrong(Attempt attempt) throws InterruptedException {
    admission.failed(attempt.login());
    return new Typed.Wrong();
  }
}
