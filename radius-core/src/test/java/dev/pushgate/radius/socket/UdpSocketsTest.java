package dev.pushgate.radius.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.LogLines;
import dev.pushgate.radius.exchange.Slot;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class UdpSocketsTest {
  private static final List<InetSocketAddress> LISTEN =
      List.of(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
          new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));

  @Test
  void receiveBuffer_thatTheKernelDoesNotGrant_isToldOnceWithTheSetting() throws Exception {
    try (LogLines log = LogLines.open();
        UdpSockets sockets = new UdpSockets(LISTEN, socket -> {}, 1 << 30)) {
      sockets.open();
      assertThat(log.lines())
          .filteredOn(line -> line.contains("receive buffer"))
          .singleElement()
          .asString()
          .contains("of the 1048576 KiB asked for", "sysctl -w net.core.rmem_max=1073741824");
    }
  }

  @Test
  void receiveBuffer_thatIsGranted_isNotWorthALine() throws Exception {
    try (LogLines log = LogLines.open();
        UdpSockets sockets = new UdpSockets(LISTEN, socket -> {}, 4096)) {
      sockets.open();
      assertThat(log.lines()).noneMatch(line -> line.contains("receive buffer"));
    }
  }

  @Test
  void endpoints_ofTheSameLinkLocalAddressOnTwoInterfaces_areTwo() throws Exception {
    assertThat(Endpoint.of(at("fe80::1", 3))).isEqualTo(Endpoint.of(at("fe80::1", 3)));
    assertThat(Endpoint.of(at("fe80::1", 3))).isNotEqualTo(Endpoint.of(at("fe80::1", 4)));
    assertThat(Endpoint.of(at("2001:db8::1", 3))).isEqualTo(Endpoint.of(at("2001:db8::1", 4)));
  }

  @Test
  void requests_thatCameInOnTwoInterfaces_areNotTheSame() throws Exception {
    Slot one = new Slot(Endpoint.of(at("fe80::2", 3)), Endpoint.of(at("fe80::1", 3)), 7);
    Slot other = new Slot(Endpoint.of(at("fe80::2", 4)), Endpoint.of(at("fe80::1", 4)), 7);
    assertThat(one).isNotEqualTo(other);
  }

  private static InetSocketAddress at(String literal, int zone) throws Exception {
    byte[] octets = InetAddress.ofLiteral(literal).getAddress();
    return new InetSocketAddress(Inet6Address.getByAddress(null, octets, zone), 1812);
  }
}
