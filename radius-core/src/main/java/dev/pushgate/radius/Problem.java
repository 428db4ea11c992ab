package dev.pushgate.radius;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a file that an administrator wrote, told so that it can be mended.
 *
 * @param file the file as the administrator named it
 * @param line counted from 1, or 0 where the mistake is not in one line (a missing key)
 * @param key the setting or user that is wrong, or null where the line has none
 * @param what what is wrong, with the offending value unless it could be a secret
 * @param remedy what to do about it, as an imperative
 */
public record Problem(String file, int line, @Nullable String key, String what, String remedy) {

  /** By file, then line: the order in which an administrator walks through them. */
  public static final Comparator<Problem> IN_READING_ORDER =
      Comparator.comparing(Problem::file).thenComparingInt(Problem::line);

  /** {@code FILE:LINE: KEY: WHAT. REMEDY.}, on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    if (key != null) {
      text.append(": ").append(key);
    }
    return text.append(": ").append(what).append(". ").append(remedy).append('.').toString();
  }
}
