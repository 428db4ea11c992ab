package dev.pushgate.push.limit;

/** What the user should know of a push, so as to judge it. */
public sealed interface PushNote {

  /** The user has been accepted before, but not from there of late. */
  record NewPlace() implements PushNote {}

  /**
   * There were others just before.
   *
   * @param before how many, in this window and from this place (or from any that is not known),
   *     were not approved; at least 1
   */
  record ManyRequests(int before) implements PushNote {}
}
