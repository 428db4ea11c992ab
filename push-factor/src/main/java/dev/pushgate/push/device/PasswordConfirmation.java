package dev.pushgate.push.device;

/** Asks the source of users whether a password is a user's. Safe for use by many threads. */
@FunctionalInterface
public interface PasswordConfirmation {

  /** What the source says. */
  enum Answer {
    RIGHT,
    /** Or there is no such user any more, or the user is disabled. */
    WRONG,
    /** The source cannot say at the moment. */
    UNAVAILABLE
  }

  /**
   * Blocks until the source has answered.
   *
   * @param user canonical name
   * @param password as it was typed; hostile, and a secret
   */
  Answer check(String user, String password) throws InterruptedException;
}
