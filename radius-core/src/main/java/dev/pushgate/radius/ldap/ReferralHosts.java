package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ReferralConnector;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.pushgate.radius.packet.UntrustedText;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a directory may send us, and the way there.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Only hosts that the configuration names are gone to, with TLS and a checked certificate,
 * whatever the URL says; so a directory cannot have a password sent anywhere else.
 *
 * <p>Safe for any number of threads.
 */
final class ReferralHosts {
  private static final Logger log = LoggerFactory.getLogger(ReferralHosts.class);

  /** Any chain longer than this is a loop, or might as well be. */
  static final int MOST_HOPS = 3;

  private final boolean followed;
  private final Set<String> hosts = new HashSet<>();
  private final Connector connector;
  private final Duration timeout;

  ReferralHosts(LdapSettings settings, Connector connector) {
    this.followed = settings.referrals().followed();
    this.hosts.addAll(settings.referrals().hosts());
    settings.servers().forEach(server -> hosts.add(server.host()));
    this.connector = connector;
    this.timeout = settings.timeout();
  }

  boolean isFollowed() {
    return followed;
  }

  /** The server that a URL means, or empty where we do not go there. */
  Optional<LdapServer> server(String url) {
    try {
      LDAPURL parsed = new LDAPURL(url);
      String host = parsed.getHost() == null ? "" : parsed.getHost().toLowerCase(Locale.ROOT);
      if (hosts.contains(host)) {
        boolean startTls = !parsed.getScheme().equalsIgnoreCase("ldaps");
        return Optional.of(new LdapServer(host, parsed.getPort(), startTls));
      }
      log.debug(
          "not followed, since its host is not among servers and referral-hosts: {}",
          UntrustedText.shown(url));
    } catch (LDAPException e) {
      log.debug("not a URL: {}", UntrustedText.shown(url));
    }
    return Optional.empty();
  }

  /** Opens a connection there; the caller ends it. */
  Link connect(LdapServer server) throws DirectoryException, InterruptedException {
    try {
      return connector.connect(server, timeout);
    } catch (DirectoryException e) {
      throw e.elsewhere();
    }
  }

  /**
   * For the library, which follows the referrals of a search and ends these connections.
   *
   * @param account who searches there, or null for nobody
   */
  ReferralConnector asAccount(@Nullable ServiceAccount account) {
    return (url, from) -> connection(url, account);
  }

  private LDAPConnection connection(LDAPURL url, @Nullable ServiceAccount account)
      throws LDAPException {
    LdapServer server =
        server(url.toString())
            .orElseThrow(
                () -> new LDAPException(ResultCode.REFERRAL, "a host that is not gone to"));
    Link link;
    try {
      link = connect(server);
    } catch (DirectoryException e) {
      throw new LDAPException(ResultCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LDAPException(ResultCode.LOCAL_ERROR, "interrupted", e);
    }
    boolean good = false;
    try {
      if (account != null) {
        var _ = link.connection().bind(new SimpleBindRequest(account.dn(), account.password()));
      }
      good = true;
      return link.connection();
    } finally {
      if (!good) {
        link.abort();
      }
    }
  }
}
