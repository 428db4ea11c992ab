package dev.pushgate.callback.certificate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate with its chain and private key. The key leaves only as part of a TLS context.
 *
 * <p>Immutable.
 */
public final class ServerCertificate {
  private static final char[] NO_PASSWORD = new char[0];

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  /**
   * @param chain the server's own certificate first, each issued by the next
   * @param key belongs to the first
   */
  ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * Reads a chain and a key from PEM files, which may be one and the same.
   *
   * @param certificateFile the server's certificate, then those between it and the root
   * @param keyFile PKCS#8, PKCS#1 (RSA) or SEC1 (EC), not encrypted
   * @param baseAddress where phones reach the server, against which the names are checked
   */
  public static CertificateReading read(
      Path certificateFile, Path keyFile, URI baseAddress, InstantSource clock) {
    return new CertificateReader(certificateFile, keyFile, clock.instant()).read(baseAddress);
  }

  /** The server's own certificate first, each issued by the next. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** What a TLS server shows this certificate by. */
  public SSLContext sslContext() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java cannot do TLS with this certificate", e);
    }
  }

  @Override
  public String toString() {
    return "ServerCertificate[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
