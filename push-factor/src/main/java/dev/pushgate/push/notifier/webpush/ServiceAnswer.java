package dev.pushgate.push.notifier.webpush;

import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.RetryAfter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the answer of a push service means: by status (RFC 8030 sections 5 and 7.3, RFC 8292 section
 * 4.2) and {@code Retry-After}. Bodies differ from service to service and are not read.
 */
final class ServiceAnswer {
  private ServiceAnswer() {}

  /**
   * @param host of the service
   * @param retryAfter the header's value, as the service sent it
   */
  static Receipt of(int status, Optional<String> retryAfter, String host, InstantSource clock) {
    return switch (status) {
      case 200, 201, 202, 204 -> new Receipt.Accepted();
      case 401, 403 ->
          new Receipt.Misconfigured(
              status + ": the service does not take our key or subject",
              host
                  + " refused the VAPID token. Check push.webpush.subject (Apple takes none at"
                  + " localhost) and this machine's clock. If the store was lost or replaced, the"
                  + " key in it is a new one, and every browser has to subscribe anew");
      case 407 ->
          new Receipt.Misconfigured(
              "407: the proxy asks for a password",
              "Let this machine through the proxy without a password");
      case 404, 410 -> new Receipt.Dead(status + ": the subscription has ended");
      case 400 -> new Receipt.Refused("400: the service does not understand the message");
      case 413 -> new Receipt.Refused("413: the message is too large for the service");
      // By the second Microsoft's service says that it is too many.
      case 429, 406 ->
          new Receipt.TooMany(status + ": too many messages", pause(retryAfter, clock));
      case 408, 425 ->
          new Receipt.Unavailable(
              status + ": the service did not get the message in time", pause(retryAfter, clock));
      default -> {
        if (status >= 500 && status <= 599) {
          yield new Receipt.Unavailable(
              status + ": the service is in trouble", pause(retryAfter, clock));
        }
        yield status >= 300 && status <= 399
            ? new Receipt.Refused(status + ": the service leads elsewhere, which is not followed")
            : new Receipt.Refused(status + ": the service refuses the message");
      }
    };
  }

  /** Empty where the service names no time to come. */
  private static Optional<Duration> pause(Optional<String> retryAfter, InstantSource clock) {
    return RetryAfter.read(retryAfter.orElse(null), clock.instant()).filter(Duration::isPositive);
  }
}
