package dev.pushgate.radius.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.socket.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5080 section 2.2.2, the socket added. */
class RequestKeyTest {
  private static final String AUTHENTICATOR = "000102030405060708090a0b0c0d0e0f";

  private static RequestKey key(
      String source, int sourcePort, String local, int localPort, int identifier, String hex) {
    return RequestKey.of(
        new Slot(
            Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral(source), sourcePort)),
            Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral(local), localPort)),
            identifier),
        HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "all the same, true, 192.0.2.1, 5000, 127.0.0.1, 1812, 7, 000102030405060708090a0b0c0d0e0f",
    "source address, false, 192.0.2.2, 5000, 127.0.0.1, 1812, 7, 000102030405060708090a0b0c0d0e0f",
    "source port, false, 192.0.2.1, 5001, 127.0.0.1, 1812, 7, 000102030405060708090a0b0c0d0e0f",
    "address of the receiving socket, false, 192.0.2.1, 5000, 127.0.0.2, 1812, 7,"
        + " 000102030405060708090a0b0c0d0e0f",
    "port of the receiving socket, false, 192.0.2.1, 5000, 127.0.0.1, 1645, 7,"
        + " 000102030405060708090a0b0c0d0e0f",
    "Identifier, false, 192.0.2.1, 5000, 127.0.0.1, 1812, 8, 000102030405060708090a0b0c0d0e0f",
    "first octet of the Authenticator, false, 192.0.2.1, 5000, 127.0.0.1, 1812, 7,"
        + " ff0102030405060708090a0b0c0d0e0f",
    "last octet of the Authenticator, false, 192.0.2.1, 5000, 127.0.0.1, 1812, 7,"
        + " 000102030405060708090a0b0c0d0eff",
  })
  void key_isAnotherWhenAnyPartOfItIs(
      String part,
      boolean same,
      String source,
      int sourcePort,
      String local,
      int localPort,
      int identifier,
      String authenticator) {
    RequestKey first = key("192.0.2.1", 5000, "127.0.0.1", 1812, 7, AUTHENTICATOR);
    RequestKey other = key(source, sourcePort, local, localPort, identifier, authenticator);
    assertThat(other.equals(first)).as(part).isEqualTo(same);
  }
}
