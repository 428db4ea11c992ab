package dev.pushgate.radius.login;

import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.message.Message;

/** The Access-Rejects that are not a second factor's. */
enum Refusal {
  UNREADABLE_ANSWER("unreadable-answer", Message.WRONG_PASSWORD, false),
  UNAVAILABLE("unavailable", Message.UNAVAILABLE, false),
  BUSY("busy", Message.BUSY, false),
  UNPROVED("nothing-proved", Message.NOT_ALLOWED, false),
  TOO_LATE("too-late", Message.TOO_LATE, false),
  TWO_SESSIONS("two-sessions", Message.TWO_SESSIONS, true),
  TOO_MANY_PROMPTS("too-many-prompts", Message.BUSY, false),
  PROMPT_OVER("prompt-over", Message.PROMPT_OVER, false);

  private final String reason;
  private final Message message;
  private final boolean lasting;

  Refusal(String reason, Message message, boolean lasting) {
    this.reason = reason;
    this.message = message;
    this.lasting = lasting;
  }

  /** The stable word for logs and audit. */
  String reason() {
    return reason;
  }

  Outcome.Denied in(Language language) {
    return new Outcome.Denied(reason, message.in(language), lasting);
  }
}
