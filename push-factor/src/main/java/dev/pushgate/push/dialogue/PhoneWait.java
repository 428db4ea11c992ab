package dev.pushgate.push.dialogue;

import dev.pushgate.push.challenge.End;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Invitation;
import dev.pushgate.push.enrolment.FirstEnrolment;
import dev.pushgate.push.enrolment.FirstInvitation;
import dev.pushgate.push.limit.PushPermit;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mode {@code block}: the request waits until the user has answered on the phone. */
public final class PhoneWait {
  /**
   * How much earlier than the login's deadline its question ends, so that an approval taken at the
   * last moment still finds the gate waiting.
   */
  static final Duration HANDOVER = Duration.ofMillis(100);

  private final Questions questions;
  private final Admission admission;
  private final Optional<FirstEnrolment> firstEnrolment;

  /**
   * @param firstEnrolment invites users who have no device yet; empty where nobody is invited
   */
  public PhoneWait(
      Questions questions, Admission admission, Optional<FirstEnrolment> firstEnrolment) {
    this.questions = questions;
    this.admission = admission;
    this.firstEnrolment = firstEnrolment;
  }

  /** What came of asking the phones. */
  sealed interface Answer {

    /** The login is decided. */
    record Decided(Outcome outcome) implements Answer {}

    /** Nobody was asked, or nobody could be told: a code may still help. */
    record NotAsked(Outcome.Denied refusal) implements Answer {}
  }

  /** Asks where a tap is enough, and says what is missing where it is not. */
  public Outcome decide(Attempt attempt, Instant deadline) throws InterruptedException {
    if (attempt.takesPush()) {
      return switch (ask(attempt, attempt.devices(), deadline)) {
        case Answer.Decided(Outcome outcome) -> outcome;
        case Answer.NotAsked(Outcome.Denied refusal) -> refusal;
      };
    }
    return withoutPhone(attempt);
  }

  /** The refusal of a login that no phone may decide. */
  Outcome.Denied withoutPhone(Attempt attempt) throws InterruptedException {
    if (attempt.requirement() == Requirement.NUMBER && !attempt.devices().isEmpty()) {
      return attempt.denied("number-needed", Message.NUMBER_IMPOSSIBLE);
    }
    if (attempt.takesCode()) {
      return attempt.denied(
          "code-needed",
          attempt.login().client().dialogue().append()
              ? Message.CODE_BEHIND_PASSWORD
              : Message.CODE_IMPOSSIBLE);
    }
    return attempt.requirement() == Requirement.CODE
        ? attempt.denied("no-code-app", Message.NO_CODES)
        : withoutDevice(attempt);
  }

  /** The refusal of a login that needs a phone which there is not; perhaps with an invitation. */
  Outcome.Denied withoutDevice(Attempt attempt) throws InterruptedException {
    FirstInvitation invitation =
        firstEnrolment.isPresent()
            ? firstEnrolment.get().invite(attempt.login().user(), attempt.login().userIp())
            : new FirstInvitation.None();
    return switch (invitation) {
      case FirstInvitation.Shown(Invitation shown) ->
          attempt.denied(
              "enrolment-offered",
              Message.ENROL_HERE,
              firstEnrolment.orElseThrow().validFor().toMinutes(),
              shown.url());
      case FirstInvitation.Mailed _ -> attempt.denied("enrolment-offered", Message.ENROL_BY_MAIL);
      case FirstInvitation.None() -> attempt.denied("no-device", Message.NO_DEVICE);
    };
  }

  /** Asks these devices and blocks until one has answered. */
  Answer ask(Attempt attempt, List<Device> devices, Instant deadline) throws InterruptedException {
    return switch (questions.ask(
        attempt, devices, deadline.minus(HANDOVER), Questions.Proof.NONE)) {
      case Questions.Asked.Open(OpenQuestion question) -> answer(attempt, question.await(), "push");
      case Questions.Asked.Refused(PushPermit why) -> new Answer.NotAsked(refusal(attempt, why));
    };
  }

  /** What the end of a question means to the login. */
  Answer answer(Attempt attempt, End end, String by) throws InterruptedException {
    return switch (end) {
      case End.Answered answered when answered.wrongNumber() ->
          decided(attempt.answered("wrong-number", Message.WRONG_NUMBER));
      case End.Answered answered ->
          switch (answered.settlement().state()) {
            case APPROVED -> decided(admission.approve(attempt.login(), by));
            case DENIED -> decided(attempt.answered("denied", Message.DENIED_ON_PHONE));
            // To the one at the keyboard a report looks like a denial.
            case REPORTED -> decided(attempt.answered("reported", Message.DENIED_ON_PHONE));
          };
      case End.Expired() -> decided(attempt.answered("expired", Message.NOBODY_ANSWERED));
      case End.Undelivered _ ->
          new Answer.NotAsked(attempt.denied("not-delivered", Message.NOT_DELIVERED));
      case End.Withdrawn() -> decided(attempt.denied("withdrawn", Message.PROMPT_OVER));
      case End.Cancelled() -> decided(attempt.denied("shutdown", Message.INTERRUPTED));
    };
  }

  private static Answer decided(Outcome outcome) {
    return new Answer.Decided(outcome);
  }

  /** Why a user may not be asked now. */
  static Outcome.Denied refusal(Attempt attempt, PushPermit why) {
    return why instanceof PushPermit.Stopped
        ? attempt.denied("pushes-stopped", Message.PUSHES_STOPPED)
        : attempt.denied("pushes-used-up", Message.PUSHES_USED_UP);
  }
}
