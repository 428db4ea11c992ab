package dev.pushgate.radius.login;

import dev.pushgate.radius.Dialogue;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.user.UserSource.Answer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A prompt that a user has been shown, found by its State, and what became of it.
 *
 * <p>One prompt has one outcome, however many packets carry its State. Safe for use by many
 * threads.
 */
final class Prompt {
  private final State state;
  private final String typedName;
  private final Asking asking;
  private final Answer.Right right;
  private final Dialogue next;
  private final Instant answerBy;
  private @Nullable OpenLogin answers;
  private final CompletableFuture<Ended> ended = new CompletableFuture<>();

  /** What the answer to a prompt has led to. */
  sealed interface Ended {
    /** An Access-Accept. */
    record LetIn() implements Ended {}

    /** An Access-Reject. */
    record Refused(Outcome.Denied denied) implements Ended {}

    /** One more prompt. */
    record AskedAgain(Outcome.Asked asked, Prompt next) implements Ended {}
  }

  /** What a packet with this State is. */
  sealed interface Turn {
    /** The first answer: to be decided under its own login. */
    record First() implements Turn {}

    /** Joined to the answer that is being decided. */
    record Joined() implements Turn {}

    /** The answer has been decided; what it led to is known in a moment. */
    record Late(Future<Ended> ended) implements Turn {}

    /** Nobody has answered while the prompt could be. */
    record Over() implements Turn {}
  }

  /**
   * @param typedName the User-Name, as it must stand in the answer too
   * @param right what the source of users said of the password at the beginning
   * @param answerBy when the prompt is over
   */
  Prompt(
      State state,
      String typedName,
      Asking asking,
      Answer.Right right,
      Dialogue next,
      Instant answerBy) {
    this.state = state;
    this.typedName = typedName;
    this.asking = asking;
    this.right = right;
    this.next = next;
    this.answerBy = answerBy;
  }

  State state() {
    return state;
  }

  Asking asking() {
    return asking;
  }

  Answer.Right right() {
    return right;
  }

  Dialogue next() {
    return next;
  }

  /** Whether this packet is one that may answer: same client or group, same user. */
  boolean isFor(AccessRequest request) {
    return request.client().loginScope().equals(asking.login().client().loginScope())
        && request.userName().equals(Optional.of(typedName));
  }

  /**
   * Takes in a packet with this State.
   *
   * @param own the packet's own login, for the case that it is the first
   */
  synchronized Turn take(LoginPacket packet, OpenLogin own, Instant now) {
    if (answers == null) {
      if (now.isAfter(answerBy)) {
        return new Turn.Over();
      }
      answers = own;
      return new Turn.First();
    }
    return answers.join(packet) ? new Turn.Joined() : new Turn.Late(ended);
  }

  /** Tells what the answer has led to; the first to tell is believed. */
  void end(Ended how) {
    ended.complete(how);
  }
}
