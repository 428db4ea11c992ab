package dev.pushgate.push.device;

import java.time.Duration;

/** What came of an attempt to enrol with a code. */
public sealed interface Redemption {

  /** The code is spent and the device kept. */
  record Enrolled(Device device) implements Redemption {}

  /** The code is unknown, spent or expired, or the password wrong; which of them is not told. */
  record CodeInvalid() implements Redemption {}

  /** The code is good, and asks for the user's password besides. It is not spent. */
  record PasswordNeeded() implements Redemption {}

  /** Whether the password is right cannot be said at the moment. The code is not spent. */
  record Unavailable() implements Redemption {}

  /** The key has been enrolled before. The code is not spent. */
  record KeyKnown() implements Redemption {}

  /**
   * The address has tried too many wrong codes; this one was not looked at.
   *
   * @param retryAfter when the next try is taken
   */
  record TooMany(Duration retryAfter) implements Redemption {}
}
