package dev.pushgate.configuration;

import dev.pushgate.radius.packet.UntrustedText;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How values are shown in messages. */
final class Words {
  private static final Duration LONGEST_IN_SECONDS = Duration.ofMinutes(5);

  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private Words() {}

  /** The text in single quotes, made safe to show. */
  static String quoted(String text) {
    return "'" + UntrustedText.shown(text) + "'";
  }

  /** The words as a sentence has them: {@code a}, {@code a or b}, {@code a, b or c}. */
  static String alternatives(Collection<String> words) {
    List<String> all = List.copyOf(words);
    if (all.size() < 2) {
      return String.join("", all);
    }
    return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
  }

  /** What the words of a setting stand for, in the order of the values. */
  static <T> Map<String, T> table(T[] values, Function<T, String> word) {
    Map<String, T> words = new LinkedHashMap<>();
    for (T value : values) {
      words.put(word.apply(value), value);
    }
    return Collections.unmodifiableMap(words);
  }

  /** The same of two words. */
  static <T> Map<String, T> table(String one, T meaningOne, String other, T meaningOther) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(one, meaningOne);
    words.put(other, meaningOther);
    return Collections.unmodifiableMap(words);
  }

  /**
   * The duration as one would write it in the file: in seconds up to 300s, then in the largest unit
   * of which it is at least two.
   */
  static String of(Duration duration) {
    if (duration.compareTo(TWO_DAYS) >= 0 && duration.equals(Duration.ofDays(duration.toDays()))) {
      return duration.toDays() + "d";
    }
    if (duration.compareTo(TWO_HOURS) >= 0
        && duration.equals(Duration.ofHours(duration.toHours()))) {
      return duration.toHours() + "h";
    }
    boolean minutes = duration.compareTo(LONGEST_IN_SECONDS) > 0 && duration.toSecondsPart() == 0;
    return minutes ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
