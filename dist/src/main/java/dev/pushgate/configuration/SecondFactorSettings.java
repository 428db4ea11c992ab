package dev.pushgate.configuration;

import dev.pushgate.push.alarm.AlarmSettings;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.dialogue.NumberSettings;
import dev.pushgate.push.enrolment.InlineEnrolment;
import dev.pushgate.push.limit.LimitSettings;
import dev.pushgate.push.policy.Policy;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is asked after the password, of whom and how often.
 *
 * @param policy the sections {@code groups} and {@code networks}
 * @param number the section {@code number}
 * @param code the section {@code code}
 * @param limits the section {@code limits}
 * @param keyFile what secrets in the state are encrypted with, absolute; need not exist
 * @param rememberAfterStop how long after the end of a session a remembered factor is forgotten, 0
 *     s to 1 day; or null where the end of a session changes nothing
 * @param inlineEnrolment how users get their first device at a login, or null where they do not
 * @param alarms whom alarms are told
 */
public record SecondFactorSettings(
    Policy policy,
    NumberSettings number,
    TotpSettings code,
    LimitSettings limits,
    Path keyFile,
    @Nullable Duration rememberAfterStop,
    @Nullable InlineEnrolment inlineEnrolment,
    AlarmSettings alarms) {

  /** The key file where the configuration names none, relative to its folder. */
  public static final Path DEFAULT_KEY_FILE = Path.of("pushgate.key");

  /**
   * Whether going over to other settings takes no restart: who needs what, the number and the
   * limits can change while logins wait.
   */
  public boolean isSameApartFromWhatReloads(SecondFactorSettings other) {
    return equals(
        new SecondFactorSettings(
            policy,
            number,
            other.code,
            limits,
            other.keyFile,
            other.rememberAfterStop,
            other.inlineEnrolment,
            other.alarms));
  }
}
