package dev.pushgate.push.enrolment;

import dev.pushgate.radius.client.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How users who never had a device get their first one at a login.
 *
 * @param until when this ends
 * @param networks that they must come from; at least one
 * @param validFor how long a link is good, 1 min to 1 day
 * @param mailCommand a program and its arguments by which the link is mailed; empty: the link
 *     stands in the Reply-Message
 */
public record InlineEnrolment(
    Instant until, List<Network> networks, Duration validFor, List<String> mailCommand) {
  /** How long a link is good where nothing else is said. */
  public static final Duration DEFAULT_VALIDITY = Duration.ofMinutes(15);

  public InlineEnrolment {
    networks = List.copyOf(networks);
    mailCommand = List.copyOf(mailCommand);
  }
}
