package dev.pushgate.callback.certificate;

import java.net.InetAddress;
import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The hosts for which a certificate stands, by its subject alternative names (RFC 9525). */
final class SubjectNames {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  private SubjectNames() {}

  /** The host of a base address, an IPv6 address without its brackets. */
  static String host(URI baseAddress) {
    String host = baseAddress.getHost();
    if (host == null) {
      throw new IllegalArgumentException("the base address " + baseAddress + " has no host");
    }
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether a host is an address rather than a name. */
  static Optional<InetAddress> address(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the certificate stands for the host. */
  static boolean cover(X509Certificate certificate, String host) {
    Optional<InetAddress> address = address(host);
    return alternatives(certificate).stream()
        .anyMatch(
            name ->
                switch ((Integer) name.get(0)) {
                  case DNS -> address.isEmpty() && matches((String) name.get(1), host);
                  case ADDRESS ->
                      address.isPresent() && address.equals(address((String) name.get(1)));
                  default -> false;
                });
  }

  private static Collection<List<?>> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static boolean matches(String name, String host) {
    String pattern = name.toLowerCase(Locale.ROOT);
    String asked = host.toLowerCase(Locale.ROOT);
    int dot = asked.indexOf('.');
    return pattern.equals(asked)
        || (pattern.startsWith("*.")
            && dot > 0
            && pattern.substring(1).equals(asked.substring(dot)));
  }
}
