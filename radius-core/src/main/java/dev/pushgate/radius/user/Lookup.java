package dev.pushgate.radius.user;

/** What a source says of a name, without a password. */
public sealed interface Lookup {

  /** There is such a user. */
  record Known(User user) implements Lookup {}

  /** There is such a user, who may not log in, for example as disabled; safe to show. */
  record Barred(User user, String reason) implements Lookup {}

  /** There is no such user. */
  record Unknown() implements Lookup {}

  /** The source tells nothing without a password: another RADIUS server, a plain bind. */
  record CannotTell() implements Lookup {}

  /**
   * The source cannot say now.
   *
   * @param reason for the log
   */
  record Unavailable(String reason) implements Lookup {}
}
