package dev.pushgate.radius.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where in the text of a users file the password of one user stands, or would have to.
 *
 * @param text of the whole file
 * @param key the user's name, as the file has it or as it shall have it
 * @param number the line, counted from 1
 * @param valueStart index of the value as written, or the length of the text for a new line
 * @param valueEnd index behind it
 * @param isNew whether the line is still to be written, at the end
 */
record PropertiesLine(
    String text, String key, int number, int valueStart, int valueEnd, boolean isNew) {

  static PropertiesLine of(String userName, String text) {
    UserKey wanted = UserKey.of(userName).folded();
    Optional<Assignment> found =
        new PropertiesText("", text)
            .read().assignments().stream()
                .filter(each -> !each.keyBroken())
                .filter(each -> UserKey.of(each.key()).folded().equals(wanted))
                .findFirst();
    return found
        .map(
            line ->
                new PropertiesLine(
                    text, line.key(), line.line(), line.valueStart(), line.end(), false))
        .orElseGet(
            () ->
                new PropertiesLine(
                    text, userName, lineBehind(text), text.length(), text.length(), true));
  }

  private static int lineBehind(String text) {
    return (int) text.lines().count() + 1;
  }

  /** The whole text with this value in its place and nothing else changed. */
  String with(String value) {
    String written = escaped(value, false);
    if (!isNew) {
      return text.substring(0, valueStart) + written + text.substring(valueEnd);
    }
    String ending = lineEnding();
    boolean atLineStart = text.isEmpty() || text.endsWith("\n") || text.endsWith("\r");
    return text + (atLineStart ? "" : ending) + escaped(key, true) + " = " + written + ending;
  }

  /**
   * Whether the edited text says what this one says, but for the new value. It may not where this
   * text has problems: a backslash at its end would swallow a new line.
   */
  boolean isAllThatChanges(String edited, String value) {
    List<Map.Entry<String, String>> expected = new ArrayList<>();
    for (Assignment each : new PropertiesText("", text).read().assignments()) {
      boolean isThis = !isNew && each.valueStart() == valueStart;
      expected.add(Map.entry(each.key(), isThis ? value : each.value()));
    }
    if (isNew) {
      expected.add(Map.entry(key, value));
    }
    return new PropertiesText("", edited)
        .read().assignments().stream()
            .map(each -> Map.entry(each.key(), each.value()))
            .toList()
            .equals(expected);
  }

  private String lineEnding() {
    int first = 0;
    while (first < text.length() && text.charAt(first) != '\n' && text.charAt(first) != '\r') {
      first++;
    }
    if (text.startsWith("\r\n", first)) {
      return "\r\n";
    }
    return text.startsWith("\r", first) ? "\r" : "\n";
  }

  private static String escaped(String plain, boolean isKey) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char character = plain.charAt(i);
      boolean atEdge = i == 0 || i == plain.length() - 1;
      switch (character) {
        case '\t' -> escaped.append("\\t");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\f' -> escaped.append("\\f");
        case '\\' -> escaped.append("\\\\");
        case '=', ':' -> escaped.append(isKey ? "\\" : "").append(character);
        case ' ' -> escaped.append(isKey || atEdge ? "\\" : "").append(character);
        case '#', '!' -> escaped.append(isKey && i == 0 ? "\\" : "").append(character);
        default -> escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
