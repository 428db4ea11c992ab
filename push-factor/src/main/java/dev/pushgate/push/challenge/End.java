package dev.pushgate.push.challenge;

/** How a challenge ended. It ends once, and what stands first stays. */
public sealed interface End {

  /**
   * A verdict has settled it.
   *
   * @param settlement what the verdict made of it
   * @param wrongNumber whether the number that the user typed, or the option chosen, was wrong,
   *     which denies it
   * @param digest of the whole signed verdict, so that the same one sent again is known
   */
  record Answered(Settlement settlement, boolean wrongNumber, String digest) implements End {}

  /** Its time was over. */
  record Expired() implements End {}

  /**
   * None of the devices could be told of it.
   *
   * @param reason why, for an administrator
   */
  record Undelivered(String reason) implements End {}

  /** The login went on by something else than a verdict, such as a code. */
  record Withdrawn() implements End {}

  /** The login no longer waits. */
  record Cancelled() implements End {}
}
