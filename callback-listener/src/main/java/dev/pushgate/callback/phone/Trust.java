package dev.pushgate.callback.phone;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** By whose word a phone believes that a server is the one it claims to be. */
public final class Trust {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private Trust() {}

  /**
   * Opens a client that many phones may share; whoever opens it closes it.
   *
   * @param authority PEM file with a certificate authority, or with the server's own certificate
   *     where that is self-signed; null for the authorities that this Java trusts
   * @throws IOException when the file cannot be read or holds no certificate
   */
  public static HttpClient client(@Nullable Path authority) throws IOException {
    // Over HTTP/2 all phones would share one connection, and fail where its streams are used up.
    HttpClient.Builder client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    return authority == null ? client.build() : client.sslContext(trusting(authority)).build();
  }

  private static SSLContext trusting(Path authority) throws IOException {
    try (InputStream file = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        store.setCertificateEntry("trusted-" + store.size(), each);
      }
      if (store.size() == 0) {
        throw new IOException(authority + " holds no certificate");
      }
      TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(authority + " cannot be read as certificates", e);
    }
  }
}
