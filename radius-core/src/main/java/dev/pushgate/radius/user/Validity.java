package dev.pushgate.radius.user;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time in which an account may be used.
 *
 * @param from the first instant, or null where it has no beginning
 * @param until the first instant after it, or null where it has no end
 */
public record Validity(@Nullable Instant from, @Nullable Instant until) {
  /** At any time. */
  public static final Validity ALWAYS = new Validity(null, null);

  /** Whether no instant is in it. */
  boolean isEmpty() {
    return from != null && until != null && !from.isBefore(until);
  }

  /** Whether it is over, so that it does not come again. */
  public boolean isOver(Instant now) {
    return until != null && !now.isBefore(until);
  }

  /** Why the account cannot be used at this instant; safe to show. */
  public Optional<String> objection(Instant now) {
    if (isOver(now)) {
      return Optional.of("the account was valid until " + until);
    }
    return from != null && now.isBefore(from)
        ? Optional.of("the account is not valid before " + from)
        : Optional.empty();
  }

  /**
   * Reads a day, {@code 2027-01-31}, or a time with its offset or zone, {@code
   * 2027-01-31T18:00:00Z}.
   *
   * @param zone in which a day begins and ends
   * @param wholeDay whether a day is meant to its end, so that its last instant is meant
   * @return empty where it is neither
   */
  static Optional<Instant> instant(String text, ZoneId zone, boolean wholeDay) {
    try {
      return Optional.of(
          text.indexOf('T') < 0
              ? LocalDate.parse(text).plusDays(wholeDay ? 1 : 0).atStartOfDay(zone).toInstant()
              : ZonedDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
