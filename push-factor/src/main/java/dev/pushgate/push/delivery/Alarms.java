package dev.pushgate.push.delivery;

import dev.pushgate.radius.OncePerMinute;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.audit.AuditRecord;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an administrator of what only an administrator can mend: an error in the log and a record
 * in the audit log, for each subject at most once a minute.
 */
final class Alarms {
  private static final Logger log = LoggerFactory.getLogger(Alarms.class);

  private final Audit audit;
  private final InstantSource clock;
  private final OncePerMinute due;

  Alarms(Audit audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
    this.due = new OncePerMinute(clock);
  }

  /**
   * @param subject what is in trouble, in a stable word: one of few
   * @param reason why; one of few
   * @param remedy what to do
   */
  void raise(String subject, String reason, String remedy) {
    if (!due.permits(subject + " " + reason)) {
      return;
    }
    log.error("ALARM {}: {}. {}", subject, reason, remedy);
    try {
      audit.record(new AuditRecord.AlarmRaised(clock.instant(), subject, reason));
    } catch (AuditException e) {
      // The log has it, and nobody is let in by this.
      log.warn("an alarm is missing from the audit log", e);
    }
  }
}
