package dev.pushgate.radius.client;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.UntrustedText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a user comes from, as the NAS tells it; never the NAS's own address. */
public final class UserAddress {
  private static final int PALO_ALTO = 25461;
  private static final int PALOALTO_CLIENT_SOURCE_IP = 7;
  private static final int IPV4_OCTETS = 4;
  private static final int IPV6_NETWORK_OCTETS = 8;

  // OpenVPN writes 203.0.113.7:51000, others [2001:db8::7]:51000, strongSwan 203.0.113.7[4500].
  private static final Pattern WITH_PORT =
      Pattern.compile(
          "\\[([^\\]]+)\\]:[0-9]{1,5}|([0-9.]+):[0-9]{1,5}|([^\\[\\]]+)\\[[0-9]{1,5}\\]");

  private UserAddress() {}

  /**
   * The address of the user, without a port and in normal form where the text is an address, else
   * the text itself made safe to show; nothing where the NAS does not tell.
   */
  public static Optional<String> of(ReceivedPacket request, ClientKind kind) {
    Optional<byte[]> told = Optional.empty();
    if (kind == ClientKind.PALOALTO) {
      told = request.vendorValue(PALO_ALTO, PALOALTO_CLIENT_SOURCE_IP);
    }
    return told.or(() -> request.value(AttributeType.CALLING_STATION_ID))
        .map(UntrustedText::decode)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(UserAddress::normal);
  }

  /**
   * The addresses that count as one place, as text: an IPv4 address by itself, an IPv6 address with
   * all of its /64, within which a host takes as many as it likes.
   */
  public static String block(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == IPV4_OCTETS) {
      return address.getHostAddress();
    }
    byte[] first = Arrays.copyOf(Arrays.copyOf(octets, IPV6_NETWORK_OCTETS), octets.length);
    return IpLiteral.text(ofOctets(first)) + "/" + IPV6_NETWORK_OCTETS * Byte.SIZE;
  }

  private static InetAddress ofOctets(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 octets", e);
    }
  }

  private static String normal(String text) {
    return IpLiteral.parse(withoutPort(text))
        .map(InetAddress::getHostAddress)
        .orElseGet(() -> UntrustedText.shown(text));
  }

  private static String withoutPort(String text) {
    if (text.indexOf(':') < 0 && text.indexOf('[') < 0) {
      return text;
    }
    Matcher matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String address = matcher.group(group);
      if (address != null) {
        return address;
      }
    }
    return text;
  }
}
