package dev.pushgate.radius.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address written as one: four decimal numbers, or IPv6 without a zone.
 *
 * <p>Stricter than {@link InetAddress#ofLiteral}, for which a telephone number is an address too.
 */
public final class IpLiteral {
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private IpLiteral() {}

  /** Reads an address; never asks DNS. */
  public static Optional<InetAddress> parse(String text) {
    if (!isFourNumbers(text) && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** The one way of RFC 5952 section 4 to write an address, without a zone; IPv4 as usual. */
  public static String text(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    int[] groups = new int[8];
    Arrays.setAll(groups, i -> (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff));
    int longest = 0;
    int length = 1;
    for (int start = 0; start < 8; start++) {
      int end = start;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - start > length) {
        longest = start;
        length = end - start;
      }
    }
    return length == 1
        ? joined(groups, 0, 8)
        : joined(groups, 0, longest) + "::" + joined(groups, longest + length, 8);
  }

  private static String joined(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  /** The same address without the interface that a link-local one was met on. */
  static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 octets", e);
    }
  }

  /**
   * Four numbers of one to three digits, no leading zeros, dots between; without a Pattern, since
   * each login has one.
   */
  private static boolean isFourNumbers(String text) {
    int numbers = 0;
    int digits = 0;
    for (int i = 0; i <= text.length(); i++) {
      char each = i < text.length() ? text.charAt(i) : '.';
      if (each == '.') {
        boolean leadingZero = digits > 1 && text.charAt(i - digits) == '0';
        if (digits == 0 || digits > 3 || leadingZero) {
          return false;
        }
        numbers++;
        digits = 0;
      } else if (each >= '0' && each <= '9') {
        digits++;
      } else {
        return false;
      }
    }
    return numbers == 4;
  }
}
