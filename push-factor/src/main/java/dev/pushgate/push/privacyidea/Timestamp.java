package dev.pushgate.push.privacyidea;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** When the app says that it has signed: UTC by ISO 8601 with 3 or 6 digits of a second. */
final class Timestamp {
  /** How far an app's clock may be off, to either side. */
  static final Duration TOLERANCE = Duration.ofSeconds(60);

  private static final Pattern FORM =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.([0-9]{3}){1,2}Z");

  private Timestamp() {}

  /** Whether the text is a time of that form, and about now. */
  static boolean isAbout(Instant now, String text) {
    if (!FORM.matcher(text).matches()) {
      return false;
    }
    try {
      Instant signed = Instant.parse(text);
      return !signed.isBefore(now.minus(TOLERANCE)) && !signed.isAfter(now.plus(TOLERANCE));
    } catch (DateTimeException e) {
      return false;
    }
  }
}
