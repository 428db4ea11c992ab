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

  /** Puts on record what an administrator does. */
  static void record(State state, AuditRecord record) throws IOException {
    try (AuditFile audit =
        AuditFile.open(state.folder().resolve(AuditFile.NAME), InstantSource.system())) {
      audit.record(record);
    }
  }
}
