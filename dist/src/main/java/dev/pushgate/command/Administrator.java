package dev.pushgate.command;

import dev.pushgate.audit.AuditFile;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.State;
import java.io.IOException;
import java.time.InstantSource;

/** Who runs a command, and what is recorded of it. */
final class Administrator {
  private Administrator() {}

  /** The user of this machine, the one behind sudo where there is one; safe to show. */
  static String name() {
    String behindSudo = System.getenv("SUDO_USER");
    return UntrustedText.shown(
        behindSudo == null || behindSudo.isBlank()
            ? System.getProperty("user.name", "unknown")
            : behindSudo);
  }

  /**
   * Lets pushes go to a user again after a report, which is on record before it is done.
   *
   * @param user canonical name
   * @return whether they were stopped
   */
  static boolean liftStop(State state, String user, InstantSource clock)
      throws IOException, InterruptedException {
    if (!state.pushLimits().isStopped(user)) {
      return false;
    }
    record(state, new AuditRecord.PushesLifted(clock.instant(), user, name()));
    var _ = state.pushLimits().lift(user);
    return true;
  }

  /** Puts on record what an administrator does. */
  static void record(State state, AuditRecord record) throws IOException {
    try (AuditFile audit =
        AuditFile.open(state.folder().resolve(AuditFile.NAME), InstantSource.system())) {
      audit.record(record);
    }
  }
}
