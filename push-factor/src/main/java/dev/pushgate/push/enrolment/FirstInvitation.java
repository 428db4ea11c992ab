package dev.pushgate.push.enrolment;

import dev.pushgate.push.device.Invitation;
import java.time.Instant;

/** What becomes of a login whose user has no device. */
public sealed interface FirstInvitation {

  /**
   * The user is shown the link.
   *
   * @param invitation its URL has {@value FirstEnrolment#LONGEST_LINK} octets at most
   */
  record Shown(Invitation invitation) implements FirstInvitation {}

  /** The link goes to the user's mail address. */
  record Mailed(Instant expires) implements FirstInvitation {}

  /** The user has to ask the administrator. */
  record None() implements FirstInvitation {}
}
