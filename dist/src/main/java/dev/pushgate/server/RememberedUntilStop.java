package dev.pushgate.server;

import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.client.IpLiteral;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets remembered logins end some time after the NAS has told of the session's end; passes on what
 * is recorded.
 */
final class RememberedUntilStop implements Audit {
  private static final Logger log = LoggerFactory.getLogger(RememberedUntilStop.class);

  private final Audit audit;
  private final RememberedLogins remembered;
  private final Duration afterStop;
  private final BiFunction<String, String, Optional<String>> canonicalNames;
  private final InstantSource clock;

  /**
   * @param afterStop how long after the end of the session
   * @param canonicalNames tells who is meant by a name that a NAS has, and the name of the client
   */
  RememberedUntilStop(
      Audit audit,
      RememberedLogins remembered,
      Duration afterStop,
      BiFunction<String, String, Optional<String>> canonicalNames,
      InstantSource clock) {
    this.audit = audit;
    this.remembered = remembered;
    this.afterStop = afterStop;
    this.canonicalNames = canonicalNames;
    this.clock = clock;
  }

  @Override
  public void record(AuditRecord record) {
    audit.record(record);
    if (record instanceof AuditRecord.Accounted accounted
        && "stop".equals(accounted.status())
        && accounted.userName() != null
        && accounted.from() != null) {
      Optional<String> user = canonicalNames.apply(accounted.userName(), accounted.client());
      Optional<InetAddress> address = IpLiteral.parse(accounted.from());
      if (user.isPresent() && address.isPresent()) {
        end(user.get(), address.get());
      }
    }
  }

  private void end(String user, InetAddress address) {
    try {
      int ended = remembered.endAt(user, address, clock.instant().plus(afterStop));
      log.debug("{} remembered logins of {} end in {}", ended, user, afterStop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
