package dev.pushgate.radius.user;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that a mistyped one was probably meant to be. */
final class NearestName {
  private NearestName() {}

  /**
   * The known name that is the fewest single-character edits away from the given one, if they are
   * few enough for a slip: one in two characters, at most two.
   */
  static Optional<String> to(String given, Collection<String> known) {
    int fewest = Math.min(2, given.length() / 2) + 1;
    Optional<String> nearest = Optional.empty();
    for (String name : known) {
      if (Math.abs(name.length() - given.length()) < fewest) {
        int edits = edits(given, name);
        if (edits < fewest) {
          fewest = edits;
          nearest = Optional.of(name);
        }
      }
    }
    return nearest;
  }

  /** Levenshtein's distance, one row of his table at a time. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
