package dev.pushgate.push.signed;

/** What a signed message is for; a message for one purpose is never taken for another. */
public enum MessageType {
  ENROLMENT("pushgate-enroll+jwt"),
  /** Proves to be a device, as bearer of one request. */
  BEARER("pushgate-device+jwt"),
  VERDICT("pushgate-verdict+jwt"),
  PUSH_CHANGE("pushgate-push+jwt");

  private final String typ;

  MessageType(String typ) {
    this.typ = typ;
  }

  /** The {@code typ} that such a message has in its header (RFC 7515 section 4.1.9). */
  public String typ() {
    return typ;
  }
}
