package dev.pushgate.radius.client;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides whether an Access-Request must carry a Message-Authenticator (CVE-2024-3596).
 *
 * <p>Under {@link MessageAuthenticatorRule#AUTO} it is a ratchet: the first signed Access-Request
 * without EAP-Message from a source address makes signatures required from that address from then
 * on. EAP does not turn it, since NASes sign EAP that sign no PAP.
 */
public final class SignatureRatchet {
  private final Set<InetAddress> signing = ConcurrentHashMap.newKeySet();

  /** Whether a sound Access-Request may be served, taking note of it when it is signed. */
  public boolean admits(Client client, InetAddress source, ReceivedPacket request) {
    boolean eap = request.has(AttributeType.EAP_MESSAGE);
    if (request.isSigned()) {
      if (client.messageAuthenticator() == MessageAuthenticatorRule.AUTO && !eap) {
        signing.add(source);
      }
      return true;
    }
    return !eap && !request.has(AttributeType.PROXY_STATE) && !isRequired(client, source);
  }

  private boolean isRequired(Client client, InetAddress source) {
    return switch (client.messageAuthenticator()) {
      case REQUIRED -> true;
      case OPTIONAL -> false;
      case AUTO -> signing.contains(source);
    };
  }
}
