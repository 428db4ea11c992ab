package dev.pushgate.push.challenge;

/** What became of a verdict. */
public sealed interface Ruling {

  /** It settled the challenge: the login has been woken and will use it. */
  record Taken(Settlement.State state) implements Ruling {}

  /** The number typed or the option chosen was wrong; the challenge is denied by that. */
  record WrongNumber() implements Ruling {}

  /** The challenge asks for a number or a choice and the approval has none; nothing was changed. */
  record NumberMissing() implements Ruling {}

  /** Another verdict came first. */
  record AlreadySettled(Settlement.State state) implements Ruling {}

  /** The challenge has expired or was cancelled. */
  record Over() implements Ruling {}

  /** The device is not asked anything by that name and nonce. */
  record Unknown() implements Ruling {}
}
