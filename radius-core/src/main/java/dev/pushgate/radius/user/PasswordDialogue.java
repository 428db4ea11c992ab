package dev.pushgate.radius.user;

import dev.pushgate.radius.user.UserSource.Answer;
import java.time.Instant;

/** Waits for what a user types at a prompt of the source; good for one answer. */
@FunctionalInterface
public interface PasswordDialogue {

  /**
   * Goes on; may block.
   *
   * @param typed what the user typed, which may be nothing; hostile, never with a NUL
   * @param deadline by when the answer is needed; later ones are lost
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Answer answered(String typed, Instant deadline) throws InterruptedException;
}
