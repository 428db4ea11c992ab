package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.Set;

/** The directory cannot say; the message tells why, for the log, and is safe to show. */
final class DirectoryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Codes of the library for what did not come from a server. */
  private static final Set<ResultCode> OF_THE_CONNECTION =
      Set.of(
          ResultCode.SERVER_DOWN,
          ResultCode.TIMEOUT,
          ResultCode.CONNECT_ERROR,
          ResultCode.DECODING_ERROR,
          ResultCode.ENCODING_ERROR,
          ResultCode.LOCAL_ERROR);

  /** What is to be done besides telling it. */
  enum Scope {
    /** This server is of no use now; another may be. */
    SERVER,
    /** Another server would say the same. */
    DIRECTORY,
    /** Too many ask at once. */
    BUSY
  }

  private final Scope scope;

  DirectoryException(Scope scope, String reason) {
    super(reason, null, false, false);
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  /** The same of a server that a referral led to, which says nothing of the one that was asked. */
  DirectoryException elsewhere() {
    return new DirectoryException(Scope.DIRECTORY, String.valueOf(getMessage()));
  }

  /** What a server has said, or has not. */
  static DirectoryException of(LDAPException e, LdapServer server) {
    if (e.getResultCode().equals(ResultCode.TIMEOUT)) {
      return new DirectoryException(Scope.SERVER, server + " has not answered in time");
    }
    if (isOfTheConnection(e)) {
      return new DirectoryException(
          Scope.SERVER, server + " has ended the connection without an answer");
    }
    boolean another =
        e.getResultCode().equals(ResultCode.BUSY)
            || e.getResultCode().equals(ResultCode.UNAVAILABLE);
    return new DirectoryException(
        another ? Scope.SERVER : Scope.DIRECTORY, server + " answers: " + said(e));
  }

  /** Whether no server has answered. */
  static boolean isOfTheConnection(LDAPException e) {
    return OF_THE_CONNECTION.contains(e.getResultCode());
  }

  /** The code that a server has answered and its words. */
  static String said(LDAPException e) {
    String words = e.getDiagnosticMessage();
    return e.getResultCode().getName()
        + (words == null || words.isBlank() ? "" : " (" + UntrustedText.shown(words.strip()) + ")");
  }
}
