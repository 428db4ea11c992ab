package dev.pushgate.radius;

/** What a {@link SecondFactor} found out. */
public sealed interface Outcome {

  /** The user has proved to be there: Access-Accept. */
  record Approved() implements Outcome {}

  /**
   * The login ends in an Access-Reject.
   *
   * @param reason a stable word for logs and audit, lower case with hyphens, for example {@code
   *     expired}; never shown to the user
   * @param message what the user reads in the Reply-Message; must tell an attacker nothing
   */
  record Denied(String reason, String message) implements Outcome {}
}
