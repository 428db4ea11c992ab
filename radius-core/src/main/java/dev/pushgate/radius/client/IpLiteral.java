package dev.pushgate.radius.client;

import java.net.InetAddress;
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
