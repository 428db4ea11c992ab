package dev.pushgate.push.code;

import java.time.Duration;

/** What a typed code is. */
public sealed interface CodeCheck {

  /** A code of the user's that had not been used; now it has. */
  record Right() implements CodeCheck {}

  /**
   * A code of the user's that has been used.
   *
   * @param until how long until the user's app shows another one, at least a second
   */
  record Used(Duration until) implements CodeCheck {}

  /** No code of the user's at this time. */
  record Wrong() implements CodeCheck {}
}
