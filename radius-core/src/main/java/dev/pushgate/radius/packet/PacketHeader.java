package dev.pushgate.radius.packet;

import org.tinyradius.packet.RadiusPacket;

/** Code, Identifier and Length: the first four octets of a packet (RFC 2865 section 3). */
final class PacketHeader {
  /** How many octets these are. */
  static final int LENGTH = 4;

  /** Where the attributes begin: behind these and the authenticator. */
  static final int ATTRIBUTES = RadiusPacket.RADIUS_HEADER_LENGTH;

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
