package dev.pushgate.radius.message;

import java.util.Locale;

/**
 * What users read in a Reply-Message; nothing of it helps an attacker.
 *
 * <p>Whatever fills the gaps, a sentence is 253 octets at most (RFC 2865 section 5), as long as
 * what fills them is no longer than is said.
 */
public enum Message {
  WRONG_PASSWORD,
  /** Gap: seconds. */
  TOO_MANY_WRONG_PASSWORDS,
  /** As {@link #WRONG_PASSWORD}, after so many failures that only known places are served. */
  TOO_MANY_FAILURES,
  /** Only to who knows it. */
  PASSWORD_EXPIRED,
  /** Only to who knows it. */
  PASSWORD_MUST_CHANGE,
  UNAVAILABLE,
  TOO_LATE,
  BUSY,
  STOPPING,
  TWO_SESSIONS,
  TAKEN_OVER,
  PROMPT_OVER,

  NO_DEVICE,
  DENIED_ON_PHONE,
  WRONG_NUMBER,
  NOBODY_ANSWERED,
  NOT_DELIVERED,
  INTERRUPTED,

  NOT_ALLOWED,
  /** Where a number is wanted and the NAS has no prompt to show it. */
  NUMBER_IMPOSSIBLE,
  /** Where a code is wanted and may stand behind the password. */
  CODE_BEHIND_PASSWORD,
  /** Where a code is wanted and there is no way to give one. */
  CODE_IMPOSSIBLE,
  NO_CODES,
  PUSHES_USED_UP,
  PUSHES_STOPPED,

  CODE_PROMPT,
  /** The prompt of FortiAuthenticator, which FortiGates and FortiClients know. */
  FORTIGATE_PROMPT,
  CODE_OR_PUSH_PROMPT,
  PUSH_PROMPT,
  /** Gap: the number in groups. */
  NUMBER_PROMPT,
  /** Gap: the number in groups. */
  NUMBER_OR_CODE_PROMPT,
  /** Gap: the option. */
  CHOICE_PROMPT,
  /** Gap: the option. */
  CHOICE_OR_CODE_PROMPT,
  WRONG_CODE,
  /** The words of FortiOS. Gap: seconds. */
  PLEASE_WAIT,
  /** Gap: the number that was typed, one or two digits. */
  NO_SUCH_DEVICE,

  /** Gaps: minutes, and the link, of 150 octets at most. */
  ENROL_HERE,
  ENROL_BY_MAIL;

  /** The sentence in a language. */
  public String in(Language language, Object... gaps) {
    return language.sentence(key()).formatted(gaps);
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
