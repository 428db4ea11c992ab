package dev.pushgate.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.dictionary.ReplyAttributeReader.Reading;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketTextTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");

  private static List<String> lines(int type, byte[] value) {
    byte[] datagram =
        new SignedRequest(1, SECRET, new SecureRandom()).unsigned().add(type, value).encode();
    ReceivedPacket packet =
        ((Decoded.Packet) PacketDecoder.decodeRequest(datagram, datagram.length, SECRET)).packet();
    return new PacketText(Dictionary.shipped()).lines(packet);
  }

  @ParameterizedTest
  @CsvSource({
    "Filter-Id, stäff",
    "Class, OU=policy;",
    "Class, 0x00ff10",
    "Session-Timeout, 3600",
    "Service-Type, Framed-User",
    "Framed-IP-Address, 192.0.2.7",
    "Framed-IPv6-Address, 2001:db8::7",
    "Framed-IPv6-Prefix, 2001:db8:1::/48",
    "Framed-Interface-Id, 0000:0000:00ab:0001",
    "MIP6-Feature-Vector, 18446744073709551615",
    "Tunnel-Type, VLAN",
    "Tunnel-Type:31, VLAN",
    "Tunnel-Private-Group-Id:1, 42",
    "Fortinet-Group-Name, vpn",
    "Fortinet-WirelessController-Device-MAC, 00:00:5e:00:53:01",
    "Fortinet-WirelessController-Assoc-Time, 2027-01-31T12:00:00Z",
  })
  void value_isShownAsItWouldBeWritten(String name, String value) {
    EncodedAttribute encoded =
        ((Reading.Read) new ReplyAttributeReader(Dictionary.shipped()).read(name, List.of(value)))
            .attribute()
            .encoded()
            .getFirst();

    assertThat(lines(encoded.type(), encoded.value())).containsExactly(name + " = " + value);
  }

  @ParameterizedTest
  @CsvSource({
    "222, 0102, Attr-222 = 0x0102",
    "8, 0102, Framed-IP-Address = 0x0102",
    "97, 004020010db8, Framed-IPv6-Prefix = 2001:db8::/64",
    "11, 1b5b324a, Filter-Id = \\u{1b}[2J",
    "26, 00, Vendor-Specific = 0x00",
    "26, 00003044, Vendor-Specific = 0x00003044",
    "26, 000030440109, Vendor-Specific = 0x000030440109",
    "26, 000030440101, Vendor-Specific = 0x000030440101",
    "26, 00007ed9010378, Attr-26.32473.1 = 0x78",
    "26, 00000137101280000102030405060708090a0b0c0d0e, MS-MPPE-Send-Key = (not shown)",
    "69, 00800102, Tunnel-Password = (not shown)",
  })
  void whatIsOddUnknownOrSecret_isShownHarmless(int type, String value, String line) {
    assertThat(lines(type, HexFormat.of().parseHex(value))).containsExactly(line);
  }
}
