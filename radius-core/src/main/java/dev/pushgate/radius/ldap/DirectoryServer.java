package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server of a directory: its connections, and whether it answers.
 *
 * <p>One virtual thread looks after it from the first question until {@link #close}: it tries a
 * server that has failed every second, and one that nobody has asked for a while now and then.
 *
 * <p>Safe for any number of threads.
 */
final class DirectoryServer {
  private static final Logger log = LoggerFactory.getLogger(DirectoryServer.class);

  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

  /** With the pause above less than the 5 s in which a server that is back must be found. */
  private static final Duration LONGEST_TRY = Duration.ofSeconds(3);

  private static final Duration TRY_UNUSED_AFTER = Duration.ofSeconds(20);

  private final LdapServer address;
  private final Connector connector;
  private final Duration tryWithin;
  private final InstantSource clock;
  private final ConnectionPool lookups;
  private final ConnectionPool binds;
  private final Semaphore loginOfAccount = new Semaphore(1, true);
  private final Semaphore alerts = new Semaphore(0);
  private final Object change = new Object();
  private @Nullable String trouble;
  private @Nullable Thread watcher;
  private Instant answeredLast;
  private boolean closed;

  DirectoryServer(LdapServer address, Connector connector, Duration timeout, InstantSource clock) {
    this.address = address;
    this.connector = connector;
    this.tryWithin = timeout.compareTo(LONGEST_TRY) < 0 ? timeout : LONGEST_TRY;
    this.clock = clock;
    this.lookups = new ConnectionPool(clock);
    this.binds = new ConnectionPool(clock);
    this.answeredLast = clock.instant();
  }

  LdapServer address() {
    return address;
  }

  /** Connections that the service account is logged in on. */
  ConnectionPool lookups() {
    return lookups;
  }

  /** Connections to try passwords on. */
  ConnectionPool binds() {
    return binds;
  }

  /** The service account logs in one at a time, so that a wrong password is tried once. */
  Semaphore loginOfAccount() {
    return loginOfAccount;
  }

  /** Why it is not asked now, or null while it is. */
  @Nullable String trouble() {
    synchronized (change) {
      return trouble;
    }
  }

  /** It has answered. */
  void answered() {
    boolean back;
    synchronized (change) {
      answeredLast = clock.instant();
      back = trouble != null;
      trouble = null;
    }
    if (back) {
      log.info("{} answers again", address);
    }
  }

  /** It has not answered, and is not asked again until it does. */
  void failed(DirectoryException e) {
    boolean first;
    synchronized (change) {
      first = trouble == null;
      trouble = String.valueOf(e.getMessage());
    }
    if (first) {
      alerts.release();
      log.warn(
          "{}; it is tried every second from now on, and not asked until then", e.getMessage());
    }
    lookups.dropIdle();
    binds.dropIdle();
  }

  /** Starts to look after it, unless that has begun. */
  void watch() {
    synchronized (change) {
      if (watcher == null && !closed) {
        watcher = Thread.ofVirtual().name("ldap-watch " + address).start(this::run);
      }
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        var _ = alerts.tryAcquire(TRY_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        lookups.closeOld();
        binds.closeOld();
        if (isToBeTried()) {
          tryOnce();
        }
      }
    } catch (InterruptedException e) {
      // Closed.
      return;
    }
  }

  private boolean isClosed() {
    synchronized (change) {
      return closed;
    }
  }

  private boolean isToBeTried() {
    synchronized (change) {
      return trouble != null || answeredLast.plus(TRY_UNUSED_AFTER).isBefore(clock.instant());
    }
  }

  private void tryOnce() throws InterruptedException {
    try {
      Link link = connector.connect(address, tryWithin);
      try {
        readRoot(link);
      } finally {
        link.abort();
      }
      answered();
    } catch (DirectoryException e) {
      failed(e);
    }
  }

  /** Whatever the server says, it lives. */
  private void readRoot(Link link) throws DirectoryException, InterruptedException {
    try {
      SearchRequest root = new SearchRequest("", SearchScope.BASE, "(objectClass=*)", "1.1");
      root.setResponseTimeoutMillis(tryWithin.toMillis());
      var _ = link.connection().search(root);
    } catch (LDAPException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while a server was tried");
      }
      if (DirectoryException.isOfTheConnection(e)
          || DirectoryException.of(e, address).scope() == DirectoryException.Scope.SERVER) {
        throw DirectoryException.of(e, address);
      }
    }
  }

  void close() {
    synchronized (change) {
      closed = true;
      if (watcher != null) {
        watcher.interrupt();
      }
    }
    lookups.close();
    binds.close();
  }
}
