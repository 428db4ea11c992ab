package dev.pushgate.push.notifier.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "9.255.255.255, true",
    "11.0.0.0, true",
    "100.63.255.255, true",
    "100.128.0.0, true",
    "172.15.255.255, true",
    "172.32.0.0, true",
    "192.167.255.255, true",
    "198.20.0.0, true",
    "223.255.255.255, true",
    "2a00:1450:4001:80b::200a, true",
    "2600::, true",
    "2001:200::1, true",
    "64:ff9b::8.8.8.8, true",
    "2002:808:808::1, true",
    // This network, loopback, link-local
    "0.0.0.0, false",
    "0.1.2.3, false",
    "127.0.0.1, false",
    "127.255.255.254, false",
    "169.254.169.254, false",
    "::, false",
    "::1, false",
    "fe80::1, false",
    "febf::1, false",
    // Private: RFC 1918, RFC 6598 (carrier-grade NAT), RFC 4193, site-local
    "10.0.0.0, false",
    "10.255.255.255, false",
    "172.16.0.1, false",
    "172.31.255.255, false",
    "192.168.0.1, false",
    "100.64.0.0, false",
    "100.127.255.255, false",
    "fc00::1, false",
    "fd12:3456:789a::1, false",
    "fec0::1, false",
    // Multicast, broadcast, reserved
    "224.0.0.1, false",
    "239.255.255.255, false",
    "240.0.0.1, false",
    "255.255.255.255, false",
    "ff02::1, false",
    // Protocol assignments, documentation, benchmarks
    "192.0.0.1, false",
    "192.0.2.1, false",
    "192.88.99.1, false",
    "198.18.0.1, false",
    "198.19.255.255, false",
    "198.51.100.1, false",
    "203.0.113.1, false",
    "2001:db8::1, false",
    "2001:2::1, false",
    "3fff::1, false",
    "100::1, false",
    // IPv4 inside of IPv6: mapped, compatible, NAT64 (RFC 6052, RFC 8215), 6to4, Teredo, SIIT
    "::ffff:127.0.0.1, false",
    "::ffff:10.0.0.1, false",
    "::127.0.0.1, false",
    "64:ff9b::127.0.0.1, false",
    "64:ff9b::10.1.2.3, false",
    "64:ff9b:1::8.8.8.8, false",
    "2002:7f00:1::1, false",
    "2002:a00:1::1, false",
    "2002:c0a8:1::1, false",
    "2001::7f00:1, false",
    "::ffff:0:127.0.0.1, false"
  })
  void address(String text, boolean isPublic) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(text))).isEqualTo(isPublic);
  }

  @ParameterizedTest
  @CsvSource({"8.8.8.8, true", "192.168.0.1, false"})
  void addressWithAName_isJudgedByItsOctets(String text, boolean isPublic)
      throws UnknownHostException {
    InetAddress named =
        InetAddress.getByAddress("fcm.googleapis.com", InetAddress.ofLiteral(text).getAddress());
    assertThat(PublicAddress.is(named)).isEqualTo(isPublic);
  }
}
