package dev.pushgate.radius.nas;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.stream.Collectors;
import org.tinyradius.packet.RadiusPacket;

/**
 * A server's reply, its Response Authenticator and Message-Authenticator checked.
 *
 * @param packet the reply
 */
public record NasAnswer(ReceivedPacket packet) {

  /** Whether the user is let in. */
  public boolean isAccept() {
    return packet.getPacketType() == RadiusPacket.ACCESS_ACCEPT;
  }

  /** Whether the server asks for more. */
  public boolean isChallenge() {
    return packet.getPacketType() == RadiusPacket.ACCESS_CHALLENGE;
  }

  /** What the user reads: all Reply-Messages in a row; hostile as any text from the network. */
  public String message() {
    return packet.values(AttributeType.REPLY_MESSAGE).stream()
        .map(UntrustedText::decode)
        .collect(Collectors.joining());
  }
}
