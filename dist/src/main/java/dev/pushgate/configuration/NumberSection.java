package dev.pushgate.configuration;

import dev.pushgate.push.dialogue.NumberSettings;
import java.util.Map;

/** Reads the section {@code number}. */
final class NumberSection {
  private static final int LEAST_DIGITS = 2;
  private static final int MOST_DIGITS = 8;
  private static final int ENOUGH_DIGITS = 6;
  private static final Map<String, Boolean> MATCHES = Words.table("enter", false, "choose", true);

  private NumberSection() {}

  static NumberSettings read(Section number) {
    Setting setting = number.setting("digits");
    Integer given = setting == null ? null : setting.integer(LEAST_DIGITS, MOST_DIGITS);
    int digits = given == null ? NumberSettings.DEFAULT.digits() : given;
    if (setting != null && digits < ENOUGH_DIGITS) {
      setting.warning(
          "NIST SP 800-63B-4 section 3.1.3 asks for 6 digits at least", "Write 6 or more");
    }
    boolean choose = number.word("match", MATCHES, NumberSettings.DEFAULT.choose());
    number.refuseUnknown(Vocabulary.NUMBER);
    return new NumberSettings(digits, choose);
  }
}
