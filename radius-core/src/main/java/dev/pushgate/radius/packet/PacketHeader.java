package dev.pushgate.radius.packet;

import org.tinyradius.packet.RadiusPacket;

/** Code, Identifier and Length: the first four octets of a packet (RFC 2865 section 3). */
final class PacketHeader {
  private PacketHeader() {}

  static byte[] of(RadiusPacket packet, int length) {
    return new byte[] {
      (byte) packet.getPacketType(),
      (byte) packet.getPacketIdentifier(),
      (byte) (length >> 8),
      (byte) length
    };
  }
}
