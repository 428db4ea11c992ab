package dev.pushgate;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute of a packet in a NAS's file, as its README tells: {@code Name = value}.
 *
 * @param name as FreeRADIUS's dictionaries have it, or numbers
 * @param vendor number of the vendor, or 0
 * @param number of the attribute
 * @param type how its value is written on the wire
 * @param value as the file has it
 */
record NasAttribute(String name, int vendor, int number, Type type, String value) {
  private static final Pattern LINE = Pattern.compile("([A-Za-z0-9.-]+) = (.*)");
  private static final Pattern NUMBERS = Pattern.compile("(?:([0-9]+)\\.)?([0-9]+)");
  private static final int VENDOR_SPECIFIC = 26;

  /** How a value is written on the wire (RFC 8044). */
  enum Type {
    TEXT,
    INTEGER,
    ADDRESS
  }

  private record Definition(int vendor, int number, Type type) {
    static Definition of(int number, Type type) {
      return new Definition(0, number, type);
    }
  }

  private static final Map<String, Definition> DEFINITIONS =
      Map.ofEntries(
          Map.entry("User-Name", Definition.of(1, Type.TEXT)),
          Map.entry("User-Password", Definition.of(2, Type.TEXT)),
          Map.entry("CHAP-Password", Definition.of(3, Type.TEXT)),
          Map.entry("NAS-IP-Address", Definition.of(4, Type.ADDRESS)),
          Map.entry("NAS-Port", Definition.of(5, Type.INTEGER)),
          Map.entry("Service-Type", Definition.of(6, Type.INTEGER)),
          Map.entry("Framed-Protocol", Definition.of(7, Type.INTEGER)),
          Map.entry("Framed-IP-Address", Definition.of(8, Type.ADDRESS)),
          Map.entry("State", Definition.of(24, Type.TEXT)),
          Map.entry("Called-Station-Id", Definition.of(30, Type.TEXT)),
          Map.entry("Calling-Station-Id", Definition.of(31, Type.TEXT)),
          Map.entry("NAS-Identifier", Definition.of(32, Type.TEXT)),
          Map.entry("Proxy-State", Definition.of(33, Type.TEXT)),
          Map.entry("Acct-Session-Id", Definition.of(44, Type.TEXT)),
          Map.entry("Event-Timestamp", Definition.of(55, Type.INTEGER)),
          Map.entry("CHAP-Challenge", Definition.of(60, Type.TEXT)),
          Map.entry("NAS-Port-Type", Definition.of(61, Type.INTEGER)),
          Map.entry("Tunnel-Client-Endpoint", Definition.of(66, Type.TEXT)),
          Map.entry("Connect-Info", Definition.of(77, Type.TEXT)),
          Map.entry("Message-Authenticator", Definition.of(80, Type.TEXT)),
          Map.entry("NAS-Port-Id", Definition.of(87, Type.TEXT)),
          Map.entry("NAS-IPv6-Address", Definition.of(95, Type.ADDRESS)),
          Map.entry("Cisco-AVPair", new Definition(9, 1, Type.TEXT)),
          Map.entry("MS-CHAP-Challenge", new Definition(311, 11, Type.TEXT)),
          Map.entry("MS-CHAP2-Response", new Definition(311, 25, Type.TEXT)),
          Map.entry("ASA-TunnelGroupName", new Definition(3076, 146, Type.TEXT)),
          Map.entry("ASA-ClientType", new Definition(3076, 150, Type.INTEGER)),
          Map.entry("Fortinet-Vdom-Name", new Definition(12356, 3, Type.TEXT)),
          Map.entry("PaloAlto-User-Domain", new Definition(25461, 6, Type.TEXT)),
          Map.entry("PaloAlto-Client-Source-IP", new Definition(25461, 7, Type.TEXT)),
          Map.entry("PaloAlto-Client-OS", new Definition(25461, 8, Type.TEXT)),
          Map.entry("PaloAlto-Client-Hostname", new Definition(25461, 9, Type.TEXT)),
          Map.entry("PaloAlto-GlobalProtect-Client-Version", new Definition(25461, 10, Type.TEXT)));

  /**
   * Reads {@code Name = value}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static NasAttribute parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + line + "' is not 'Name = value'");
    }
    String name = matcher.group(1);
    Definition definition = definition(name);
    return new NasAttribute(
        name, definition.vendor(), definition.number(), definition.type(), matcher.group(2));
  }

  private static Definition definition(String name) {
    Definition definition = DEFINITIONS.get(name);
    if (definition != null) {
      return definition;
    }
    Matcher numbers = NUMBERS.matcher(name);
    if (!numbers.matches()) {
      throw new IllegalArgumentException(
          "attribute " + name + " is not known here: add it to NasAttribute, or write its number");
    }
    int vendor = numbers.group(1) == null ? 0 : Integer.parseInt(numbers.group(1));
    return new Definition(vendor, Integer.parseInt(numbers.group(2)), Type.TEXT);
  }

  /**
   * Whether this one stands for that one in another session: the same name, or the same AV pair.
   */
  boolean replaces(NasAttribute other) {
    return key().equals(other.key());
  }

  private String key() {
    int equals = value.lastIndexOf('=');
    return name + (equals < 0 ? "" : " " + value.substring(0, equals));
  }

  /** What a file cannot know beforehand. */
  interface Values {
    String user();

    String password();

    /** The State of the challenge that is answered; empty where there was none. */
    byte[] state();
  }

  /** Adds this attribute to a request. */
  void addTo(RawRequest request, Values values) {
    switch (value) {
      case "{signature}" -> {
        var _ = request.withSignature();
      }
      case "{password}" -> addPassword(request, values);
      case "{empty}" -> {
        var _ = request.withPassword("");
      }
      default -> add(request, octets(request, values));
    }
  }

  private void addPassword(RawRequest request, Values values) {
    switch (name) {
      case "User-Password" -> {
        var _ = request.withPassword(values.password());
      }
      case "CHAP-Password" -> {
        var _ = request.withChapPassword(values.password());
      }
      case "MS-CHAP2-Response" ->
          add(
              request,
              MsChap2.response(
                  values.user(), values.password(), request.challenge(), request.authenticator()));
      default -> throw new IllegalArgumentException("no password can be in " + name);
    }
  }

  private void add(RawRequest request, byte[] octets) {
    if (vendor == 0) {
      var _ = request.with(number, octets);
      return;
    }
    byte[] id = {(byte) (vendor >> 24), (byte) (vendor >> 16), (byte) (vendor >> 8), (byte) vendor};
    byte[] head = {(byte) number, (byte) (2 + octets.length)};
    var _ = request.with(VENDOR_SPECIFIC, RawRequest.joined(id, head, octets));
  }

  private byte[] octets(RawRequest request, Values values) {
    return switch (value) {
      case "{user}" -> values.user().getBytes(StandardCharsets.UTF_8);
      case "{state}" -> values.state();
      case "{challenge}" -> request.challenge();
      case "{time}" -> integer(Instant.now().getEpochSecond());
      default -> literal();
    };
  }

  private byte[] literal() {
    if (value.startsWith("0x")) {
      return HexFormat.of().parseHex(value.substring(2).toLowerCase(Locale.ROOT));
    }
    return switch (type) {
      case TEXT -> value.getBytes(StandardCharsets.UTF_8);
      case INTEGER -> integer(Long.parseLong(value));
      case ADDRESS -> InetAddress.ofLiteral(value).getAddress();
    };
  }

  private static byte[] integer(long value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  @Override
  public String toString() {
    return name + " = " + value;
  }
}
