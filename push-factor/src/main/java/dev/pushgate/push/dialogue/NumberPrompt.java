package dev.pushgate.push.dialogue;

import dev.pushgate.push.challenge.Choice;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.dialogue.TypedCodes.Typed;
import dev.pushgate.push.limit.PushPermit;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.push.signed.RsaKey;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.message.Message;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Mode {@code number}: the prompt shows a number, which the user types on the phone.
 *
 * <p>The push leaves with the prompt. What the user says on the phone is kept until the answer to
 * the prompt comes, by which most clients only mean "go on"; it is answered at once, or waits for
 * the rest.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Only who sees this login's prompt can approve it (NIST SP 800-63B-4 section 3.1.3): a user who
 * is pushed by a thief's login does not know the number. There is one try, and who says no on the
 * phone is not overruled by a code.
 */
public final class NumberPrompt {
  /** Of so many options one is right. */
  private static final int OPTIONS = 3;

  private final Questions questions;
  private final PhoneWait phones;
  private final CodePrompt codePrompt;
  private final TypedCodes codes;
  private final Admission admission;
  private final Supplier<NumberSettings> settings;
  private final SecureRandom random;
  private final InstantSource clock;

  public NumberPrompt(
      Questions questions,
      PhoneWait phones,
      CodePrompt codePrompt,
      TypedCodes codes,
      Admission admission,
      Supplier<NumberSettings> settings,
      SecureRandom random,
      InstantSource clock) {
    this.questions = questions;
    this.phones = phones;
    this.codePrompt = codePrompt;
    this.codes = codes;
    this.admission = admission;
    this.settings = settings;
    this.random = random;
    this.clock = clock;
  }

  /**
   * What the prompt shows.
   *
   * @param shown as the user reads it
   * @param digits the same without spaces
   * @param by what an approval is called in the audit
   */
  private record Shown(String shown, String digits, String by, Questions.Proof proof) {
    @Override
    public String toString() {
      return "Shown[" + by + ", not shown]";
    }
  }

  /** Asks phones and user at once, or says what is missing. */
  public Outcome ask(Attempt attempt) throws InterruptedException {
    if (attempt.devices().isEmpty()
        || (!attempt.takesPush() && attempt.requirement() != Requirement.NUMBER)) {
      return codePrompt.askWithoutPhone(attempt);
    }
    Shown shown = shown(attempt);
    Instant latest = clock.instant().plus(questions.expiry());
    return switch (questions.ask(attempt, attempt.devices(), latest, shown.proof())) {
      case Questions.Asked.Open(OpenQuestion question) -> {
        question.keep();
        yield prompt(attempt, question, shown, words(attempt, shown), latest);
      }
      case Questions.Asked.Refused(PushPermit why) ->
          codePrompt.askForCode(attempt, PhoneWait.refusal(attempt, why), 1);
    };
  }

  private Shown shown(Attempt attempt) {
    boolean mayChoose = attempt.requirement() != Requirement.NUMBER;
    if (mayChoose && (settings.get().choose() || nobodyCanType(attempt))) {
      Choice choice = Choice.random(random, OPTIONS);
      return new Shown(
          choice.right(),
          choice.right(),
          "choice",
          new Questions.Proof(Optional.empty(), Optional.of(choice)));
    }
    NumberSettings now = settings.get();
    StringBuilder number = new StringBuilder();
    for (int i = 0; i < now.digits(); i++) {
      number.append(random.nextInt(10));
    }
    String digits = number.toString();
    if (digits.length() >= 4) {
      number.insert(digits.length() / 2, ' ');
    }
    return new Shown(
        number.toString(),
        digits,
        "number",
        new Questions.Proof(Optional.of(digits), Optional.empty()));
  }

  /** privacyIDEA Authenticator has no place to type a number in. */
  private static boolean nobodyCanType(Attempt attempt) {
    return attempt.devices().stream().allMatch(device -> device.key() instanceof RsaKey);
  }

  private static String words(Attempt attempt, Shown shown) {
    return promptOf(attempt, shown.shown(), shown.proof().number().isPresent());
  }

  /**
   * The prompt of a login whose push has left with it.
   *
   * @param shown what is to be found on the phone, or typed there
   * @param number whether it is typed
   */
  public static String promptOf(Attempt attempt, String shown, boolean number) {
    Message message;
    if (attempt.takesCode()) {
      message = number ? Message.NUMBER_OR_CODE_PROMPT : Message.CHOICE_OR_CODE_PROMPT;
    } else {
      message = number ? Message.NUMBER_PROMPT : Message.CHOICE_PROMPT;
    }
    return message.in(attempt.login().language(), shown);
  }

  private Outcome prompt(
      Attempt attempt, OpenQuestion question, Shown shown, String words, Instant latest) {
    Duration left = Duration.between(clock.instant(), latest);
    if (left.toSeconds() < 1) {
      return attempt.answered("expired", Message.NOBODY_ANSWERED);
    }
    return new Outcome.Asked(
        words,
        left,
        false,
        (answer, deadline) -> answered(attempt, question, shown, latest, answer.strip(), deadline));
  }

  private Outcome answered(
      Attempt attempt,
      OpenQuestion question,
      Shown shown,
      Instant latest,
      String text,
      Instant deadline)
      throws InterruptedException {
    // Many type the number where they read it.
    boolean isTheNumber = text.replace(" ", "").equals(shown.digits());
    if (!isTheNumber && TypedCodes.looksLikeCode(text)) {
      return switch (codes.check(attempt, text)) {
        case Typed.Right right -> {
          End end = question.withdraw();
          yield isRefusal(end)
              ? outcome(attempt, end, shown)
              : admission.letIn(attempt.login(), right);
        }
        case Typed.Used(Duration left) ->
            prompt(
                attempt,
                question,
                shown,
                Message.PLEASE_WAIT.in(attempt.login().language(), left.toSeconds()),
                latest);
        case Typed.Wrong() -> {
          var _ = question.withdraw();
          yield attempt.denied("wrong-code", Message.WRONG_CODE);
        }
        case Typed.Shut() -> {
          var _ = question.withdraw();
          yield attempt.tooManyFailures();
        }
      };
    }
    return outcome(attempt, question.await(deadline.minus(PhoneWait.HANDOVER)), shown);
  }

  private static boolean isRefusal(End end) {
    return end instanceof End.Answered answered
        && answered.settlement().state() != Settlement.State.APPROVED;
  }

  private Outcome outcome(Attempt attempt, End end, Shown shown) throws InterruptedException {
    return switch (phones.answer(attempt, end, shown.by())) {
      case PhoneWait.Answer.Decided(Outcome outcome) -> outcome;
      case PhoneWait.Answer.NotAsked(Outcome.Denied refusal) ->
          codePrompt.askForCode(attempt, refusal, 1);
    };
  }
}
