package dev.pushgate.push.phone;

/**
 * What a phone is answered: what it asked for, or why not.
 *
 * @param <T> what it asked for
 */
public sealed interface PhoneAnswer<T> {

  /** The phone's words were taken. */
  record Taken<T>(T value) implements PhoneAnswer<T> {}

  /** The phone's words were refused, and changed nothing unless the refusal says so. */
  record Refused<T>(Refusal why) implements PhoneAnswer<T> {}
}
