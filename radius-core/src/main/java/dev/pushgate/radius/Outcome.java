package dev.pushgate.radius;

import dev.pushgate.radius.packet.ReplyAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link SecondFactor} found out. */
public sealed interface Outcome {

  /**
   * The user has proved to be there: Access-Accept.
   *
   * @param by a stable word for logs and audit, for example {@code push}: what the user proved it
   *     by; or null where the name of the factor says it
   */
  record Approved(@Nullable String by) implements Outcome {

    /** By what the factor is named after. */
    public Approved() {
      this(null);
    }
  }

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
   * @param attributes of vendors that the Access-Challenge carries besides; usually none
   * @param next decides on what was typed
   */
  record Asked(
      String prompt, Duration answerWithin, boolean echo, ReplyAttributes attributes, Dialogue next)
      implements Outcome {

    /** A prompt without attributes of vendors. */
    public Asked(String prompt, Duration answerWithin, boolean echo, Dialogue next) {
      this(prompt, answerWithin, echo, ReplyAttributes.NONE, next);
    }

    public Asked {
      if (answerWithin.toSeconds() < 1) {
        throw new IllegalArgumentException("a prompt of " + answerWithin + " is too short");
      }
    }
  }
}
