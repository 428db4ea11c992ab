package dev.pushgate.configuration;

import dev.pushgate.radius.packet.UntrustedText;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How values are shown in messages. */
final class Words {
  private static final Duration LONGEST_IN_SECONDS = Duration.ofMinutes(5);

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

  /** The duration as one would write it in the file: in seconds up to 300s, then in minutes. */
  static String of(Duration duration) {
    boolean minutes = duration.compareTo(LONGEST_IN_SECONDS) > 0 && duration.toSecondsPart() == 0;
    return minutes ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
