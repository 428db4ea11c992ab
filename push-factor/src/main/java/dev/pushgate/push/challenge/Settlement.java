package dev.pushgate.push.challenge;

import java.util.Locale;

/**
 * How a challenge ended by a verdict.
 *
 * @param state what the phone is told
 * @param device the device whose verdict it was
 */
public record Settlement(State state, String device) {

  /** The states that docs/phone-api.md names. */
  public enum State {
    APPROVED,
    DENIED,
    REPORTED;

    /** The word that phones are told. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
