package dev.pushgate.radius.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinyradius.packet.RadiusPacket;

class ReplyTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");

  private final SignedRequest request = new SignedRequest(77, SECRET, new SecureRandom());

  private ReceivedPacket received() {
    byte[] datagram = request.encode();
    return ((Decoded.Packet) PacketDecoder.decodeRequest(datagram, datagram.length, SECRET))
        .packet();
  }

  private ReceivedPacket decode(byte[] reply) {
    return ((Decoded.Packet)
            PacketDecoder.decodeReply(reply, reply.length, SECRET, request.requestAuthenticator()))
        .packet();
  }

  @Test
  void encode_ofAnyReply_putsMessageAuthenticatorFirst() {
    byte[] reply =
        new Reply(RadiusPacket.ACCESS_REJECT, received(), SECRET).addMessage("no").encode();
    assertThat(reply[0]).isEqualTo((byte) 3);
    assertThat(reply[1]).isEqualTo((byte) 77);
    assertThat(reply[20]).isEqualTo((byte) 80);
    assertThat(reply[21]).isEqualTo((byte) 18);
    assertThat(decode(reply).isSigned()).isTrue();
  }

  @Test
  void encode_ofRequestWithProxyStates_returnsThemUnmodifiedAndInOrder() {
    request.add(AttributeType.PROXY_STATE, new byte[] {1, 0, 2});
    request.add(AttributeType.PROXY_STATE, new byte[0]);
    request.add(AttributeType.PROXY_STATE, new byte[] {-1});
    byte[] reply = new Reply(RadiusPacket.ACCESS_ACCEPT, received(), SECRET).encode();
    assertThat(decode(reply).values(AttributeType.PROXY_STATE))
        .containsExactly(new byte[] {1, 0, 2}, new byte[0], new byte[] {-1});
  }

  @Test
  void fits_countsTheProxyStatesThatComeLast() {
    request.add(AttributeType.PROXY_STATE, new byte[200]);
    ReplyAttributes most =
        ReplyAttributes.of(
            "Class", Collections.nCopies(15, new EncodedAttribute(25, new byte[253])));
    // 20 + 18 + 15 * 255 + 202 = 4065 octets; 31 are left.
    Reply full =
        new Reply(RadiusPacket.ACCESS_ACCEPT, received(), SECRET)
            .addAll(most)
            .add(AttributeType.REPLY_MESSAGE, new byte[29]);
    assertThat(full.fits()).isTrue();
    assertThat(full.add(AttributeType.REPLY_MESSAGE, new byte[0]).fits()).isFalse();
  }

  @Test
  void message_longerThanAnAttribute_isSplitBetweenCharacters() {
    String text = "ü".repeat(300) + "🔑".repeat(100);
    byte[] reply =
        new Reply(RadiusPacket.ACCESS_REJECT, received(), SECRET).addMessage(text).encode();
    List<byte[]> parts = decode(reply).values(AttributeType.REPLY_MESSAGE);
    StringBuilder together = new StringBuilder();
    for (byte[] part : parts) {
      assertThat(part.length).isBetween(1, 253);
      String decoded = new String(part, StandardCharsets.UTF_8);
      assertThat(decoded.getBytes(StandardCharsets.UTF_8)).isEqualTo(part);
      together.append(decoded);
    }
    assertThat(together.toString()).isEqualTo(text);
  }

  @Test
  void message_thatLeavesNoRoomForTheProxyStates_isCutAndThePacketIsNot() {
    for (int i = 0; i < 15; i++) {
      request.add(AttributeType.PROXY_STATE, new byte[253]);
    }
    byte[] reply =
        new Reply(RadiusPacket.ACCESS_REJECT, received(), SECRET)
            .addMessage("1".repeat(253) + "2".repeat(253))
            .encode();
    assertThat(reply.length).isLessThanOrEqualTo(4096);
    assertThat(decode(reply).values(AttributeType.PROXY_STATE)).hasSize(15);
    assertThat(decode(reply).values(AttributeType.REPLY_MESSAGE)).isEmpty();
  }

  @Test
  void attributes_thatDoNotFit_areNotLeftOutInSilence() {
    Reply reply = new Reply(RadiusPacket.ACCESS_ACCEPT, received(), SECRET);
    for (int i = 0; i < 16; i++) {
      reply.add(AttributeType.VENDOR_SPECIFIC, new byte[253]);
    }
    reply.addMessage("welcome");
    assertThatThrownBy(reply::encode).isInstanceOf(RuntimeException.class);
  }
}
