package dev.pushgate.radius.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns of stored passwords that are weaker than they should be, once where they are many: a file
 * that was taken over from elsewhere may have a hundred thousand of a kind. For one thread.
 */
final class WeakPasswords {
  /** How many of a kind are warned of one by one. */
  private static final int EACH = 3;

  private final Map<String, List<Assignment>> byWeakness = new LinkedHashMap<>();

  /** Remembers one, the line of a user of this name. */
  void add(String weakness, Assignment line) {
    byWeakness.computeIfAbsent(weakness, kind -> new ArrayList<>()).add(line);
  }

  /** Tells all of them. */
  void warn(UserProblems problems) {
    byWeakness.forEach(
        (weakness, lines) -> {
          if (lines.size() > EACH) {
            problems.warn(
                lines.getFirst(),
                weakness + ", and so are the passwords of " + (lines.size() - 1) + " more users",
                "Set the passwords anew with `pushgate passwd USER`");
          } else {
            lines.forEach(
                line ->
                    problems.warn(
                        line,
                        weakness,
                        "Set the password anew with " + UserProblems.passwd(line.key())));
          }
        });
  }
}
