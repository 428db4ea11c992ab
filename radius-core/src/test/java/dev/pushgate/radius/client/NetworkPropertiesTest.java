package dev.pushgate.radius.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of any block of addresses. */
class NetworkPropertiesTest {

  @Provide
  Arbitrary<InetAddress> addresses() {
    return Arbitraries.of(4, 16)
        .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length))
        .map(NetworkPropertiesTest::address)
        // Java makes an IPv4 address of those that embed one.
        .filter(address -> address.getAddress().length == 4 || bits(address).bitLength() > 48);
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger bits(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  private static int width(InetAddress address) {
    return address.getAddress().length * 8;
  }

  private static Network around(InetAddress address, int prefixLength) {
    int free = width(address) - prefixLength;
    byte[] first = bits(address).shiftRight(free).shiftLeft(free).toByteArray();
    byte[] octets = new byte[address.getAddress().length];
    int taken = Math.min(first.length, octets.length);
    System.arraycopy(first, first.length - taken, octets, octets.length - taken, taken);
    return new Network(address(octets), prefixLength);
  }

  @Property
  void network_writtenAndRead_isItself(
      @ForAll("addresses") InetAddress address, @ForAll @IntRange(max = 128) int prefixLength) {
    Network network = around(address, Math.min(prefixLength, width(address)));
    assertThat(Network.parse(network.toString())).isEqualTo(network);
  }

  @Property
  void network_containsWhatBeginsWithItsPrefixAndNothingElse(
      @ForAll("addresses") InetAddress address,
      @ForAll("addresses") InetAddress other,
      @ForAll @IntRange(max = 128) int prefixLength) {
    int prefix = Math.min(prefixLength, width(address));
    Network network = around(address, prefix);
    int free = width(address) - prefix;
    assertThat(network.contains(address)).isTrue();
    assertThat(network.contains(other))
        .isEqualTo(
            width(other) == width(address)
                && bits(other).shiftRight(free).equals(bits(address).shiftRight(free)));
  }

  @Property
  void text_thatIsNoNetwork_isRefusedByItsOwnException(@ForAll String text) {
    try {
      assertThat(Network.parse(text).prefixLength()).isBetween(0, 128);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }
}
