package dev.pushgate.configuration;

import dev.pushgate.push.alarm.AlarmSettings;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.dialogue.NumberSettings;
import dev.pushgate.push.enrolment.InlineEnrolment;
import dev.pushgate.push.limit.LimitSettings;
import dev.pushgate.push.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Reads all that is said of the second factor outside of {@code clients}. */
final class SecondFactorSections {
  private static final Duration MOST_AFTER_STOP = Duration.ofDays(1);

  private final Section root;
  private final Path folder;
  private final Set<Path> files;
  private final InstantSource clock;

  /**
   * @param files collects the files that are named
   */
  SecondFactorSections(Section root, Path folder, Set<Path> files, InstantSource clock) {
    this.root = root;
    this.folder = folder;
    this.files = files;
    this.clock = clock;
  }

  SecondFactorSettings read() {
    Policy policy =
        new Policy(
            GroupsSection.read(root.section("groups")),
            NetworksSection.read(root.section("networks")));
    NumberSettings number = NumberSection.read(root.section("number"));
    TotpSettings code = CodeSection.read(root.section("code"));
    LimitSettings limits = LimitsSection.read(root.section("limits"));
    Path keyFile = keyFile();
    Setting afterStop = root.setting("remember-after-stop");
    Duration rememberAfterStop =
        afterStop == null ? null : afterStop.duration(Duration.ZERO, MOST_AFTER_STOP);
    InlineEnrolment enrolment = new EnrolmentSection(root.section("enroll"), clock).read();
    AlarmSettings alarms = AlarmSection.read(root.section("alarm"));
    return new SecondFactorSettings(
        policy, number, code, limits, keyFile, rememberAfterStop, enrolment, alarms);
  }

  private Path keyFile() {
    Path file = root.path("key-file", folder, SecondFactorSettings.DEFAULT_KEY_FILE);
    files.add(file);
    Setting setting = root.setting("key-file");
    if (setting != null && Files.exists(file) && GivenFile.isReadable(setting, file)) {
      GivenFile.warnIfOpen(setting, file);
    }
    return file;
  }
}
