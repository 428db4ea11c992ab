package dev.pushgate.push.notifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * All that a push service may learn: not who signs in, where, or from where.
 *
 * @param kind what is said
 * @param challenge identifier of the challenge, by which the phone asks us for the rest; 22
 *     characters of base64url
 * @param callback base address at which it asks
 * @param until from when on the notice is of no use: a push service need not deliver it any more
 */
public record Notice(Kind kind, String challenge, String callback, Instant until) {
  private static final int VERSION = 1;

  /** What is said to the phone. */
  public enum Kind {
    /** Somebody signs in; a tap on Approve or Deny is an answer. */
    QUESTION("Sign-in request", "Is it you who signs in? Open to answer."),
    /** Somebody signs in; the answer needs a number, so that no button alone can give it. */
    QUESTION_WITH_NUMBER("Sign-in request", "Is it you who signs in? Open to answer."),
    /** The question of an earlier notice has been answered, perhaps on another phone. */
    ANSWERED("Sign-in request", "This sign-in has been answered."),
    /** Another device has become one of the user's. */
    NEW_DEVICE(
        "New device",
        "Another device can now approve your sign-ins. Not yours? Tell your administrator."),
    /** An administrator tries whether notifications arrive. */
    TEST("Test", "Your administrator tries whether notifications arrive. Nothing to do.");

    private final String title;
    private final String text;

    Kind(String title, String text) {
      this.title = title;
      this.text = text;
    }

    /** What is shown large: the same whoever signs in. */
    public String title() {
      return title;
    }

    /** What is shown below: the same whoever signs in. */
    public String text() {
      return text;
    }

    /** Whether there is something to answer. */
    public boolean isQuestion() {
      return this == QUESTION || this == QUESTION_WITH_NUMBER;
    }
  }

  /** The same about the same challenge, once it is answered: takes the place of the question. */
  public Notice answered() {
    return new Notice(Kind.ANSWERED, challenge, callback, until);
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
        .put("title", kind.title())
        .put("text", kind.text());
  }
}
