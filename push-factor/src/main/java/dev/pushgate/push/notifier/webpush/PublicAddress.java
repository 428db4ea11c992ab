package dev.pushgate.push.notifier.webpush;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public Internet from all others: this machine, networks of ours, and what
 * is set apart for special use (the IANA registries of RFC 6890).
 */
final class PublicAddress {
  private static final int IPV4_OCTETS = 4;

  private static final List<Block> NOT_PUBLIC_IPV4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /**
   * Outside of it are loopback, link-local, unique local, site-local, multicast and IPv4-mapped
   * addresses; Java makes IPv4 addresses of the last by itself.
   */
  private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

  /** The first has Teredo in it, which leads to an IPv4 address. */
  private static final List<Block> NOT_PUBLIC_IPV6 =
      blocks("2001::/23", "2001:db8::/32", "3fff::/20");

  private static final Block NAT64 = Block.of("64:ff9b::/96");
  private static final Block SIX_TO_FOUR = Block.of("2002::/16");
  private static final int AFTER_SIX_TO_FOUR = 2;
  private static final int AFTER_NAT64 = 12;

  private PublicAddress() {}

  /** Whether a packet to this address leaves for the Internet, as far as the address tells. */
  static boolean is(InetAddress address) {
    return isPublic(address.getAddress());
  }

  private static boolean isPublic(byte[] octets) {
    if (octets.length == IPV4_OCTETS) {
      return NOT_PUBLIC_IPV4.stream().noneMatch(block -> block.holds(octets));
    }
    if (NAT64.holds(octets)) {
      return isPublic(embedded(octets, AFTER_NAT64));
    }
    if (SIX_TO_FOUR.holds(octets)) {
      return isPublic(embedded(octets, AFTER_SIX_TO_FOUR));
    }
    return GLOBAL_UNICAST.holds(octets)
        && NOT_PUBLIC_IPV6.stream().noneMatch(block -> block.holds(octets));
  }

  private static byte[] embedded(byte[] octets, int from) {
    return Arrays.copyOfRange(octets, from, from + IPV4_OCTETS);
  }

  private static List<Block> blocks(String... texts) {
    return Stream.of(texts).map(Block::of).toList();
  }

  /** All addresses of so many octets that begin with the same bits. */
  private record Block(int octets, BigInteger start, int bits) {

    static Block of(String text) {
      int slash = text.indexOf('/');
      byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
      int bits = Integer.parseInt(text.substring(slash + 1));
      return new Block(address.length, first(address, bits), bits);
    }

    boolean holds(byte[] address) {
      return address.length == octets && first(address, bits).equals(start);
    }

    private static BigInteger first(byte[] address, int bits) {
      return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
    }
  }
}
