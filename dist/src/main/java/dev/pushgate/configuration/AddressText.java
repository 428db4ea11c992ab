package dev.pushgate.configuration;

import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses, networks and ports as people write them; never asks DNS. */
final class AddressText {
  private static final Pattern ENDPOINT = Pattern.compile("(?:\\[(.+)]|([^:]+)):([^:]*)");

  private AddressText() {}

  /** An IPv4 or IPv6 address, the latter without brackets; null where it is neither. */
  static @Nullable InetAddress address(String text) {
    return IpLiteral.parse(text).orElse(null);
  }

  /** 1 to 65535, or null. */
  static @Nullable Integer port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      return null;
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= 65535 ? port : null;
  }

  /** {@code 0.0.0.0:1812} or {@code [::]:1812}; null where it is neither. */
  static @Nullable InetSocketAddress endpoint(String text) {
    Matcher matcher = ENDPOINT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    boolean bracketed = matcher.group(1) != null;
    String host = bracketed ? matcher.group(1) : matcher.group(2);
    InetAddress address = address(host);
    Integer port = port(matcher.group(3));
    return address == null || port == null || bracketed != host.contains(":")
        ? null
        : new InetSocketAddress(address, port);
  }

  /**
   * The network that an address with or without a prefix length lies in; null where the text is
   * neither. Bits behind the prefix are taken as zero.
   */
  static @Nullable Network network(String text) {
    int slash = text.indexOf('/');
    InetAddress address = beforeSlash(text);
    if (address == null) {
      return null;
    }
    byte[] octets = address.getAddress();
    int bits = octets.length * 8;
    String digits = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
    if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > bits) {
      return null;
    }
    int prefix = Integer.parseInt(digits);
    return new Network(firstOf(octets, prefix), prefix);
  }

  /** The address of {@code ADDRESS/PREFIX}, or of {@code ADDRESS} alone; null where it is none. */
  static @Nullable InetAddress beforeSlash(String text) {
    int slash = text.indexOf('/');
    return address(slash < 0 ? text : text.substring(0, slash));
  }

  private static InetAddress firstOf(byte[] octets, int prefix) {
    byte[] first = octets.clone();
    for (int bit = prefix; bit < first.length * 8; bit++) {
      first[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    try {
      return InetAddress.getByAddress(first);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  /** The host part of a URL: IPv6 in brackets and as RFC 5952 writes it. */
  static String inUrl(InetAddress address) {
    return address instanceof Inet6Address ? "[" + canonical(address) + "]" : canonical(address);
  }

  /** The one way of RFC 5952 section 4 to write an address; IPv4 as usual. */
  static String canonical(InetAddress address) {
    return IpLiteral.canonical(address);
  }
}
