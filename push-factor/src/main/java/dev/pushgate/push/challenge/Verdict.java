package dev.pushgate.push.challenge;

import java.util.Locale;

/** What a phone says to a challenge. */
public enum Verdict {
  APPROVE,
  DENY,
  /** A denial that also says "this was not me". */
  REPORT;

  /** The word that stands for it in a signed verdict. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
