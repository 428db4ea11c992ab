package dev.pushgate.radius;

import java.time.Duration;

/** What a {@link SecondFactor} found out. */
public sealed interface Outcome {

  /** The user has proved to be there: Access-Accept. */
  record Approved() implements Outcome {}

  /**
   * The login ends in an Access-Reject.
   *
   * @param reason a stable word for logs and audit, lower case with hyphens, for example {@code
   *     expired}; never shown to the user
   * @param message what the user reads in the Reply-Message; must tell an attacker nothing
   * @param lasting whether the user was asked, so that the next attempts of the same user from the
   *     same place in the ten seconds after the reply get the same refusal and nobody is asked:
   *     some NASes try one password method after the other
   */
  record Denied(String reason, String message, boolean lasting) implements Outcome {

    /** A refusal that says nothing of the next attempt. */
    public Denied(String reason, String message) {
      this(reason, message, false);
    }
  }

  /**
   * The login goes on with something that the user types: Access-Challenge.
   *
   * @param prompt what the user reads, in the Reply-Message
   * @param answerWithin how long the prompt may be answered, in whole seconds, at least one
   *     (Session-Timeout)
   * @param echo whether what is typed may be seen (Prompt, RFC 2869 section 5.10)
   * @param next decides on what was typed
   */
  record Asked(String prompt, Duration answerWithin, boolean echo, Dialogue next)
      implements Outcome {

    public Asked {
      if (answerWithin.toSeconds() < 1) {
        throw new IllegalArgumentException("a prompt of " + answerWithin + " is too short");
      }
    }
  }
}
