package dev.pushgate.configuration;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How values are shown in messages, and which known word one was meant to be. */
final class Words {
  private static final int LONGEST_SHOWN = 128;
  private static final Duration LONGEST_IN_SECONDS = Duration.ofMinutes(5);

  private Words() {}

  /** The text in single quotes, cut at 128 characters, control and bidi characters as \\u{…}. */
  static String quoted(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints().limit(LONGEST_SHOWN).forEach(point -> appendVisibly(shown, point));
    if (text.codePointCount(0, text.length()) > LONGEST_SHOWN) {
      shown.append('…');
    }
    return shown.append('\'').toString();
  }

  private static void appendVisibly(StringBuilder shown, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          shown.append(String.format(Locale.ROOT, "\\u{%x}", point));
      default -> shown.appendCodePoint(point);
    }
  }

  /** The words as a sentence has them: {@code a}, {@code a or b}, {@code a, b or c}. */
  static String alternatives(Collection<String> words) {
    List<String> all = List.copyOf(words);
    if (all.size() < 2) {
      return String.join("", all);
    }
    return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
  }

  /** The duration as one would write it in the file: in seconds up to 300s, then in minutes. */
  static String of(Duration duration) {
    boolean minutes = duration.compareTo(LONGEST_IN_SECONDS) > 0 && duration.toSecondsPart() == 0;
    return minutes ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }

  /** The known word that was most likely meant, or empty where none is near. */
  static Optional<String> nearest(String word, Collection<String> known) {
    String meant = word.toLowerCase(Locale.ROOT);
    String best = null;
    int least = Math.max(1, word.length() / 3) + 1;
    for (String candidate : known) {
      int edits = edits(meant, candidate);
      if (edits < least) {
        least = edits;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Insertions, deletions, replacements and swaps of neighbours from one word to the other. */
  private static int edits(String from, String to) {
    int[][] least = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        least[i][j] =
            Math.min(
                least[i - 1][j - 1] + replaced, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[from.length()][to.length()];
  }
}
