package dev.pushgate.radius.user;

import java.util.ArrayList;
import java.util.List;

/**
 * One value or several in one text: one as it is, several in double quotes each, separated by
 * commas. Inside quotes, two of them stand for one.
 *
 * <p>A comma without quotes might separate values or belong to one (as in {@code CN=vpn,DC=corp}),
 * so it is refused.
 */
final class ValueList {
  private static final char QUOTE = '"';

  private ValueList() {}

  /** What came of reading such a text. */
  sealed interface Parsed {

    /** At least one value; none is known to be empty or not. */
    record Values(List<String> values) implements Parsed {}

    /** It is not clear what is meant. */
    record Malformed(String what, String remedy) implements Parsed {}
  }

  static Parsed parse(String text) {
    if (text.isEmpty()) {
      return new Parsed.Malformed("there is no value behind '='", "Write one, or remove the line");
    }
    if (text.charAt(0) != QUOTE) {
      return text.indexOf(',') < 0
          ? new Parsed.Values(List.of(text))
          : new Parsed.Malformed(
              "it is not clear whether the comma belongs to the value or separates two",
              "Write \"one\", \"two\" for two values, or \"one, two\" for one");
    }
    List<String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = closing(text, at);
      if (end < 0) {
        return new Parsed.Malformed(
            "a value in double quotes has no end",
            "Write a quote behind it; a quote inside is written twice");
      }
      values.add(text.substring(at + 1, end).replace("\"\"", "\""));
      int comma = skipBlanks(text, end + 1);
      if (comma == text.length()) {
        return new Parsed.Values(List.copyOf(values));
      }
      at = text.charAt(comma) == ',' ? skipBlanks(text, comma + 1) : -1;
      if (at < 0 || at == text.length() || text.charAt(at) != QUOTE) {
        return new Parsed.Malformed(
            "behind a value in double quotes stands something else than a comma and another",
            "Write \"one\", \"two\"; a quote inside is written twice");
      }
    }
  }

  /** Index of the quote that ends the value whose opening quote stands at an index, or -1. */
  private static int closing(String text, int opening) {
    int at = opening + 1;
    while (at < text.length()) {
      if (text.charAt(at) != QUOTE) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == QUOTE) {
        at += 2;
      } else {
        return at;
      }
    }
    return -1;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
