package dev.pushgate.configuration;

import com.typesafe.config.ConfigOrigin;
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
      Pattern.compile("(?:merge of )?(?<file>.+?): (?<line>\\d{1,9})(?:-\\d+)?(?:,.*)?");

  /** The first place of an origin, or null where it is in no file (an environment variable). */
  static @Nullable Place of(ConfigOrigin origin) {
    Matcher matcher = DESCRIPTION.matcher(origin.description());
    return matcher.matches()
        ? new Place(matcher.group("file"), Integer.parseInt(matcher.group("line")))
        : null;
  }

  @Override
  public String toString() {
    return line > 0 ? file + ":" + line : file;
  }
}
