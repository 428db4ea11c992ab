package dev.pushgate.configuration;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something is written.
 *
 * @param file as the administrator knows it: relative to the configuration folder where it lies in
 *     there
 * @param line counted from 1, or 0 for the file as a whole
 */
record Place(String file, int line) {

  // The library knows the file of a value read from text only as words: "FILE: LINE", "FILE:
  // FROM-TO" or "merge of FILE: LINE,FILE: LINE".
  private static final Pattern DESCRIPTION =
      Pattern.compile(
          "(?:merge of )?(?<file>.+?): (?<line>\\d{1,9})(?:-(?<last>\\d{1,9}))?(?:,.*)?");

  /**
   * Where a value is written, or null where it is in no file (an environment variable). Of a key
   * that is written twice it is the last place, which counts; of a section the first.
   */
  static @Nullable Place of(ConfigValue value) {
    return of(value.origin(), !(value instanceof ConfigObject));
  }

  /** The first or the last place of an origin, or null where it is in no file. */
  static @Nullable Place of(ConfigOrigin origin, boolean last) {
    Matcher matcher = DESCRIPTION.matcher(origin.description());
    if (!matcher.matches()) {
      return null;
    }
    boolean range = last && matcher.group("last") != null;
    return new Place(
        matcher.group("file"), Integer.parseInt(matcher.group(range ? "last" : "line")));
  }

  @Override
  public String toString() {
    return line > 0 ? file + ":" + line : file;
  }
}
