package dev.pushgate.radius.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAddressTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");

  private final SignedRequest request = new SignedRequest(1, SECRET, new SecureRandom());

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "203.0.113.7:51000, 203.0.113.7",
    "203.0.113.7[4500], 203.0.113.7",
    "2001:DB8::7, 2001:db8:0:0:0:0:0:7",
    "[2001:db8::7]:443, 2001:db8:0:0:0:0:0:7",
    "2001:db8::7[4500], 2001:db8:0:0:0:0:0:7",
    "::ffff:203.0.113.7, 203.0.113.7",
    "laptop.example, laptop.example",
    "02-00-5E-10-00-01, 02-00-5E-10-00-01",
    "4930123456, 4930123456",
    "' 203.0.113.7 ', 203.0.113.7",
    "'\u202e<b>', '\\u{202e}<b>'",
  })
  void callingStation_asClientsWriteIt_isTheAddressAlone(String told, String address) {
    request.add(AttributeType.CALLING_STATION_ID, told.getBytes(StandardCharsets.UTF_8));
    assertThat(UserAddress.of(received(), ClientKind.GENERIC)).contains(address);
  }

  @Test
  void address_ofAClientThatTellsNone_isUnknown() {
    assertThat(UserAddress.of(received(), ClientKind.GENERIC)).isEmpty();
  }

  @Test
  void address_ofPaloAlto_comesFromItsOwnAttribute() {
    byte[] clientSourceIp = HexFormat.of().parseHex("00006375" + "070d");
    byte[] address = "203.0.113.9".getBytes(StandardCharsets.US_ASCII);
    byte[] value = new byte[clientSourceIp.length + address.length];
    System.arraycopy(clientSourceIp, 0, value, 0, clientSourceIp.length);
    System.arraycopy(address, 0, value, clientSourceIp.length, address.length);
    request.add(AttributeType.VENDOR_SPECIFIC, value);
    request.add(AttributeType.CALLING_STATION_ID, "10.0.0.1".getBytes(StandardCharsets.US_ASCII));
    assertThat(UserAddress.of(received(), ClientKind.PALOALTO)).contains("203.0.113.9");
    assertThat(UserAddress.of(received(), ClientKind.GENERIC)).contains("10.0.0.1");
  }

  private ReceivedPacket received() {
    byte[] datagram = request.encode();
    return ((PacketDecoder.Decoded.Packet)
            PacketDecoder.decodeRequest(datagram, datagram.length, SECRET))
        .packet();
  }
}
