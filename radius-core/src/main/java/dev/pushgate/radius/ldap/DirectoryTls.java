package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.SSLSocketVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS to directories.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A handshake ends well only with a certificate that a trusted authority has made out to the
 * very host of the URL and that is valid now; nothing but the StartTLS request is sent before.
 * There is no switch to turn that off.
 *
 * <p>Safe for any number of threads.
 */
final class DirectoryTls extends SSLSocketVerifier {
  /** Has the JDK check the name in the handshake, by RFC 2830 section 3.6. */
  private static final String NAME_CHECK = "LDAPS";

  private final SSLSocketFactory factory;
  private final InstantSource clock;

  /**
   * @param trust authorities; empty for those of this Java
   */
  DirectoryTls(List<X509Certificate> trust, InstantSource clock) {
    this.clock = clock;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.isEmpty() ? null : trustManagers(trust), null);
      this.factory = context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java cannot make a TLS context", e);
    }
  }

  private static TrustManager[] trustManagers(List<X509Certificate> trust)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trust.size(); i++) {
      store.setCertificateEntry("authority-" + i, trust.get(i));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  /** TLS on that connection; the handshake is still to come. */
  SSLSocket layered(Socket socket, String host, int port) throws IOException {
    SSLSocket layered = (SSLSocket) factory.createSocket(socket, host, port, true);
    SSLParameters parameters = layered.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(NAME_CHECK);
    layered.setSSLParameters(parameters);
    return layered;
  }

  /** The same for the library, whatever host it thinks that it has connected to. */
  SSLSocketFactory layering(String host) {
    return new LayeringFactory(host);
  }

  /**
   * Java takes a certificate that is itself among the trusted ones without looking at its dates.
   */
  @Override
  public void verifySSLSocket(String host, int port, SSLSocket socket) throws LDAPException {
    try {
      if (socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
        certificate.checkValidity(Date.from(clock.instant()));
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new LDAPException(ResultCode.CONNECT_ERROR, "the certificate is not valid now", e);
    }
  }

  private final class LayeringFactory extends SSLSocketFactory {
    private final String host;

    LayeringFactory(String host) {
      this.host = host;
    }

    @Override
    public Socket createSocket(Socket socket, String ignored, int port, boolean autoClose)
        throws IOException {
      return layered(socket, host, port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String other, int port) throws IOException {
      throw onlyLayered();
    }

    @Override
    public Socket createSocket(String other, int port, InetAddress from, int fromPort)
        throws IOException {
      throw onlyLayered();
    }

    @Override
    public Socket createSocket(InetAddress other, int port) throws IOException {
      throw onlyLayered();
    }

    @Override
    public Socket createSocket(InetAddress other, int port, InetAddress from, int fromPort)
        throws IOException {
      throw onlyLayered();
    }

    private static IOException onlyLayered() {
      return new IOException("TLS begins on an open connection only");
    }
  }
}
