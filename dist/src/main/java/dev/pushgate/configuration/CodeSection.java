package dev.pushgate.configuration;

import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.code.TotpSettings.Algorithm;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code code}. */
final class CodeSection {
  private static final Map<String, Algorithm> ALGORITHMS =
      Words.table("sha1", Algorithm.SHA1, "sha256", Algorithm.SHA256);

  private static final Map<String, Integer> DIGITS = Words.table("6", 6, "8", 8);
  private static final Duration SHORT_STEP = Duration.ofSeconds(30);
  private static final Duration LONG_STEP = Duration.ofSeconds(60);

  private CodeSection() {}

  static TotpSettings read(Section code) {
    Algorithm algorithm = code.word("algorithm", ALGORITHMS, TotpSettings.USUAL.algorithm());
    int digits = code.word("digits", DIGITS, TotpSettings.USUAL.digits());
    Duration step = step(code.setting("step"));
    code.refuseUnknown(Vocabulary.CODE);
    return new TotpSettings(algorithm, digits, step);
  }

  private static Duration step(@Nullable Setting setting) {
    Duration step = setting == null ? null : setting.duration(SHORT_STEP, LONG_STEP);
    if (setting == null || step == null) {
      return TotpSettings.USUAL.step();
    }
    if (!step.equals(SHORT_STEP) && !step.equals(LONG_STEP)) {
      setting.problem(Words.of(step) + " is no step that apps have", "Write 30s or 60s");
      return TotpSettings.USUAL.step();
    }
    return step;
  }
}
