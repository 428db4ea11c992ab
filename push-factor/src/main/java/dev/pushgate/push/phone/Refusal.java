package dev.pushgate.push.phone;

import dev.pushgate.push.challenge.Settlement;
import java.time.Duration;

/** Why a phone's words were refused, as docs/phone-api.md tells it. */
public sealed interface Refusal {

  /**
   * Not a message that we take.
   *
   * @param detail what is wrong with it, for the maker of the app; holds nothing of the message
   */
  record Malformed(String detail) implements Refusal {}

  /** Wrong signature, unknown or removed device, {@code aud} or {@code iat} off: all alike. */
  record Signature() implements Refusal {}

  /** No such challenge or device, or one of another user: alike. */
  record Unknown() implements Refusal {}

  /** The enrolment code is unknown, spent or expired, or the password wrong: all alike. */
  record CodeInvalid() implements Refusal {}

  /** The enrolment code asks for the user's password besides. */
  record PasswordNeeded() implements Refusal {}

  /** The server cannot tell at the moment; the same may be said again later. */
  record Unavailable() implements Refusal {}

  /** The key has been enrolled before. */
  record KeyKnown() implements Refusal {}

  /** Another verdict has settled the challenge. */
  record Settled(Settlement.State state) implements Refusal {}

  /** The challenge has expired or was cancelled. */
  record Expired() implements Refusal {}

  /** The number was wrong: the challenge is denied by this. */
  record WrongNumber() implements Refusal {}

  /** Too many tries from one address; none is taken before the time is over. */
  record TooMany(Duration retryAfter) implements Refusal {}
}
