package dev.pushgate.push.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the way to a device by its present address.
 *
 * @param retired whether the service has said that the address is of no use; ends when the phone
 *     gives another one
 * @param lastSent when the service took a notification last, or null where it has not
 * @param lastFailure the last notification that could not be handed over, or null where there was
 *     none
 */
public record PushHealth(
    boolean retired, @Nullable Instant lastSent, @Nullable Failure lastFailure) {

  /** That of an address that nothing was sent to yet. */
  public static final PushHealth NEW = new PushHealth(false, null, null);

  /**
   * A notification that could not be handed over.
   *
   * @param reason in the service's words or ours; has no token in it
   */
  public record Failure(Instant at, String reason) {}
}
