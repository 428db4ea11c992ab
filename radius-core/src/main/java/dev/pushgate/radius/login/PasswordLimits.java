package dev.pushgate.radius.login;

/** Is told of wrong passwords by the names of those whose they are not. */
@FunctionalInterface
public interface PasswordLimits {

  /** Nobody wants to know. */
  PasswordLimits NONE = _ -> {};

  /**
   * Somebody tried a wrong password; one that a NAS tries by several methods is told once. May
   * block, and must be safe for use by many threads.
   *
   * @param user canonical name of a user whom the source knows
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  void wrong(String user) throws InterruptedException;
}
