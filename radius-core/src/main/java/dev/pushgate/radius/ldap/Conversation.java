package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPBindException;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10RequestControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Questions on one connection, each within the time that is left. For one thread. */
final class Conversation {
  private final Link link;
  private final Duration timeout;
  private final Instant deadline;
  private final InstantSource clock;
  private boolean answered;

  Conversation(Link link, Duration timeout, Instant deadline, InstantSource clock) {
    this.link = link;
    this.timeout = timeout;
    this.deadline = deadline;
    this.clock = clock;
  }

  /** Whether the server has answered anything yet. */
  boolean isAnswered() {
    return answered;
  }

  LdapServer server() {
    return link.server();
  }

  /**
   * Tries a password.
   *
   * @param name a DN, or what else the directory takes for one
   * @param password octets, at least one
   * @return what the server says, whether it is right or not
   * @throws LDAPException where the server says nothing
   */
  LDAPResult bind(String name, byte[] password) throws LDAPException {
    SimpleBindRequest request =
        new SimpleBindRequest(
            name, password, new DraftBeheraLDAPPasswordPolicy10RequestControl(false));
    request.setResponseTimeoutMillis(millisLeft());
    try {
      LDAPResult result = link.connection().bind(request);
      answered = true;
      return result;
    } catch (LDAPBindException e) {
      if (DirectoryException.isOfTheConnection(e)) {
        throw e;
      }
      answered = true;
      return e.getBindResult();
    }
  }

  /**
   * Searches.
   *
   * @throws LDAPException where the server does not say, or says that it cannot
   */
  SearchResult search(SearchRequest request) throws LDAPException {
    request.setResponseTimeoutMillis(millisLeft());
    try {
      SearchResult result = link.connection().search(request);
      answered = true;
      return result;
    } catch (LDAPException e) {
      answered |= !DirectoryException.isOfTheConnection(e);
      throw e;
    }
  }

  private long millisLeft() {
    Duration left = Duration.between(clock.instant(), deadline);
    return Math.max(1, (left.compareTo(timeout) < 0 ? left : timeout).toMillis());
  }
}
