package dev.pushgate.callback.phone;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the server said to a phone. A connection that broke is an exception instead, and worth
 * another try.
 *
 * @param <T> what the phone asked for
 */
public sealed interface Reply<T> {

  /** The server did as asked. */
  record Done<T>(T value) implements Reply<T> {}

  /**
   * The server refused, by one of the codes of docs/phone-api.md.
   *
   * @param status of HTTP
   * @param code the stable word for why; "none" where the answer holds none
   * @param state how the challenge was settled, in words, with the code {@code settled}; else null
   * @param retryAfter how long to leave the server in peace, where it says so; else null
   */
  record Refused<T>(int status, String code, @Nullable String state, @Nullable Duration retryAfter)
      implements Reply<T> {}
}
