package dev.pushgate.radius.packet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tinyradius.packet.RadiusPacket;

/** A request as a NAS makes it. */
public abstract sealed class OutgoingRequest extends RadiusPacket
    permits SignedRequest, AccountingRequest {
  private static final String SECRET_KEPT_ELSEWHERE = "-";

  OutgoingRequest(int code, int identifier) {
    super(code, identifier);
  }

  /** The Request Authenticator that the reply answers to, 16 octets. */
  public abstract byte[] requestAuthenticator();

  /** Whether a reply to it must have a Message-Authenticator. */
  public abstract boolean demandsSignedReply();

  /** The datagram to send. */
  public byte[] encode() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      encodeRequestPacket(octets, SECRET_KEPT_ELSEWHERE);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return octets.toByteArray();
  }
}
