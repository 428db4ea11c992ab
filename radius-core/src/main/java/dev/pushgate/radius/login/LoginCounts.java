package dev.pushgate.radius.login;

import java.util.concurrent.atomic.LongAdder;

/** How often something happened to logins since the start. Safe for use by many threads. */
public final class LoginCounts {
  private final LongAdder joined = new LongAdder();
  private final LongAdder twoSessions = new LongAdder();
  private final LongAdder refusedAgain = new LongAdder();
  private final LongAdder wrongPasswords = new LongAdder();
  private final LongAdder tooEarly = new LongAdder();

  /** Packets that were a NAS's next try at a login that was open already. */
  public long joined() {
    return joined.sum();
  }

  /** Logins whose packets turned out to be of two sessions, and that were therefore rejected. */
  public long twoSessions() {
    return twoSessions.sum();
  }

  /** Logins that got the refusal of a moment ago, nobody being asked. */
  public long refusedAgain() {
    return refusedAgain.sum();
  }

  /** Wrong passwords; one that a NAS tries by several methods counts once. */
  public long wrongPasswords() {
    return wrongPasswords.sum();
  }

  /** Logins whose password nobody looked at, since too many wrong ones had come before. */
  public long tooEarly() {
    return tooEarly.sum();
  }

  void countJoined() {
    joined.increment();
  }

  void countTwoSessions() {
    twoSessions.increment();
  }

  void countRefusedAgain() {
    refusedAgain.increment();
  }

  void countTooEarly() {
    tooEarly.increment();
  }

  void countWrongPassword() {
    wrongPasswords.increment();
  }
}
