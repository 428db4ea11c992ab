package dev.pushgate.push.dialogue;

/**
 * What a VPN prompt shows to be repeated on the phone.
 *
 * @param digits of the number that is typed, 2 to 8; less than 6 are not what NIST SP 800-63B-4
 *     section 3.1.3 asks for
 * @param choose whether phones show some numbers to choose from instead, of which one is right;
 *     that is weaker
 */
public record NumberSettings(int digits, boolean choose) {
  /** Six digits that are typed. */
  public static final NumberSettings DEFAULT = new NumberSettings(6, false);

  public NumberSettings {
    if (digits < 2 || digits > 8) {
      throw new IllegalArgumentException("a number has 2 to 8 digits, not " + digits);
    }
  }
}
