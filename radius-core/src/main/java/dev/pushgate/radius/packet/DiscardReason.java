package dev.pushgate.radius.packet;

/** Why a datagram gets no answer, as the RFCs demand. */
public enum DiscardReason {
  /** No client has this source address. */
  UNKNOWN_CLIENT("from an unknown address"),
  /** Shorter than its header, or shorter or longer than RFC 2865 section 3 allows. */
  LENGTH("wrong length"),
  /** A code that this port does not serve. */
  CODE("a code that is not served here"),
  /** Attributes that do not add up, of type 0, shorter than 2, or more than 200. */
  ATTRIBUTES("malformed attributes"),
  /** An attribute whose own length is wrong, or that stands beside one it excludes. */
  CONTENT("attributes that contradict each other"),
  /** A Message-Authenticator that is wrong, of the wrong length, or there twice. */
  MESSAGE_AUTHENTICATOR_WRONG("wrong Message-Authenticator"),
  /** No Message-Authenticator where the kind of packet or the client's setting requires one. */
  MESSAGE_AUTHENTICATOR_MISSING("no Message-Authenticator"),
  /** No Message-Authenticator from an address that has sent it before. */
  NO_LONGER_SIGNED("no Message-Authenticator, though there was one before"),
  /** EAP-Message without Message-Authenticator. */
  EAP_UNSIGNED("EAP-Message without Message-Authenticator"),
  /** Proxy-State without Message-Authenticator. */
  PROXY_STATE_UNSIGNED("Proxy-State without Message-Authenticator"),
  /** A reply whose Response Authenticator is wrong: another secret, or another request's reply. */
  RESPONSE_AUTHENTICATOR("wrong Response Authenticator"),
  /** A reply to another request than the one that waits for it. */
  OTHER_REQUEST("the reply to another request"),
  /** An Accounting-Request whose authenticator is wrong: another secret, or altered on its way. */
  ACCOUNTING_AUTHENTICATOR("wrong authenticator of an Accounting-Request"),
  /** A Status-Server without Message-Authenticator (RFC 5997 section 3). */
  STATUS_SERVER_UNSIGNED("a Status-Server without Message-Authenticator"),
  /** An Accounting-Request that could not be recorded (RFC 2866 section 2). */
  NOT_RECORDED("accounting that could not be recorded"),
  /** An Accounting-Request beyond what is worked on or kept at once. */
  BUSY("too much accounting at once"),
  /** The same request again while the first is being worked on. */
  RETRANSMISSION("a retransmission of a request in progress");

  private final String words;

  DiscardReason(String words) {
    this.words = words;
  }

  /** What is wrong, in words for a log line. */
  public String words() {
    return words;
  }
}
