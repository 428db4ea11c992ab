package dev.pushgate.radius.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The text of a users file, of which an edit changes some lines and nothing else. Immutable. */
final class UsersFileText {
  private final String text;
  private final List<Assignment> assignments;

  UsersFileText(String text) {
    this.text = text;
    this.assignments = new PropertiesText("", text).read().assignments();
  }

  /** What the lines say, in their order; comments and the way of writing are left out. */
  List<Map.Entry<String, String>> entries() {
    return assignments.stream().map(each -> Map.entry(each.key(), each.value())).toList();
  }

  /** The line that says this of a user; of several the first. */
  Optional<Assignment> find(UserKey key) {
    UserKey folded = key.folded();
    return assignments.stream()
        .filter(each -> !each.keyBroken())
        .filter(each -> UserKey.of(each.key()).folded().equals(folded))
        .findFirst();
  }

  /** All lines of a user, that of the password included. */
  List<Assignment> linesOf(String userName) {
    String folded = UserName.folded(userName);
    return assignments.stream().filter(each -> isOf(folded, each)).toList();
  }

  private static boolean isOf(String folded, Assignment line) {
    if (line.keyBroken()) {
      return false;
    }
    UserKey key = UserKey.of(line.key());
    return key.property() != UserKey.Property.GROUP_REPLY
        && UserName.folded(key.user()).equals(folded);
  }

  /** The lines in which the passwords of these users stand. */
  Map<String, Assignment> passwordLines(Set<String> foldedNames) {
    Map<String, Assignment> found = new HashMap<>();
    for (Assignment line : assignments) {
      UserKey key = UserKey.of(line.key());
      if (!line.keyBroken() && key.property() == UserKey.Property.PASSWORD) {
        String folded = UserName.folded(key.user());
        if (foldedNames.contains(folded)) {
          found.putIfAbsent(folded, line);
        }
      }
    }
    return found;
  }

  /** The text with another value in these lines. */
  Edit with(Map<Assignment, String> values) {
    StringBuilder edited = new StringBuilder();
    List<Map.Entry<String, String>> expected = new ArrayList<>();
    int at = 0;
    for (Assignment line : assignments) {
      String value = values.get(line);
      expected.add(Map.entry(line.key(), value == null ? line.value() : value));
      if (value != null) {
        edited.append(text, at, line.valueStart()).append(escaped(value, false));
        at = line.end();
      }
    }
    return new Edit(edited.append(text, at, text.length()).toString(), expected);
  }

  /** The text with more lines, behind this one, or at the end where there is none. */
  Edit withNew(Optional<Assignment> behind, List<Map.Entry<String, String>> lines) {
    String ending = lineEnding();
    String written =
        lines.stream()
            .map(line -> escaped(line.getKey(), true) + " = " + escaped(line.getValue(), false))
            .collect(Collectors.joining(ending));
    int at = behind.map(Assignment::end).orElse(text.length());
    String before = text.substring(0, at);
    boolean atLineStart = before.isEmpty() || before.endsWith("\n") || before.endsWith("\r");
    List<Map.Entry<String, String>> expected = new ArrayList<>(entries());
    expected.addAll(behind.map(assignments::indexOf).orElse(assignments.size() - 1) + 1, lines);
    return new Edit(
        before
            + (atLineStart ? "" : ending)
            + written
            + (behind.isPresent() ? "" : ending)
            + text.substring(at),
        expected);
  }

  /** The text without these lines. */
  Edit without(List<Assignment> lines) {
    StringBuilder rest = new StringBuilder();
    int at = 0;
    for (Assignment line : lines) {
      rest.append(text, at, startOf(line));
      at = behindLineEnd(line.end());
    }
    rest.append(text, at, text.length());
    return new Edit(
        rest.toString(),
        assignments.stream()
            .filter(each -> !lines.contains(each))
            .map(each -> Map.entry(each.key(), each.value()))
            .toList());
  }

  /**
   * A text that has been edited.
   *
   * @param expected what its lines have to say
   */
  record Edit(String text, List<Map.Entry<String, String>> expected) {

    /**
     * Whether it says what was meant. It may not where the text has problems: a backslash at its
     * end would swallow a new line.
     */
    boolean isAsMeant() {
      return new UsersFileText(text).entries().equals(expected);
    }
  }

  /** The number of the line that would come next. */
  int lineBehind() {
    return (int) text.lines().count() + 1;
  }

  private int startOf(Assignment line) {
    int at = line.start();
    while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
      at--;
    }
    return at;
  }

  private int behindLineEnd(int end) {
    if (text.startsWith("\r\n", end)) {
      return end + 2;
    }
    return Math.min(end + 1, text.length());
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

  /** With the escapes that the syntax asks for. */
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
