package dev.pushgate.radius.packet;

/** A request as a NAS makes it. */
public sealed interface OutgoingRequest permits SignedRequest, AccountingRequest {

  /** The Identifier, 0 to 255. */
  int getPacketIdentifier();

  /** The Request Authenticator that the reply answers to, 16 octets. */
  byte[] requestAuthenticator();

  /** The datagram to send. */
  byte[] encode();

  /** Whether a reply to it must have a Message-Authenticator. */
  boolean demandsSignedReply();
}
