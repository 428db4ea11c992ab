package dev.pushgate.push.limit;

import java.time.Instant;
import java.util.Set;

/** Whether a user may be sent a push. */
public sealed interface PushPermit {

  /**
   * It may leave, and has been counted.
   *
   * @param notes what the user should know of it
   */
  record Granted(Set<PushNote> notes) implements PushPermit {
    public Granted {
      notes = Set.copyOf(notes);
    }
  }

  /**
   * There were too many.
   *
   * @param until from when on the next one may leave, if nothing happens before
   */
  record Exhausted(Instant until) implements PushPermit {}

  /** The user has reported a login, and this one comes from a place that is not known. */
  record Stopped() implements PushPermit {}
}
