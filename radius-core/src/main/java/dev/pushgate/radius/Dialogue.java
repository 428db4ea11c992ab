package dev.pushgate.radius;

import java.time.Instant;

/**
 * How a login goes on once its user has answered a prompt.
 *
 * <p>The gate calls it once for each prompt, on a virtual thread, however many packets carry the
 * answer.
 */
@FunctionalInterface
public interface Dialogue {

  /**
   * Blocks until it is known what the answer leads to; may ask again.
   *
   * @param answer what the user typed, decoded; may be empty; hostile, and often a secret
   * @param deadline the moment by which the outcome is needed; later ones are lost
   * @throws InterruptedException when the server shuts down or the login has run out of time; the
   *     login is rejected
   */
  Outcome answered(String answer, Instant deadline) throws InterruptedException;
}
