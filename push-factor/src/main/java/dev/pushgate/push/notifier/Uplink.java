package dev.pushgate.push.notifier;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How push services are reached from here.
 *
 * @param proxy an HTTP proxy that takes CONNECT and asks for no password; empty for none. Not
 *     resolved, so that a name that moves is followed
 * @param authorities certificate authorities that are trusted besides those of this Java: of a
 *     proxy that opens TLS
 */
public record Uplink(Optional<InetSocketAddress> proxy, List<X509Certificate> authorities) {

  /** No proxy, and the authorities of this Java. */
  public static final Uplink DIRECT = new Uplink(Optional.empty(), List.of());

  public Uplink {
    authorities = List.copyOf(authorities);
  }

  /**
   * Reads certificates of authorities.
   *
   * @param file certificates in PEM, at least one, each an authority's
   */
  public static List<X509Certificate> readAuthorities(Path file) throws CredentialsException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) certificate);
      }
    } catch (IOException | CertificateException e) {
      throw new CredentialsException(
          file + " cannot be read as certificates", "Put certificates in PEM into it");
    }
    if (certificates.isEmpty()) {
      throw new CredentialsException(
          file + " has no certificate in it", "Put certificates in PEM into it");
    }
    for (X509Certificate certificate : certificates) {
      if (certificate.getBasicConstraints() < 0) {
        throw new CredentialsException(
            file + " has a certificate in it that is no authority's",
            "Put the certificates of authorities into it, not of servers");
      }
    }
    return certificates;
  }

  /** The proxy, looked up now. */
  public Optional<InetSocketAddress> resolvedProxy() {
    return proxy.map(named -> new InetSocketAddress(named.getHostString(), named.getPort()));
  }

  /** All authorities that are trusted: this Java's and the named ones. */
  public List<X509Certificate> trusted() {
    try {
      List<X509Certificate> all = new ArrayList<>(authorities);
      for (TrustManager manager : trustManagers(null)) {
        if (manager instanceof X509TrustManager x509) {
          all.addAll(List.of(x509.getAcceptedIssuers()));
        }
      }
      return all;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot read its certificate authorities", e);
    }
  }

  /** TLS that trusts {@link #trusted} and checks host names where its user asks for it. */
  public SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, authorities.isEmpty() ? null : trustManagers(storeOf(trusted())), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java cannot make a TLS context", e);
    }
  }

  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore storeOf(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    return store;
  }
}
