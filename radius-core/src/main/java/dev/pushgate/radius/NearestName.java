package dev.pushgate.radius;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped one was probably meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name that the fewest slips lead away from: insertions, deletions, replacements and
   * swaps of neighbours, at most one in three characters. Empty where none is that near.
   *
   * @param typed in any case
   * @param known in lower case, or as people see them
   */
  public static Optional<String> to(String typed, Collection<String> known) {
    String meant = typed.toLowerCase(Locale.ROOT);
    String nearest = null;
    int fewest = Math.max(1, typed.length() / 3) + 1;
    for (String name : known) {
      if (Math.abs(name.length() - meant.length()) < fewest) {
        int slips = slips(meant, name.toLowerCase(Locale.ROOT));
        if (slips < fewest) {
          fewest = slips;
          nearest = name;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The distance of Damerau and Levenshtein, where no part is edited twice. */
  private static int slips(String from, String to) {
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
