package dev.pushgate.radius.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns of what may be said of very many lines, such as weak passwords in a file that was taken
 * over from elsewhere: once where they are many. For one thread.
 */
final class RepeatedWarnings {
  /** How many of a kind are told one by one. */
  private static final int EACH = 3;

  private final Map<String, List<Warning>> byWhat = new LinkedHashMap<>();

  private record Warning(Assignment line, String remedy) {}

  /**
   * Remembers one.
   *
   * @param what the same for all of a kind
   * @param remedy may name the user
   */
  void add(Assignment line, String what, String remedy) {
    byWhat.computeIfAbsent(what, kind -> new ArrayList<>()).add(new Warning(line, remedy));
  }

  /** Tells all of them; for a kind of which there are many, the first. */
  void warn(UserProblems problems) {
    byWhat.forEach(
        (what, warnings) -> {
          if (warnings.size() > EACH) {
            Warning first = warnings.getFirst();
            problems.warn(
                first.line,
                what + ", and so it is in " + (warnings.size() - 1) + " more lines",
                first.remedy);
          } else {
            warnings.forEach(warning -> problems.warn(warning.line, what, warning.remedy));
          }
        });
  }
}
