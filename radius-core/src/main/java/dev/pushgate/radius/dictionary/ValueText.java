package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.packet.UntrustedText;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values of attributes as people write and read them, and as packets have them. */
final class ValueText {
  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}|0[xX][0-9A-Fa-f]{1,16}");
  private static final Pattern OCTETS = Pattern.compile("0[xX]([0-9A-Fa-f]{2})+");
  private static final Pattern IFID = Pattern.compile("[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){3}");
  private static final Pattern ETHER = Pattern.compile("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

  private ValueText() {}

  /** The octets of a value, or nothing where the text is no value of that attribute. */
  static Optional<byte[]> encode(String text, Definition definition) {
    Optional<byte[]> octets =
        switch (definition.type()) {
          case STRING -> Optional.of(text.getBytes(StandardCharsets.UTF_8));
          case OCTETS -> octets(text);
          case BYTE, SHORT, INTEGER, INTEGER64, SIGNED -> number(text, definition);
          case DATE -> date(text);
          case IPADDR -> address(text).filter(address -> address.length == 4);
          case IPV6ADDR -> address(text).filter(address -> address.length == 16);
          case COMBO_IP -> address(text);
          case IPV4PREFIX -> prefix(text, 4);
          case IPV6PREFIX -> prefix(text, 16);
          case IFID -> ifid(text);
          case ETHER ->
              ETHER.matcher(text).matches()
                  ? Optional.of(HEX.parseHex(text.replaceAll("[:-]", "")))
                  : Optional.empty();
        };
    int length = definition.length();
    return octets.filter(value -> length == 0 || value.length == length);
  }

  private static Optional<byte[]> octets(String text) {
    if (text.startsWith("0x") || text.startsWith("0X")) {
      return OCTETS.matcher(text).matches()
          ? Optional.of(HEX.parseHex(text.substring(2)))
          : Optional.empty();
    }
    return Optional.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> number(String text, Definition definition) {
    Optional<Long> named = definition.valueNamed(text);
    if (named.isEmpty() && !NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    BigInteger number =
        named
            .map(BigInteger::valueOf)
            .orElseGet(() -> hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text));
    int width = definition.type().width();
    // A tag takes the first octet (RFC 2868 section 3).
    int bits = 8 * (definition.tagged() ? width - 1 : width);
    boolean signed = definition.type() == ValueType.SIGNED;
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    return fits ? Optional.of(bigEndian(number.longValue(), width)) : Optional.empty();
  }

  private static Optional<byte[]> date(String text) {
    Optional<Long> seconds = seconds(text);
    return seconds
        .filter(number -> number >= 0 && number <= 0xffffffffL)
        .map(number -> bigEndian(number, 4));
  }

  private static Optional<Long> seconds(String text) {
    try {
      if (text.matches("[0-9]{1,10}")) {
        return Optional.of(Long.parseLong(text));
      }
      return Optional.of(
          text.contains("T")
              ? Instant.parse(text).getEpochSecond()
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> address(String text) {
    return IpLiteral.parse(text)
        .map(InetAddress::getAddress)
        .map(octets -> octets.length == 4 && text.contains(":") ? mapped(octets) : octets);
  }

  /** Java takes {@code ::ffff:192.0.2.1} for an IPv4 address. */
  private static byte[] mapped(byte[] octets) {
    return ByteBuffer.allocate(16).putShort(10, (short) -1).put(12, octets).array();
  }

  /** RFC 3162 section 2.3 and RFC 6572: reserved octet, length, address. */
  private static Optional<byte[]> prefix(String text, int width) {
    try {
      Network network = Network.parse(text);
      byte[] octets = network.address().getAddress();
      // All octets, though RFC 3162 lets zeros at the end be left out: every NAS reads that.
      return octets.length == width && text.contains("/")
          ? Optional.of(
              ByteBuffer.allocate(2 + width)
                  .put(1, (byte) network.prefixLength())
                  .put(2, octets)
                  .array())
          : Optional.empty();
    } catch (IllegalArgumentException notAPrefix) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> ifid(String text) {
    if (!IFID.matcher(text).matches()) {
      return Optional.empty();
    }
    ByteBuffer octets = ByteBuffer.allocate(8);
    for (String group : text.split(":", -1)) {
      octets.putShort((short) Integer.parseInt(group, 16));
    }
    return Optional.of(octets.array());
  }

  private static byte[] bigEndian(long number, int width) {
    return Arrays.copyOfRange(
        ByteBuffer.allocate(Long.BYTES).putLong(number).array(), Long.BYTES - width, Long.BYTES);
  }

  /** A value from a packet, safe to show; octets that do not fit the type are shown as such. */
  static String decode(byte[] octets, Definition definition) {
    ValueType type = definition.type();
    if (type.width() != 0 && type.width() != octets.length) {
      return hex(octets);
    }
    return switch (type) {
      case STRING -> UntrustedText.shown(octets);
      case OCTETS -> {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        yield PRINTABLE.matcher(text).matches() && !text.startsWith("0x")
            ? UntrustedText.shown(text)
            : hex(octets);
      }
      case BYTE, SHORT, INTEGER, INTEGER64, SIGNED -> {
        BigInteger number =
            type == ValueType.SIGNED ? new BigInteger(octets) : new BigInteger(1, octets);
        yield definition.nameOf(number.longValue()).orElseGet(number::toString);
      }
      case DATE -> Instant.ofEpochSecond(new BigInteger(1, octets).longValue()).toString();
      case IPADDR, IPV6ADDR, COMBO_IP ->
          octets.length == 4 || octets.length == 16 ? shownAddress(octets) : hex(octets);
      case IPV4PREFIX -> shownAddress(Arrays.copyOfRange(octets, 2, 6)) + "/" + (octets[1] & 0x3f);
      case IPV6PREFIX ->
          octets.length >= 2 && octets.length <= 18
              ? shownAddress(Arrays.copyOfRange(octets, 2, 18)) + "/" + (octets[1] & 0xff)
              : hex(octets);
      case IFID ->
          HexFormat.ofDelimiter(":").formatHex(octets).replaceAll("(..):(..)(:|$)", "$1$2$3");
      case ETHER -> HexFormat.ofDelimiter(":").formatHex(octets);
    };
  }

  static String hex(byte[] octets) {
    return "0x" + HEX.formatHex(octets);
  }

  private static String shownAddress(byte[] octets) {
    try {
      return IpLiteral.text(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }
}
