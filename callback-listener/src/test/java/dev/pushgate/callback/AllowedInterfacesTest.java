package dev.pushgate.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.AllowedInterfaces.Interface;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code allow-access} stands for on a machine with these interfaces. */
final class AllowedInterfacesTest {
  private static final List<Interface> INTERFACES =
      List.of(
          new Interface("lo", addresses("127.0.0.1", "::1")),
          new Interface("eth0", List.of(address("192.0.2.1"), address("2001:db8::1"), scoped(2))),
          new Interface("eth1", List.of(address("198.51.100.1"), scoped(3))),
          new Interface("wlan0", List.of()));

  private static List<InetAddress> addresses(String... texts) {
    return Arrays.stream(texts).map(AllowedInterfacesTest::address).toList();
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  /** fe80::1 on the interface of a number, as the system tells it. */
  private static InetAddress scoped(int scope) {
    try {
      return Inet6Address.getByAddress("", address("fe80::1").getAddress(), scope);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(String... entries) {
    return AllowedInterfaces.resolve(List.of(entries), INTERFACES).addresses().stream()
        .map(InetAddress::getHostAddress)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "eth0, 192.0.2.1 2001:db8:0:0:0:0:0:1",
    "eth*, 192.0.2.1 2001:db8:0:0:0:0:0:1 198.51.100.1",
    "eth?, 192.0.2.1 2001:db8:0:0:0:0:0:1 198.51.100.1",
    "*, 127.0.0.1 0:0:0:0:0:0:0:1 192.0.2.1 2001:db8:0:0:0:0:0:1 198.51.100.1",
    "198.51.100.1, 198.51.100.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "fe80::1, fe80:0:0:0:0:0:0:1%2 fe80:0:0:0:0:0:0:1%3",
    "127.0.0.2, 127.0.0.2",
  })
  void entry_standsForAddresses(String entry, String addresses) {
    assertThat(texts(entry)).containsExactlyInAnyOrder(addresses.split(" "));
  }

  @Test
  void addressNamedTwice_isBoundOnce() {
    assertThat(texts("198.51.100.1", "eth1", "e*1")).containsExactly("198.51.100.1");
  }

  @Test
  void noEntry_isNoAddress() {
    assertThat(AllowedInterfaces.resolve(List.of(), INTERFACES))
        .isEqualTo(new AllowedInterfaces(List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth", "ETH0", "eth.", "eth9", "wlan0", "203.0.113.9", "0.0.0.0", "::"})
  void entryThatMatchesNothing_isTold(String entry) {
    AllowedInterfaces allowed = AllowedInterfaces.resolve(List.of(entry, "eth1"), INTERFACES);

    assertThat(allowed.addresses()).containsExactly(address("198.51.100.1"));
    assertThat(allowed.unmatched()).hasSize(1);
    assertThat(allowed.unmatched().getFirst().at("pushgate.conf", 7, "callback.allow-access"))
        .asString()
        .startsWith("pushgate.conf:7: callback.allow-access: ")
        .contains("'" + entry + "'");
  }

  @Test
  void unmatchedEntry_isToldWithWhatThereIs() {
    assertThat(
            AllowedInterfaces.resolve(List.of("ens3"), INTERFACES).unmatched().getFirst().remedy())
        .isEqualTo(
            "Use one of these: lo [127.0.0.1, 0:0:0:0:0:0:0:1], eth0 [192.0.2.1,"
                + " 2001:db8:0:0:0:0:0:1, fe80:0:0:0:0:0:0:1%2], eth1 [198.51.100.1,"
                + " fe80:0:0:0:0:0:0:1%3], wlan0 []");
  }

  @Test
  void interfacesOfThisMachine_areFound() {
    assertThat(AllowedInterfaces.resolve(List.of("lo")).addresses()).contains(address("127.0.0.1"));
  }
}
