package dev.pushgate.radius.accounting;

import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_DELAY_TIME;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_INPUT_GIGAWORDS;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_INPUT_OCTETS;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_INPUT_PACKETS;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_MULTI_SESSION_ID;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_OUTPUT_GIGAWORDS;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_OUTPUT_OCTETS;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_OUTPUT_PACKETS;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_SESSION_ID;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_SESSION_TIME;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_STATUS_TYPE;
import static dev.pushgate.radius.accounting.AccountingAttribute.ACCT_TERMINATE_CAUSE;
import static dev.pushgate.radius.accounting.AccountingAttribute.CLASS;
import static dev.pushgate.radius.accounting.AccountingAttribute.DELEGATED_IPV6_PREFIX;
import static dev.pushgate.radius.accounting.AccountingAttribute.EVENT_TIMESTAMP;
import static dev.pushgate.radius.accounting.AccountingAttribute.FRAMED_IPV6_ADDRESS;
import static dev.pushgate.radius.accounting.AccountingAttribute.FRAMED_IPV6_PREFIX;
import static dev.pushgate.radius.accounting.AccountingAttribute.FRAMED_IP_ADDRESS;

import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.UserAddress;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.UntrustedText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an Accounting-Request tells of a session. An attribute of a wrong length tells
 * nothing: the rest is worth recording all the same.
 */
public final class SessionReport {
  /** By Acct-Status-Type, from 1 on (RFC 2866 section 5.1); where there is no word, by number. */
  private static final List<String> STATUSES =
      List.of(
          "start",
          "stop",
          "interim-update",
          "",
          "",
          "",
          "accounting-on",
          "accounting-off",
          "",
          "",
          "",
          "",
          "",
          "",
          "failed");

  /** By Acct-Terminate-Cause, from 1 on (RFC 2866 section 5.10, RFC 3580 section 2.3). */
  private static final List<String> TERMINATE_CAUSES =
      List.of(
          "user-request",
          "lost-carrier",
          "lost-service",
          "idle-timeout",
          "session-timeout",
          "admin-reset",
          "admin-reboot",
          "port-error",
          "nas-error",
          "nas-request",
          "nas-reboot",
          "port-unneeded",
          "port-preempted",
          "port-suspended",
          "service-unavailable",
          "callback",
          "user-error",
          "host-request",
          "supplicant-restart",
          "reauthentication-failure",
          "port-reinitialized",
          "port-administratively-disabled");

  private final ReceivedPacket packet;

  private SessionReport(ReceivedPacket packet) {
    this.packet = packet;
  }

  /**
   * What is to be recorded of a request.
   *
   * @param nas address that it came from
   * @param at when it came
   */
  public static AuditRecord.Accounted read(
      ReceivedPacket packet, Client client, InetAddress nas, Instant at) {
    SessionReport report = new SessionReport(packet);
    Long happened = report.number(EVENT_TIMESTAMP);
    return new AuditRecord.Accounted(
        at,
        client.name(),
        nas.getHostAddress(),
        report.word(ACCT_STATUS_TYPE, STATUSES),
        report.text(AttributeType.USER_NAME),
        UserAddress.of(packet, client.kind()).orElse(null),
        report.text(ACCT_SESSION_ID),
        report.text(ACCT_MULTI_SESSION_ID),
        new AuditRecord.Usage(
            report.seconds(ACCT_SESSION_TIME),
            report.octets(ACCT_INPUT_GIGAWORDS, ACCT_INPUT_OCTETS),
            report.octets(ACCT_OUTPUT_GIGAWORDS, ACCT_OUTPUT_OCTETS),
            report.number(ACCT_INPUT_PACKETS),
            report.number(ACCT_OUTPUT_PACKETS)),
        report.word(ACCT_TERMINATE_CAUSE, TERMINATE_CAUSES),
        report.addresses(),
        packet.values(CLASS).stream().map(UntrustedText::shown).toList(),
        report.seconds(ACCT_DELAY_TIME),
        happened == null ? null : Instant.ofEpochSecond(happened));
  }

  private @Nullable String text(int type) {
    return packet.value(type).map(UntrustedText::shown).orElse(null);
  }

  private @Nullable Long number(int type) {
    return packet
        .value(type)
        .filter(value -> value.length == Integer.BYTES)
        .map(value -> Integer.toUnsignedLong(ByteBuffer.wrap(value).getInt()))
        .orElse(null);
  }

  private @Nullable Duration seconds(int type) {
    Long seconds = number(type);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** Octets are counted in 32 bits, how often those overflowed in another 32 (RFC 2869). */
  private @Nullable Long octets(int gigawords, int octets) {
    Long low = number(octets);
    Long high = number(gigawords);
    if (low == null && high == null) {
      return null;
    }
    return (high == null ? 0 : high << Integer.SIZE) | (low == null ? 0 : low);
  }

  private @Nullable String word(int type, List<String> words) {
    Long number = number(type);
    if (number == null) {
      return null;
    }
    boolean known = number >= 1 && number <= words.size();
    String word = known ? words.get((int) (number - 1)) : "";
    return word.isEmpty() ? number.toString() : word;
  }

  private List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    for (int type : new int[] {FRAMED_IP_ADDRESS, FRAMED_IPV6_ADDRESS}) {
      for (byte[] value : packet.values(type)) {
        if (value.length == (type == FRAMED_IP_ADDRESS ? 4 : 16)) {
          addresses.add(address(value));
        }
      }
    }
    for (int type : new int[] {FRAMED_IPV6_PREFIX, DELEGATED_IPV6_PREFIX}) {
      for (byte[] value : packet.values(type)) {
        // One reserved octet, the length in bits, and as many octets as are not zero (RFC 3162).
        if (value.length >= 2 && value.length <= 18 && value[1] >= 0) {
          byte[] prefix = Arrays.copyOf(Arrays.copyOfRange(value, 2, value.length), 16);
          addresses.add(address(prefix) + "/" + value[1]);
        }
      }
    }
    return addresses;
  }

  private static String address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }
}
