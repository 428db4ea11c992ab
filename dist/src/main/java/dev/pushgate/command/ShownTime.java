package dev.pushgate.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;

/** Times as commands show them. */
final class ShownTime {
  private ShownTime() {}

  /** As people here write it, in this machine's time zone. */
  static String of(Instant time) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
        .format(time.atZone(ZoneId.systemDefault()));
  }

  /** As ISO 8601 has it, in UTC, to the second. */
  static String utc(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
