package dev.pushgate.push.notifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.radius.message.Language;
import java.time.Instant;

/**
 * All that a push service may learn: not who signs in, where, or from where.
 *
 * @param kind what is said
 * @param challenge identifier of the challenge, by which the phone asks us for the rest; 22
 *     characters of base64url
 * @param callback base address at which it asks
 * @param until from when on the notice is of no use: a push service need not deliver it any more
 * @param language in which it is said
 */
public record Notice(
    Kind kind, String challenge, String callback, Instant until, Language language) {
  private static final int VERSION = 1;

  /** What is said to the phone. */
  public enum Kind {
    /** Somebody signs in; a tap on Approve or Deny is an answer. */
    QUESTION,
    /**
     * Somebody signs in; the answer needs a number or an option, so no button alone can give it.
     */
    QUESTION_WITH_NUMBER,
    /** The question of an earlier notice has been answered, perhaps on another phone. */
    ANSWERED,
    /** Another device has become one of the user's. */
    NEW_DEVICE,
    /** An administrator tries whether notifications arrive. */
    TEST;

    /** Whether there is something to answer. */
    public boolean isQuestion() {
      return this == QUESTION || this == QUESTION_WITH_NUMBER;
    }
  }

  /** In the language that is spoken where nothing else is said. */
  public Notice(Kind kind, String challenge, String callback, Instant until) {
    this(kind, challenge, callback, until, Language.DEFAULT);
  }

  /**
   * The question that a challenge puts to phones, in the language of its login.
   *
   * @param callback base address at which they ask for the rest
   */
  public static Notice of(Challenge challenge, String callback) {
    return new Notice(
        challenge.needsProof() ? Kind.QUESTION_WITH_NUMBER : Kind.QUESTION,
        challenge.id(),
        callback,
        challenge.expires(),
        challenge.login().language());
  }

  /** The same about the same challenge, once it is answered: takes the place of the question. */
  public Notice answered() {
    return new Notice(Kind.ANSWERED, challenge, callback, until, language);
  }

  /** What is shown large: the same whoever signs in. */
  public String title() {
    return NoticeWords.title(kind, language);
  }

  /** What is shown below: the same whoever signs in. */
  public String text() {
    return NoticeWords.text(kind, language);
  }

  /**
   * The push message of docs/phone-api.md: {@code v}, {@code challenge}, {@code callback}, {@code
   * expires} (0 where there is nothing to answer), {@code title} and {@code text}.
   */
  public ObjectNode message() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("v", VERSION)
        .put("challenge", challenge)
        .put("callback", callback)
        .put("expires", kind.isQuestion() ? until.getEpochSecond() : 0)
        .put("title", title())
        .put("text", text());
  }
}
