package dev.pushgate.radius.client;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of IPv4 or IPv6 addresses (CIDR, RFC 4632).
 *
 * @param address the network's first address
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(InetAddress address, int prefixLength) {

  public Network {
    byte[] octets = address.getAddress();
    int bits = octets.length * 8;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "prefix length " + prefixLength + " is not between 0 and " + bits);
    }
    if (!Arrays.equals(octets, masked(octets, prefixLength))) {
      throw new IllegalArgumentException(
          address.getHostAddress() + "/" + prefixLength + " has bits set behind the prefix");
    }
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address without a prefix length.
   *
   * @throws IllegalArgumentException when it is none of these; never asks DNS
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address =
        IpLiteral.parse(literal)
            .orElseThrow(() -> new IllegalArgumentException("'" + literal + "' is not an address"));
    int all = address.getAddress().length * 8;
    return new Network(address, slash < 0 ? all : prefixLength(text.substring(slash + 1)));
  }

  private static int prefixLength(String digits) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("'" + digits + "' is not a prefix length");
    }
    return Integer.parseInt(digits);
  }

  /** Whether the address lies in this block; one of the other family never does. */
  public boolean contains(InetAddress other) {
    return contains(other.getAddress());
  }

  /** The same of an address as its octets. */
  boolean contains(byte[] other) {
    byte[] octets = address.getAddress();
    return octets.length == other.length && isSame(octets, other, prefixLength);
  }

  private static boolean isSame(byte[] one, byte[] other, int bits) {
    int whole = bits / 8;
    return Arrays.equals(one, 0, whole, other, 0, whole)
        && (bits % 8 == 0 || (one[whole] ^ other[whole]) >> (8 - bits % 8) == 0);
  }

  private static byte[] masked(byte[] octets, int prefixLength) {
    byte[] masked = octets.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(prefixLength - i * 8L, 0, 8);
      masked[i] &= (byte) (0xff00 >> kept);
    }
    return masked;
  }

  @Override
  public String toString() {
    return IpLiteral.text(address) + "/" + prefixLength;
  }
}
