package dev.pushgate.push.notifier;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header field Retry-After: seconds, or a date of HTTP (RFC 9110, section 10.2.3). */
public final class RetryAfter {
  /** A service that asks for more is asked again after this. */
  public static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

  private RetryAfter() {}

  /**
   * How long the service wants to be left alone.
   *
   * @param value as the service sent it: any text, or null where it sent none
   * @return from zero, which a date that is past means too, to {@link #LONGEST}; empty where it is
   *     neither seconds nor a date
   */
  public static Optional<Duration> read(@Nullable String value, Instant now) {
    if (value == null) {
      return Optional.empty();
    }
    String text = value.strip();
    return SECONDS.matcher(text).matches()
        ? Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))))
        : untilDate(text, now);
  }

  private static Optional<Duration> untilDate(String text, Instant now) {
    try {
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return Optional.of(bounded(Duration.between(now, date)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
