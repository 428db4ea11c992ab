package dev.pushgate.push.dialogue;

import dev.pushgate.push.dialogue.TypedCodes.Typed;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReplyAttributes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mode {@code challenge}, in FortiAuthenticator's manner: a prompt to which the user answers by a
 * code, or by nothing or {@code push} for a notification on the phone.
 */
public final class CodePrompt {
  /** How long a user has to type something. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** So many prompts a login may have; more are no slip of the finger. */
  private static final int MOST_PROMPTS = 5;

  private static final Pattern PUSH =
      Pattern.compile("(?:push(?: ?([0-9]{1,2}))?)?", Pattern.CASE_INSENSITIVE);

  /** Fortinet-FAC-Challenge-Code: what FortiAuthenticator sends with this prompt. */
  private static final ReplyAttributes FORTINET_CODE =
      ReplyAttributes.of(
          "Fortinet-FAC-Challenge-Code",
          List.of(
              EncodedAttribute.ofVendor(
                  12356, 1, 1, 15, "001".getBytes(StandardCharsets.US_ASCII))));

  private final PhoneWait phones;
  private final TypedCodes codes;
  private final Admission admission;

  public CodePrompt(PhoneWait phones, TypedCodes codes, Admission admission) {
    this.phones = phones;
    this.codes = codes;
    this.admission = admission;
  }

  /** Asks, or says what is missing where the user has nothing to answer with. */
  public Outcome ask(Attempt attempt) throws InterruptedException {
    return attempt.takesPush() ? prompt(attempt, promptOf(attempt), 1) : askWithoutPhone(attempt);
  }

  /** Asks who has no phone that could decide for a code, if there is one that would serve. */
  Outcome askWithoutPhone(Attempt attempt) throws InterruptedException {
    return codes.mayServe(attempt) ? promptForCode(attempt, 1) : phones.withoutPhone(attempt);
  }

  /** Asks for a code alone, after the phone was of no use; refuses where none would serve. */
  Outcome askForCode(Attempt attempt, Outcome.Denied otherwise, int number)
      throws InterruptedException {
    return codes.mayServe(attempt) ? promptForCode(attempt, number) : otherwise;
  }

  private Outcome promptForCode(Attempt attempt, int number) {
    return prompt(attempt, Message.CODE_PROMPT.in(attempt.login().language()), number);
  }

  /** The prompt of a login in which the user may give a code, have a push sent, or both. */
  public static String promptOf(Attempt attempt) {
    Message message;
    if (!attempt.takesPush()) {
      message = Message.CODE_PROMPT;
    } else if (attempt.login().client().kind() == ClientKind.FORTIGATE) {
      message = Message.FORTIGATE_PROMPT;
    } else {
      message = attempt.takesCode() ? Message.CODE_OR_PUSH_PROMPT : Message.PUSH_PROMPT;
    }
    return message.in(attempt.login().language());
  }

  private Outcome prompt(Attempt attempt, String words, int number) {
    return number > MOST_PROMPTS
        ? attempt.denied("too-many-prompts", Message.WRONG_CODE)
        : new Outcome.Asked(
            words,
            PATIENCE,
            false,
            attributes(attempt),
            (answer, deadline) -> answered(attempt, answer.strip(), deadline, number));
  }

  private static ReplyAttributes attributes(Attempt attempt) {
    return attempt.login().client().kind() == ClientKind.FORTIGATE
        ? FORTINET_CODE
        : ReplyAttributes.NONE;
  }

  private Outcome answered(Attempt attempt, String text, Instant deadline, int number)
      throws InterruptedException {
    if (!isPush(text)) {
      return code(attempt, text, number);
    }
    return switch (push(attempt, text, deadline)) {
      case PhoneWait.Answer.Decided(Outcome outcome) -> outcome;
      case PhoneWait.Answer.NotAsked(Outcome.Denied refusal) ->
          askForCode(attempt, refusal, number + 1);
    };
  }

  /**
   * Decides by what stood behind the password. There is no prompt to follow: what does not serve is
   * a refusal.
   *
   * @param appended a secret
   */
  public Outcome decideAppended(Attempt attempt, String appended, Instant deadline)
      throws InterruptedException {
    if (isPush(appended)) {
      return switch (push(attempt, appended, deadline)) {
        case PhoneWait.Answer.Decided(Outcome outcome) -> outcome;
        case PhoneWait.Answer.NotAsked(Outcome.Denied refusal) -> refusal;
      };
    }
    return switch (codes.check(attempt, appended)) {
      case Typed.Right right -> admission.letIn(attempt.login(), right);
      case Typed.Used(Duration left) ->
          attempt.denied("code-used", Message.PLEASE_WAIT, left.toSeconds());
      case Typed.Wrong() -> attempt.denied("wrong-code", Message.WRONG_CODE);
      case Typed.Shut() -> attempt.tooManyFailures();
    };
  }

  /** Whether this asks for a notification: nothing, {@code push}, or {@code push 2}. */
  public static boolean isPush(String text) {
    return PUSH.matcher(text).matches();
  }

  private PhoneWait.Answer push(Attempt attempt, String text, Instant deadline)
      throws InterruptedException {
    if (!attempt.takesPush()) {
      return new PhoneWait.Answer.NotAsked(phones.withoutPhone(attempt));
    }
    Matcher push = PUSH.matcher(text);
    if (!push.matches() || push.group(1) == null) {
      return phones.ask(attempt, attempt.devices(), deadline);
    }
    int wanted = Integer.parseInt(push.group(1));
    return wanted < 1 || wanted > attempt.devices().size()
        ? new PhoneWait.Answer.Decided(
            attempt.denied("no-such-device", Message.NO_SUCH_DEVICE, wanted))
        : phones.ask(attempt, List.of(attempt.devices().get(wanted - 1)), deadline);
  }

  private Outcome code(Attempt attempt, String text, int number) throws InterruptedException {
    return switch (codes.check(attempt, text)) {
      case Typed.Right right -> admission.letIn(attempt.login(), right);
      case Typed.Used(Duration left) ->
          prompt(
              attempt,
              Message.PLEASE_WAIT.in(attempt.login().language(), left.toSeconds()),
              number + 1);
      case Typed.Wrong() -> attempt.denied("wrong-code", Message.WRONG_CODE);
      case Typed.Shut() -> attempt.tooManyFailures();
    };
  }
}
