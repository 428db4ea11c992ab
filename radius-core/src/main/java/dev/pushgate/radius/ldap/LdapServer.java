package dev.pushgate.radius.ldap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A directory server by its URL. Never without TLS.
 *
 * @param host name or address as it is written, an IPv6 address without brackets; the certificate
 *     is checked against it
 * @param port 1 to 65535
 * @param startTls whether TLS begins by StartTLS (RFC 4513 section 3), not with the connection
 */
public record LdapServer(String host, int port, boolean startTls) {
  private static final int LDAPS_PORT = 636;
  private static final int LDAP_PORT = 389;

  /** A server by {@code ldaps://HOST[:PORT]} or {@code ldap://HOST[:PORT]}; empty for others. */
  public static Optional<LdapServer> parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean isMore =
        uri.getRawUserInfo() != null
            || uri.getRawQuery() != null
            || uri.getRawFragment() != null
            || uri.getRawPath() == null
            || !uri.getRawPath().matches("/?");
    boolean startTls = scheme.equals("ldap");
    if (host == null || isMore || !(startTls || scheme.equals("ldaps")) || uri.getPort() == 0) {
      return Optional.empty();
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = uri.getPort() < 0 ? (startTls ? LDAP_PORT : LDAPS_PORT) : uri.getPort();
    return port > 65535
        ? Optional.empty()
        : Optional.of(new LdapServer(name.toLowerCase(Locale.ROOT), port, startTls));
  }

  /** As the configuration has it. */
  @Override
  public String toString() {
    return (startTls ? "ldap://" : "ldaps://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port;
  }
}
