package dev.pushgate.radius;

import dev.pushgate.radius.packet.ReplyAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link SecondFactor} found out. */
public sealed interface Outcome {

  /**
   * The second factor is satisfied: Access-Accept, if the password was checked here or the factor
   * was.
   *
   * @param by a stable word for logs and audit, for example {@code push}: what the user proved it
   *     by; or null where the name of the factor says it
   * @param checked whether a second factor was checked in this very login; false where none is
   *     wanted, where an administrator has waived it and where an earlier one is remembered
   */
  record Approved(@Nullable String by, boolean checked) implements Outcome {

    /** By a factor that was checked. */
    public Approved(@Nullable String by) {
      this(by, true);
    }

    /** By what the factor is named after. */
    public Approved() {
      this(null);
    }

    /** Without a factor having been checked. */
    public static Approved unchecked(String why) {
      return new Approved(why, false);
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
