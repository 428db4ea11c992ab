package dev.pushgate.radius;

import java.time.Instant;

/**
 * Asks a user whose password was right for a second proof.
 *
 * <p>The gate calls {@link #verify} on a virtual thread of its own for each login, so an
 * implementation simply blocks until it knows.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>The gate sends an Access-Accept only for {@link Outcome.Approved}. An exception, an
 * interruption or an answer after the deadline ends in an Access-Reject. The gate does not
 * guarantee that {@code verify} is called once per person: every login that is not a retransmission
 * of another has its own call.
 */
@FunctionalInterface
public interface SecondFactor {

  /**
   * Blocks until the user has answered, or the deadline has come.
   *
   * @param login the attempt; its password has been checked
   * @param deadline the moment by which the answer is needed; later answers are lost
   * @return what the user, or the lack of an answer, decided
   * @throws InterruptedException when the server shuts down or the login has run out of time; the
   *     login is rejected
   */
  Outcome verify(Login login, Instant deadline) throws InterruptedException;
}
