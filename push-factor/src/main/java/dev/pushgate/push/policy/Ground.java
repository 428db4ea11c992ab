package dev.pushgate.push.policy;

import dev.pushgate.radius.packet.UntrustedText;
import java.util.Locale;

/**
 * One rule that matched a login, and what became of it.
 *
 * @param origin what kind of thing says so
 * @param name of the user, group, client or network; empty for {@link Origin#DEFAULT}
 * @param aspect what it speaks of
 * @param word what it asks for, as the configuration has it: a word of {@link Requirement} or of a
 *     mode, or the name of a plugin
 * @param weight whether it won, and why
 */
public record Ground(Origin origin, String name, Aspect aspect, String word, Weight weight) {

  /** What kind of thing a rule belongs to. */
  public enum Origin {
    USER,
    GROUP,
    CLIENT,
    NETWORK,
    /** What holds where nothing is written. */
    DEFAULT;

    /** The word for logs and JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a rule speaks of. */
  public enum Aspect {
    FACTOR,
    MODE;

    /** The word for logs and JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a rule won or lost. */
  public enum Weight {
    STRICTEST(true, "the strictest that matches"),
    OVERRIDES(true, "it overrides what is said elsewhere"),
    NOTHING_ELSE(true, "nothing else is said"),
    PLUGIN(true, "a plugin, which is asked in place of a push or a code"),
    BEFORE_CLIENT(true, "a group goes before the client"),
    LESS_STRICT(false, "another rule is stricter"),
    OVERRIDDEN(false, "a network overrides it"),
    PLUGIN_OF_CLIENT(false, "the user has a factor of their own"),
    SHOWS_LESS(false, "another group's goes before"),
    BEHIND_GROUP(false, "a group goes before the client");

    private final boolean wins;
    private final String why;

    Weight(boolean wins, String why) {
      this.wins = wins;
      this.why = why;
    }

    /** Whether what the rule asks for is what is done; true of all rules that ask for the same. */
    public boolean wins() {
      return wins;
    }

    /** Why, as the end of a sentence. */
    public String why() {
      return why;
    }
  }

  /** For a log line, for example {@code group admins: factor number wins (the strictest …)}. */
  @Override
  public String toString() {
    return origin.word()
        + (name.isEmpty() ? "" : " " + UntrustedText.shown(name))
        + ": "
        + aspect.word()
        + " "
        + word
        + (weight.wins() ? " wins (" : " loses (")
        + weight.why()
        + ")";
  }
}
