package dev.pushgate.radius.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");
  private static final String AUTHENTICATOR = "00112233445566778899aabbccddeeff";
  private static final String PASSWORD_16 = "0212" + "aa".repeat(16);

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("nothing at all", "", DiscardReason.LENGTH),
        arguments("19 octets", packet(19, "").substring(0, 38), DiscardReason.LENGTH),
        arguments("Length below 20", packet(19, ""), DiscardReason.LENGTH),
        arguments("Length above 4096", packet(4097, "00".repeat(4077)), DiscardReason.LENGTH),
        arguments("shorter than Length", packet(24, "0104"), DiscardReason.LENGTH),
        arguments("code 0", "00" + packet(20, "").substring(2), DiscardReason.CODE),
        arguments("attribute of type 0", packet(23, "000341"), DiscardReason.ATTRIBUTES),
        arguments("attribute of length 0", packet(23, "010041"), DiscardReason.ATTRIBUTES),
        arguments("attribute of length 1", packet(23, "010141"), DiscardReason.ATTRIBUTES),
        arguments("attribute beyond the end", packet(23, "010441"), DiscardReason.ATTRIBUTES),
        arguments("half an attribute header", packet(21, "01"), DiscardReason.ATTRIBUTES),
        arguments("201 attributes", packet(20 + 402, "0102".repeat(201)), DiscardReason.ATTRIBUTES),
        arguments(
            "User-Password of 15", packet(37, "0211" + "aa".repeat(15)), DiscardReason.CONTENT),
        arguments(
            "User-Password of 17", packet(39, "0213" + "aa".repeat(17)), DiscardReason.CONTENT),
        arguments(
            "User-Password of 144", packet(166, "0292" + "aa".repeat(144)), DiscardReason.CONTENT),
        arguments("two User-Passwords", packet(56, PASSWORD_16.repeat(2)), DiscardReason.CONTENT),
        arguments(
            "User-Password and CHAP-Password",
            packet(57, PASSWORD_16 + "0313" + "bb".repeat(17)),
            DiscardReason.CONTENT),
        arguments(
            "User-Password and EAP-Message",
            packet(42, PASSWORD_16 + "4f0401ff"),
            DiscardReason.CONTENT),
        arguments(
            "two CHAP-Passwords",
            packet(58, ("0313" + "bb".repeat(17)).repeat(2)),
            DiscardReason.CONTENT),
        arguments("two CHAP-Challenges", packet(26, "3c03413c0342"), DiscardReason.CONTENT),
        arguments(
            "User-Password and MS-CHAP2-Response",
            packet(47, PASSWORD_16 + microsoft(25, 1)),
            DiscardReason.CONTENT),
        arguments(
            "User-Password and MS-CHAP-Response",
            packet(47, PASSWORD_16 + microsoft(1, 1)),
            DiscardReason.CONTENT),
        arguments(
            "CHAP-Password and MS-CHAP2-Response",
            packet(48, "0313" + "bb".repeat(17) + microsoft(25, 1)),
            DiscardReason.CONTENT),
        arguments(
            "EAP-Message and MS-CHAP2-Response",
            packet(33, "4f0401ff" + microsoft(25, 1)),
            DiscardReason.CONTENT),
        arguments(
            "MS-CHAP-Response and MS-CHAP2-Response",
            packet(38, microsoft(1, 1) + microsoft(25, 1)),
            DiscardReason.CONTENT),
        arguments(
            "two MS-CHAP2-Responses",
            packet(38, microsoft(25, 1).repeat(2)),
            DiscardReason.CONTENT),
        arguments(
            "two MS-CHAP2-Responses in one attribute",
            packet(32, "1a0c" + "00000137" + "190301" + "190302"),
            DiscardReason.CONTENT),
        arguments(
            "two MS-CHAP-Challenges",
            packet(38, microsoft(11, 1).repeat(2)),
            DiscardReason.CONTENT),
        arguments(
            "CHAP-Password and EAP-Message",
            packet(43, "0313" + "bb".repeat(17) + "4f0401ff"),
            DiscardReason.CONTENT),
        arguments("two States", packet(26, "180341180342"), DiscardReason.CONTENT),
        arguments(
            "Message-Authenticator of 15",
            packet(37, "5011" + "aa".repeat(15)),
            DiscardReason.MESSAGE_AUTHENTICATOR_WRONG),
        arguments(
            "Message-Authenticator wrong",
            packet(38, "5012" + "aa".repeat(16)),
            DiscardReason.MESSAGE_AUTHENTICATOR_WRONG),
        arguments(
            "two Message-Authenticators",
            packet(56, ("5012" + "aa".repeat(16)).repeat(2)),
            DiscardReason.MESSAGE_AUTHENTICATOR_WRONG));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void decode_ofMalformed_isDiscardedWithItsReason(String what, String hex, DiscardReason reason) {
    byte[] datagram = HexFormat.of().parseHex(hex);
    assertThat(PacketDecoder.decodeRequest(datagram, datagram.length, SECRET))
        .isEqualTo(new Decoded.Discarded(reason));
  }

  @Test
  void decode_withPaddingBehindLength_ignoresThePadding() {
    byte[] datagram = HexFormat.of().parseHex(packet(23, "010341") + "ffffffff");
    Decoded decoded = PacketDecoder.decodeRequest(datagram, datagram.length, SECRET);
    assertThat(((Decoded.Packet) decoded).packet().values(AttributeType.USER_NAME)).hasSize(1);
  }

  @Test
  void decode_of200Attributes_isAPacket() {
    byte[] datagram = HexFormat.of().parseHex(packet(20 + 400, "0102".repeat(200)));
    Decoded decoded = PacketDecoder.decodeRequest(datagram, datagram.length, SECRET);
    assertThat(((Decoded.Packet) decoded).packet().values(AttributeType.USER_NAME)).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 32, 112, 128})
  void decode_ofUserPasswordOfAllowedLength_isAPacket(int length) {
    byte[] datagram =
        HexFormat.of()
            .parseHex(
                packet(
                    22 + length,
                    "02" + HexFormat.of().toHexDigits((byte) (2 + length)) + "aa".repeat(length)));
    assertThat(PacketDecoder.decodeRequest(datagram, datagram.length, SECRET))
        .isInstanceOf(Decoded.Packet.class);
  }

  @Test
  void decode_ofStaleOctetsInTheBuffer_doesNotSeeThem() {
    byte[] buffer = HexFormat.of().parseHex(packet(26, "010341010342"));
    assertThat(PacketDecoder.decodeRequest(buffer, 23, SECRET))
        .as("only 23 of Length 26 were received")
        .isEqualTo(new Decoded.Discarded(DiscardReason.LENGTH));
  }

  @Test
  void decode_ofArbitraryOctets_neverThrows() {
    Random random = new Random(20261124);
    for (int i = 0; i < 200_000; i++) {
      byte[] datagram = new byte[random.nextInt(120)];
      random.nextBytes(datagram);
      if (datagram.length > 3 && random.nextBoolean()) {
        datagram[2] = 0;
        datagram[3] = (byte) datagram.length;
      }
      for (int at = 20; at + 1 < datagram.length; at += Math.max(2, datagram[at + 1] & 0xff)) {
        datagram[at + 1] = (byte) Math.min(2 + random.nextInt(20), datagram.length - at);
      }
      assertThat(PacketDecoder.decodeRequest(datagram, datagram.length, SECRET)).isNotNull();
    }
  }

  /** A Vendor-Specific of Microsoft's with as many octets for a value. */
  private static String microsoft(int type, int length) {
    HexFormat hex = HexFormat.of();
    return "1a"
        + hex.toHexDigits((byte) (8 + length))
        + "00000137"
        + hex.toHexDigits((byte) type)
        + hex.toHexDigits((byte) (2 + length))
        + "aa".repeat(length);
  }

  private static String packet(int length, String attributes) {
    return "0107" + HexFormat.of().toHexDigits((short) length) + AUTHENTICATOR + attributes;
  }
}
