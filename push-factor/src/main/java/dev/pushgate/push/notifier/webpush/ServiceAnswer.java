package dev.pushgate.push.notifier.webpush;

import dev.pushgate.push.notifier.Receipt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the answer of a push service means: by status (RFC 8030 sections 5 and 7.3, RFC 8292 section
 * 4.2) and {@code Retry-After}. Bodies differ from service to service and are not read.
 */
final class ServiceAnswer {
  /** A service that asks for more is asked again after this. */
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

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

  /** Seconds or a date (RFC 9110 section 10.2.3); empty where it is neither, or past. */
  private static Optional<Duration> pause(Optional<String> retryAfter, InstantSource clock) {
    return retryAfter
        .map(String::strip)
        .flatMap(
            text ->
                SECONDS.matcher(text).matches()
                    ? Optional.of(Duration.ofSeconds(Integer.parseInt(text)))
                    : untilDate(text, clock))
        .filter(Duration::isPositive)
        .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  private static Optional<Duration> untilDate(String text, InstantSource clock) {
    try {
      return Optional.of(
          Duration.between(
              clock.instant(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
