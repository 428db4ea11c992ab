package dev.pushgate.configuration;

import dev.pushgate.push.policy.Requirement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what is asked after the password: a word of {@link Requirement}, or a plugin's name. */
final class FactorWords {
  /** The words in the order of their strictness. */
  static final Map<String, Requirement> ALL = Words.table(Requirement.values(), Requirement::word);

  private FactorWords() {}

  /** Whether phones are asked where a client has this word. */
  static boolean isPushed(String word) {
    Requirement requirement = ALL.get(word);
    return requirement == Requirement.NUMBER
        || requirement == Requirement.PUSH
        || requirement == Requirement.PUSH_OR_CODE;
  }

  /** What is required, or null where the word is none (reported). */
  static @Nullable Requirement requirement(Setting setting) {
    Requirement requirement = setting.word(ALL);
    warnOfNone(setting, requirement);
    return requirement;
  }

  /**
   * The word of a client, which may be a plugin as well; or null where it is none of both
   * (reported). A word of ours is never taken for a plugin.
   */
  static @Nullable String ofClient(Setting setting, Set<String> plugins) {
    String word = setting.text();
    if (word == null) {
      return null;
    }
    Set<String> others = new TreeSet<>(plugins);
    others.removeAll(ALL.keySet());
    if (!ALL.containsKey(word) && !others.contains(word)) {
      String known = Words.alternatives(ALL.keySet());
      setting.problem(
          Words.quoted(word) + " is neither a factor nor an installed plugin",
          "Write "
              + known
              + (others.isEmpty() ? "" : ", or the plugin " + Words.alternatives(others))
              + "; or install the plugin");
      return null;
    }
    warnOfNone(setting, ALL.get(word));
    return word;
  }

  private static void warnOfNone(Setting setting, @Nullable Requirement requirement) {
    if (requirement == Requirement.NONE) {
      setting.warning(
          "LETS USERS IN BY THEIR PASSWORD ALONE, without a second factor",
          "Write push-or-code unless this is meant");
    }
  }
}
