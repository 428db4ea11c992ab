package dev.pushgate.radius.packet;

import java.io.ByteArrayOutputStream;
import org.tinyradius.packet.RadiusPacket;

/**
 * The answer to an Accounting-Request: the request's Proxy-States and nothing else (RFC 2866
 * section 4.2).
 *
 * <p>It has no Message-Authenticator. The request was authenticated as a whole, so there is no
 * prefix to choose for a collision (CVE-2024-3596); and which authenticator it would be computed
 * over is not settled among implementations.
 */
public final class AccountingResponse {
  private AccountingResponse() {}

  /** The datagram to send; the same for the same request. */
  public static byte[] to(ReceivedPacket request, SharedSecret secret) {
    ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    for (byte[] proxyState : request.values(AttributeType.PROXY_STATE)) {
      attributes.write(AttributeType.PROXY_STATE);
      attributes.write(2 + proxyState.length);
      attributes.writeBytes(proxyState);
    }
    int length = RadiusPacket.RADIUS_HEADER_LENGTH + attributes.size();
    byte[] header = {
      RadiusPacket.ACCOUNTING_RESPONSE,
      (byte) request.getPacketIdentifier(),
      (byte) (length >> 8),
      (byte) length
    };
    ByteArrayOutputStream datagram = new ByteArrayOutputStream(length);
    datagram.writeBytes(header);
    datagram.writeBytes(
        secret.md5After(header, request.getAuthenticator(), attributes.toByteArray()));
    datagram.writeBytes(attributes.toByteArray());
    return datagram.toByteArray();
  }
}
