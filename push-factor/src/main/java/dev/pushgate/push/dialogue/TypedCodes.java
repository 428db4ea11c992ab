package dev.pushgate.push.dialogue;

import dev.pushgate.push.bypass.BypassCodes;
import dev.pushgate.push.code.CodeCheck;
import dev.pushgate.push.code.OneTimeCodes;
import dev.pushgate.push.code.RecoveryCodes;
import dev.pushgate.push.code.WrittenCode;
import dev.pushgate.push.policy.Requirement;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What users type as a code: one of their app, one on paper, or one of the help desk.
 *
 * <p>A code of the app serves where a code does. One on paper stands in for a lost phone too, but
 * not where a number is wanted. One of the help desk serves everywhere: that is what it is for.
 */
public final class TypedCodes {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{6}|[0-9]{8}");

  private final OneTimeCodes codes;
  private final RecoveryCodes recoveryCodes;
  private final BypassCodes bypassCodes;
  private final Admission admission;

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
     */
    record Right(String by) implements Typed {}

    /**
     * The code of the app that has been used.
     *
     * @param left until the app shows another one
     */
    record Used(Duration left) implements Typed {}

    /** None that serves. */
    record Wrong() implements Typed {}
  }

  /** Whether the text has the form of a code. */
  static boolean looksLikeCode(String text) {
    return DIGITS.matcher(text).matches() || WrittenCode.ofTyped(text).isPresent();
  }

  /** Checks a text, and uses the code up. */
  Typed check(Attempt attempt, String text) throws InterruptedException {
    String user = attempt.user();
    if (DIGITS.matcher(text).matches() && attempt.takesCode()) {
      return switch (codes.check(user, text)) {
        case CodeCheck.Right() -> new Typed.Right("code");
        case CodeCheck.Used(Duration left) -> new Typed.Used(left);
        case CodeCheck.Wrong() -> wrong(attempt);
      };
    }
    if (attempt.requirement() != Requirement.NUMBER && recoveryCodes.use(user, text)) {
      return new Typed.Right("recovery-code");
    }
    return bypassCodes.use(user, text) ? new Typed.Right("bypass-code") : wrong(attempt);
  }

  private Typed wrong(Attempt attempt) throws InterruptedException {
    admission.failed(attempt.login());
    return new Typed.Wrong();
  }
}
