package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;

/**
 * An open connection to a server. For one thread at a time, but for {@link #abort}.
 *
 * @param connection inside of TLS
 * @param socket what TLS runs on
 * @param server whom it leads to
 * @param usedLast when it was given back
 */
record Link(LDAPConnection connection, Socket socket, LdapServer server, Instant usedLast) {

  Link usedAt(Instant time) {
    return new Link(connection, socket, server, time);
  }

  /** Ends it in good order. */
  void close() {
    connection.close();
    closeSocket();
  }

  /** Ends it at once, also while another thread waits for an answer. */
  void abort() {
    closeSocket();
    connection.close();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }
}
