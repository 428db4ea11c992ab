package dev.pushgate.radius.user;

/**
 * Knows users and checks their passwords: a file, a directory, another RADIUS server.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>{@link Answer.Wrong} for an unknown user, a disabled user and a wrong password takes the same
 * time as far as the source can make it so. The caller hides what is left of the difference.
 */
public interface UserSource {

  /**
   * Checks a password; may block.
   *
   * @param userName as the packet has it, decoded; hostile
   * @param password never empty and never with a NUL: the caller has refused those
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Answer check(String userName, Password password) throws InterruptedException;

  /** What a source says of a user and a password. */
  sealed interface Answer {

    /** The password is right. */
    record Right(User user) implements Answer {}

    /**
     * The login is refused.
     *
     * @param reason for the log only, for example {@code unknown user}; the user is told the same
     *     in all cases
     */
    record Wrong(String reason) implements Answer {}

    /**
     * The source cannot say: down, overloaded, misconfigured.
     *
     * @param reason for the log
     */
    record Unavailable(String reason) implements Answer {}
  }
}
