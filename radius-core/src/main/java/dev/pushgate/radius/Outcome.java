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

  /**
   * The user is asked for more in an Access-Challenge; the answer comes as a new request that
   * carries the State.
   *
   * @param state 1 to 32 characters of printable ASCII, unguessable
   * @param message the prompt, sent as Reply-Message
   */
  record Asked(String state, String message) implements Outcome {}
}
