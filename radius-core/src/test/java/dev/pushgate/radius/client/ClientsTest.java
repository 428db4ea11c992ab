package dev.pushgate.radius.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {
  private final Clients clients =
      Clients.of(
          Client.of("everywhere", "0.0.0.0/0", "a"),
          Client.of("branch", "192.0.2.0/24", "b"),
          Client.of("half", "192.0.2.128/25", "c"),
          Client.of("host", "192.0.2.200", "d"),
          Client.of("six", "2001:db8::/33", "e"));

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, everywhere",
    "192.0.2.1, branch",
    "192.0.2.127, branch",
    "192.0.2.128, half",
    "192.0.2.200, host",
    "2001:db8:7fff::1, six",
    "2001:db8:8000::1, none",
  })
  void find_ofAnAddressInSeveralNetworks_takesTheLongestPrefix(String address, String name) {
    assertThat(clients.find(InetAddress.ofLiteral(address)).map(Client::name).orElse("none"))
        .isEqualTo(name);
  }

  @Test
  void constructor_withTheSameNetworkTwice_isRefused() {
    assertThatThrownBy(
            () ->
                Clients.of(
                    Client.of("one", "10.0.0.0/8", "x"), Client.of("two", "10.0.0.0/8", "y")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clients one and two both have 10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10",
        "10.1",
        "10.0.0.256",
        "010.0.0.1",
        "host.example",
        "",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.1/8",
        "::/129",
        "fe80::1%eth0",
        "10.0.0.0/+8"
      })
  void network_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secret_ofAClient_isNotPrinted() {
    assertThat(Client.of("nas", "10.0.0.1", "hunter2").toString()).doesNotContain("hunter2");
  }
}
