package dev.pushgate.radius.dictionary;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the value of an attribute is encoded, by the words of FreeRADIUS's dictionaries. */
public enum ValueType {
  STRING(0, "text"),
  OCTETS(0, "text, or octets such as 0x0a1b"),
  BYTE(1, "a number from 0 to 255"),
  SHORT(2, "a number from 0 to 65535"),
  INTEGER(4, "a number from 0 to 4294967295"),
  INTEGER64(8, "a number from 0 to 18446744073709551615"),
  SIGNED(4, "a number from -2147483648 to 2147483647"),
  DATE(4, "a time such as 2027-01-31T12:00:00Z, or seconds since 1970"),
  IPADDR(4, "an IPv4 address such as 192.0.2.7"),
  IPV6ADDR(16, "an IPv6 address such as 2001:db8::7"),
  COMBO_IP(0, "an IPv4 or IPv6 address"),
  IPV4PREFIX(6, "an IPv4 prefix such as 192.0.2.0/24"),
  IPV6PREFIX(0, "an IPv6 prefix such as 2001:db8:1::/48"),
  IFID(8, "an interface identifier such as 0:0:0:1"),
  ETHER(6, "a MAC address such as 00:00:5e:00:53:01");

  /** Other words that mean the same, in newer dictionaries. */
  private static final Map<String, ValueType> ALIASES =
      Map.of(
          "uint8", BYTE,
          "uint16", SHORT,
          "uint32", INTEGER,
          "uint64", INTEGER64,
          "int32", SIGNED);

  private final int width;
  private final String wanted;

  /**
   * @param width how many octets a value has, or 0 where that differs
   */
  ValueType(int width, String wanted) {
    this.width = width;
    this.wanted = wanted;
  }

  int width() {
    return width;
  }

  /** What an administrator writes, as a remedy names it. */
  String wanted() {
    return wanted;
  }

  /** Whether names can stand for its values. */
  boolean isNumber() {
    return switch (this) {
      case BYTE, SHORT, INTEGER, INTEGER64, SIGNED -> true;
      default -> false;
    };
  }

  /** The word of dictionaries for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The type that a word stands for, in any case. */
  static Optional<ValueType> of(String word) {
    String folded = word.toLowerCase(Locale.ROOT);
    for (ValueType type : values()) {
      if (type.word().equals(folded)) {
        return Optional.of(type);
      }
    }
    return Optional.ofNullable(ALIASES.get(folded));
  }
}
