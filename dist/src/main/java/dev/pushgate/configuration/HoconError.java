package dev.pushgate.configuration;

import com.typesafe.config.ConfigException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A syntax error that the HOCON library found, in our own words: its messages quote the text around
 * the error, which may be a secret.
 */
enum HoconError {
  // In the order in which they are looked for: the surest first.
  OPEN_QUOTE(
      "string quote was still open|quoted string was still open|newline in quoted string",
      "a double quote is opened and not closed",
      "Close it on the same line"),
  ESCAPE(
      "not a valid escape sequence|backslash in string had nothing",
      "a backslash between double quotes is followed by a letter it cannot go with",
      "Write \\\\ for one backslash"),
  NO_VALUE(
      "may not be followed by token",
      "here or on a line before, a key has no value",
      "Write KEY = VALUE or KEY { … }"),
  CLOSING_BRACE(
      "unbalanced close brace",
      "a brace is closed that was not opened",
      "Remove the } or open it by {"),
  OPEN_BRACE(
      "end of file",
      "a brace or bracket is opened and not closed",
      "Close each { by } and each [ by ]"),
  HALF_AN_OPERATOR(
      "'([$+])' not followed by",
      "the character %s stands where it cannot",
      "Put the whole text that it belongs to between double quotes"),
  STRAY_CHARACTER(
      "got (?:wrong token: )?'(.)'|Reserved character '(.)'",
      "the character %s stands where it cannot",
      "Put the whole text that it belongs to between double quotes"),
  LIST(
      "rather than object at file root",
      "the file is a list",
      "Write KEY = VALUE on the first level"),
  MIXED(
      "Cannot concatenate",
      "a text, a list or a section stand side by side as one value",
      "Write one of them"),
  CYCLE(
      "part of a cycle", "a ${…} refers to itself", "Write the value itself in one of the places"),
  OTHER("", "this is not HOCON", "Compare the line with pushgate.conf.example");

  private final Pattern sign;
  private final String what;
  private final String remedy;

  HoconError(String sign, String what, String remedy) {
    this.sign = Pattern.compile(sign);
    this.what = what;
    this.remedy = remedy;
  }

  /**
   * Reports the error.
   *
   * @param otherwise the place where the library names none
   */
  static void tell(ConfigException e, Report report, Place otherwise) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    Place place = e.origin() == null ? null : Place.of(e.origin(), false);
    for (HoconError error : values()) {
      Matcher matcher = error.sign.matcher(message);
      if (matcher.find()) {
        report.problem(
            place == null ? otherwise : place,
            null,
            error.what.formatted(character(matcher)),
            error.remedy);
        return;
      }
    }
  }

  private static @Nullable String character(Matcher matcher) {
    return IntStream.rangeClosed(1, matcher.groupCount())
        .mapToObj(matcher::group)
        .filter(group -> group != null)
        .findFirst()
        .orElse(null);
  }
}
