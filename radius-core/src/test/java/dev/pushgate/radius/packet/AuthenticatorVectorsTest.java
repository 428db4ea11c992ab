package dev.pushgate.radius.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples that RFCs print, octet by octet. */
class AuthenticatorVectorsTest {
  private static final SharedSecret SECRET = SharedSecret.of("xyzzy5461");

  // RFC 2865 section 7.1: User nemo telnets in with the password arctangent.
  private static final byte[] REQUEST =
      octets(
          """
          01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb
          98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d
          93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8
          01 10 05 06 00 00 00 03
          """);
  private static final byte[] ACCEPT =
      octets(
          """
          02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf
          9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00
          0e 06 c0 a8 01 03
          """);
  // RFC 5997 section 6.1: a Status-Server with Message-Authenticator.
  private static final byte[] STATUS_SERVER =
      octets(
          """
          0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02
          18 5d 06 23 50 12 5a 66 5e 2e 1e 84 11 f3 e2 43
          82 20 97 c8 4f a3
          """);

  @Test
  void password_ofTheRfcsRequest_isRevealed() {
    ReceivedPacket request = decoded(REQUEST);
    assertThat(request.revealPassword(SECRET).map(AuthenticatorVectorsTest::text))
        .contains("arctangent");
    assertThat(text(request.value(AttributeType.USER_NAME).orElseThrow())).isEqualTo("nemo");
    assertThat(request.isSigned()).isFalse();
  }

  @Test
  void password_hidden_hasTheRfcsOctets() {
    byte[] hidden =
        HiddenPassword.hide(
            "arctangent".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOfRange(REQUEST, 4, 20),
            SECRET);
    assertThat(hidden).isEqualTo(Arrays.copyOfRange(REQUEST, 28, 44));
  }

  @Test
  void responseAuthenticator_ofTheRfcsAccept_isRight() {
    byte[] requestAuthenticator = Arrays.copyOfRange(REQUEST, 4, 20);
    assertThat(PacketDecoder.decodeReply(ACCEPT, ACCEPT.length, SECRET, requestAuthenticator))
        .isInstanceOf(Decoded.Packet.class);
    byte[] forged = ACCEPT.clone();
    forged[25] ^= 1;
    assertThat(PacketDecoder.decodeReply(forged, forged.length, SECRET, requestAuthenticator))
        .isEqualTo(new Decoded.Discarded(DiscardReason.RESPONSE_AUTHENTICATOR));
  }

  @Test
  void messageAuthenticator_ofTheRfcsStatusServer_isRight() {
    assertThat(decoded(STATUS_SERVER).isSigned()).isTrue();
  }

  @Test
  void messageAuthenticator_withAnyBitTurned_isWrong() {
    for (int bit = 0; bit < STATUS_SERVER.length * 8; bit++) {
      byte[] altered = STATUS_SERVER.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(PacketDecoder.decodeRequest(altered, altered.length, SECRET))
          .as("bit %s", bit)
          .isInstanceOf(Decoded.class)
          .satisfiesAnyOf(
              decoded -> assertThat(decoded).isInstanceOf(Decoded.Discarded.class),
              // Turning the attribute's type makes it an unsigned packet with another attribute.
              decoded -> assertThat(((Decoded.Packet) decoded).packet().isSigned()).isFalse());
    }
  }

  private static ReceivedPacket decoded(byte[] datagram) {
    return ((Decoded.Packet) PacketDecoder.decodeRequest(datagram, datagram.length, SECRET))
        .packet();
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.US_ASCII);
  }
}
