package dev.pushgate.configuration;

import dev.pushgate.push.limit.LimitSettings;
import java.time.Duration;

/** Reads the section {@code limits}. */
final class LimitsSection {
  private static final int MOST_PUSHES = 100;
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST_WINDOW = Duration.ofDays(1);
  private static final Duration MOST_PAUSE = Duration.ofDays(30);

  private LimitsSection() {}

  static LimitSettings read(Section limits) {
    Setting pushes = limits.setting("pushes");
    Integer given = pushes == null ? null : pushes.integer(1, MOST_PUSHES);
    Duration window = limits.duration("window", LEAST, MOST_WINDOW, LimitSettings.DEFAULT.window());
    Setting pause = limits.setting("report-pause");
    Duration reportPause = pause == null ? null : pause.duration(LEAST, MOST_PAUSE);
    limits.refuseUnknown(Vocabulary.LIMITS);
    return new LimitSettings(
        given == null ? LimitSettings.DEFAULT.pushes() : given, window, reportPause);
  }
}
