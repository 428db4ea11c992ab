package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections, each with TLS and a checked certificate.
 *
 * <p>The library would connect on a thread of its own, which an interrupted login would leave
 * behind; so it gets sockets that are connected already.
 *
 * <p>Safe for any number of threads.
 */
final class Connector {
  private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

  private final DirectoryTls tls;
  private final HostAddresses addresses = new HostAddresses();
  private final InstantSource clock;

  Connector(DirectoryTls tls, InstantSource clock) {
    this.tls = tls;
    this.clock = clock;
  }

  /**
   * A new connection that nobody has logged in on.
   *
   * @param within how long it may take
   */
  Link connect(LdapServer server, Duration within) throws DirectoryException, InterruptedException {
    Instant deadline = clock.instant().plus(within);
    Socket socket = null;
    Link link = null;
    try {
      socket = connected(server, deadline);
      link = secured(server, socket, deadline);
      return link;
    } catch (IOException | LDAPException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while connecting");
      }
      throw failed(server, e);
    } finally {
      if (link == null && socket != null) {
        closeQuietly(socket);
      }
    }
  }

  private Socket connected(LdapServer server, Instant deadline)
      throws IOException, InterruptedException {
    List<InetAddress> found = addresses.of(server.host(), left(deadline));
    IOException last = new IOException("no address");
    for (int i = 0; i < found.size(); i++) {
      int share = Math.max(1, left(deadline) / (found.size() - i));
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(found.get(i), server.port()), share);
        return socket;
      } catch (IOException e) {
        closeQuietly(socket);
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  private Link secured(LdapServer server, Socket socket, Instant deadline)
      throws IOException, LDAPException {
    int left = left(deadline);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(left);
    LDAPConnectionOptions options = options(left);
    if (server.startTls()) {
      LDAPConnection connection = opened(server, socket, options, left);
      boolean secured = false;
      try {
        StartTLSExtendedRequest request = new StartTLSExtendedRequest(tls.layering(server.host()));
        request.setResponseTimeoutMillis(left);
        ExtendedResult result = connection.processExtendedOperation(request);
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
          throw new LDAPException(result);
        }
        secured = true;
      } finally {
        if (!secured) {
          closeQuietly(socket);
          connection.close();
        }
      }
      return new Link(connection, socket, server, clock.instant());
    }
    SSLSocket secured = tls.layered(socket, server.host(), server.port());
    secured.startHandshake();
    tls.verifySSLSocket(server.host(), server.port(), secured);
    return new Link(
        opened(server, new SecuredSocket(secured), options, left), socket, server, clock.instant());
  }

  private static LDAPConnection opened(
      LdapServer server, Socket socket, LDAPConnectionOptions options, int within)
      throws LDAPException {
    LDAPConnection connection = new LDAPConnection(new ReadySocket(socket), options);
    connection.connect(server.host(), socket.getInetAddress(), server.port(), within);
    return connection;
  }

  private LDAPConnectionOptions options(int millis) {
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    options.setUseSynchronousMode(true);
    options.setConnectTimeoutMillis(millis);
    options.setResponseTimeoutMillis(millis);
    options.setBindWithDNRequiresPassword(true);
    options.setFollowReferrals(false);
    options.setReferralHopLimit(ReferralHosts.MOST_HOPS);
    options.setAbandonOnTimeout(false);
    options.setMaxMessageSize(LARGEST_MESSAGE);
    options.setSSLSocketVerifier(tls);
    return options;
  }

  private int left(Instant deadline) {
    return (int) Math.max(1, Duration.between(clock.instant(), deadline).toMillis());
  }

  private static DirectoryException failed(LdapServer server, Exception e) {
    boolean certificate = e instanceof GeneralSecurityException;
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
      certificate |= last instanceof GeneralSecurityException;
    }
    String words = UntrustedText.shown(String.valueOf(last.getMessage()));
    return new DirectoryException(
        DirectoryException.Scope.SERVER,
        certificate
            ? server
                + " has no certificate that is trusted here ("
                + words
                + "): compare it with trust and with the host in servers"
            : server + " cannot be reached (" + words + ")");
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }
}
