package dev.pushgate.radius.user;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the syntax of {@link java.util.Properties} more strictly than that class.
 *
 * <p>Comments, separators, continuation lines and escapes are the same. Other than there, an
 * unknown escape ({@code DOMAIN\alice} loses its backslash there) and white space that ends a key
 * are problems, and each assignment knows its lines. Values never get into a problem's text. For
 * one reading by one thread.
 */
final class PropertiesText {
  private static final int END = -1;
  private static final char UNREADABLE = '\ufffd';
  private static final String DOUBLE_IT = "Write '\\\\' for a backslash, as in DOMAIN\\\\user";

  private final String file;
  private final String text;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /** What is wrong with the assignment under way; its key is known only at the end. */
  private final List<Fault> faults = new ArrayList<>();

  private int at;
  private int line = 1;
  private boolean escaped;

  private record Fault(int line, String what, String remedy) {}

  /** What the text says, as far as it could be read, and what is wrong with it. */
  record Content(List<Assignment> assignments, List<Problem> problems) {}

  /**
   * @param file as problems shall name it
   * @param text all of it, without a byte order mark
   */
  PropertiesText(String file, String text) {
    this.file = file;
    this.text = text;
  }

  Content read() {
    while (at < text.length()) {
      skipBlanks();
      if (at == text.length()) {
        break;
      }
      char first = text.charAt(at);
      if (isLineEnd(first)) {
        passLineEnd();
      } else if (first == '#' || first == '!') {
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
          at++;
        }
      } else if (first == '\\' && (at + 1 == text.length() || isLineEnd(text.charAt(at + 1)))) {
        at++;
        problems.add(
            new Problem(file, line, null, "the line has a backslash alone", "Remove the line"));
      } else {
        readAssignment();
      }
    }
    return new Content(List.copyOf(assignments), List.copyOf(problems));
  }

  private void readAssignment() {
    int firstLine = line;
    int keyStart = at;
    int keyEnd = at;
    StringBuilder key = new StringBuilder();
    int next = next(true);
    while (next != END && (escaped || !(isSeparator(next) || isBlank(next)))) {
      key.append((char) next);
      keyEnd = at;
      next = next(true);
    }
    while (next != END && !escaped && isBlank(next)) {
      next = next(true);
    }
    if (next == END || escaped || !isSeparator(next)) {
      withoutSeparator(firstLine, keyStart, key.toString(), next);
      return;
    }
    if (key.isEmpty()) {
      fault("there is no name before '" + (char) next + "'", "Write NAME = VALUE");
    }
    refuseHalves(key);
    boolean keyBroken = !faults.isEmpty();
    int inKey = faults.size();

    skipBlanks();
    int valueStart = at;
    StringBuilder value = new StringBuilder();
    boolean endsInBlank = false;
    for (next = next(false); next != END; next = next(false)) {
      value.append((char) next);
      endsInBlank = !escaped && isBlank(next);
    }
    refuseHalves(value);
    boolean valueBroken = faults.size() > inKey;
    tellFaults(keyBroken ? text.substring(keyStart, keyEnd) : key.toString());
    assignments.add(
        new Assignment(
            firstLine,
            line,
            keyStart,
            valueStart,
            at,
            key.toString(),
            value.toString(),
            endsInBlank,
            keyBroken,
            valueBroken));
  }

  /** Names no key: this may be the rest of a password whose line was broken in two. */
  private void withoutSeparator(int firstLine, int keyStart, String key, int next) {
    while (next != END) {
      next = next(false);
    }
    faults.clear();
    int valueStart = at;
    problems.add(
        new Problem(
            file,
            firstLine,
            null,
            "there is no '=' between name and value, or white space inside the name",
            "Write NAME = VALUE, and '\\ ' for a space inside the name"));
    assignments.add(
        new Assignment(firstLine, line, keyStart, valueStart, at, key, "", false, false, true));
  }

  /**
   * The next character of the logical line, or {@link #END}; tells by {@link #escaped} whether a
   * backslash made it.
   */
  private int next(boolean inKey) {
    escaped = false;
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      char next = text.charAt(at++);
      if (next != '\\') {
        return next;
      }
      if (at < text.length() && !isLineEnd(text.charAt(at))) {
        escaped = true;
        return escape(inKey);
      }
      if (isLastLine()) {
        fault("the last line ends in a backslash", "Remove it, or write the line that follows");
      }
      passLineEnd();
      skipBlanks();
    }
    return END;
  }

  private char escape(boolean inKey) {
    char escape = text.charAt(at++);
    return switch (escape) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'u' -> unicode(inKey);
      case '\\', '=', ':', '#', '!', ' ' -> escape;
      default -> {
        fault(
            inKey
                ? "'\\" + UntrustedText.shown(String.valueOf(escape)) + "' is not an escape"
                : "the value has an unknown escape in it",
            DOUBLE_IT);
        yield UNREADABLE;
      }
    };
  }

  private char unicode(boolean inKey) {
    int code = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0 || text.charAt(i) > 'f') {
        fault(
            (inKey ? "" : "in the value, ") + "'\\u' is not followed by four hex digits",
            DOUBLE_IT);
        return UNREADABLE;
      }
      code = code * 16 + digit;
    }
    at += 4;
    return (char) code;
  }

  /** Halves of a surrogate pair have no UTF-8, so they would silently become question marks. */
  private void refuseHalves(StringBuilder read) {
    for (int i = 0; i < read.length(); i++) {
      if (Character.isSurrogate(read.charAt(i))) {
        refuseHalvesBeside(read);
        return;
      }
    }
  }

  private void refuseHalvesBeside(StringBuilder read) {
    if (read.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
      fault("a '\\uXXXX' gives half of a character", "Write both halves, or the character itself");
    }
  }

  private void fault(String what, String remedy) {
    faults.add(new Fault(line, what, remedy));
  }

  private void tellFaults(String key) {
    @Nullable String shown = key.isEmpty() ? null : UntrustedText.shown(key);
    for (Fault fault : faults) {
      problems.add(new Problem(file, fault.line, shown, fault.what, fault.remedy));
    }
    faults.clear();
  }

  private void passLineEnd() {
    if (at < text.length()) {
      char end = text.charAt(at++);
      if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      line++;
    }
  }

  private boolean isLastLine() {
    int rest = text.length() - at;
    return rest <= 1 || (rest == 2 && text.endsWith("\r\n"));
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isLineEnd(char character) {
    return character == '\n' || character == '\r';
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t' || character == '\f';
  }

  private static boolean isSeparator(int character) {
    return character == '=' || character == ':';
  }
}
