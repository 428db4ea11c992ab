package dev.pushgate.radius.ldap;

import dev.pushgate.radius.packet.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves the directory alone after it has refused the service account's password, so that the
 * account is not locked: a minute at first, and twice as long each time, half an hour at most.
 *
 * <p>Safe for any number of threads.
 */
final class ServiceAccountPause {
  private static final Logger log = LoggerFactory.getLogger(ServiceAccountPause.class);

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final InstantSource clock;
  private Duration next = FIRST;
  private @Nullable Instant until;
  private String reason = "";

  ServiceAccountPause(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Whether the password may be tried.
   *
   * @throws DirectoryException during a pause
   */
  synchronized void check() throws DirectoryException {
    if (until != null && clock.instant().isBefore(until)) {
      throw exception();
    }
  }

  /** The directory has refused the password. */
  synchronized DirectoryException refused(LdapServer server, String account) {
    reason =
        server
            + " refuses the password of bind-dn "
            + UntrustedText.shown(account)
            + ": correct bind-dn or bind-password-file";
    until = clock.instant().plus(next);
    log.error("{}. It is tried again in {} s", reason, next.toSeconds());
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    return exception();
  }

  /** The directory has taken the password. */
  synchronized void accepted() {
    until = null;
    reason = "";
    next = FIRST;
  }

  private DirectoryException exception() {
    return new DirectoryException(DirectoryException.Scope.DIRECTORY, reason);
  }
}
