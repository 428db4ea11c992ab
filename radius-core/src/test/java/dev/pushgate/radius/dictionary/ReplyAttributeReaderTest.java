package dev.pushgate.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.dictionary.ReplyAttributeReader.Reading;
import dev.pushgate.radius.packet.EncodedAttribute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyAttributeReaderTest {
  private final ReplyAttributeReader reader = new ReplyAttributeReader(Dictionary.shipped());

  private List<String> encoded(String name, String... values) {
    Reading reading = reader.read(name, List.of(values));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading)
        .attribute().encoded().stream().map(EncodedAttribute::toString).toList();
  }

  private String refusal(String name, String... values) {
    return switch (reader.read(name, List.of(values))) {
      case Reading.Refused(String what, String remedy) -> what + ". " + remedy + ".";
      case Reading.Read read -> read.toString();
      case Reading.Unknowable unknowable -> unknowable.toString();
    };
  }

  /** The octets by hand, from the RFC that defines the type. */
  @ParameterizedTest
  @CsvSource({
    "Filter-Id, stäff, 11=0x7374c3a46666",
    "filter-id, x, 11=0x78",
    "Class, OU=policy;, 25=0x4f553d706f6c6963793b",
    "Class, 0x00ff10, 25=0x00ff10",
    "Session-Timeout, 3600, 27=0x00000e10",
    "Session-Timeout, 0xffffffff, 27=0xffffffff",
    "Service-Type, Framed-User, 6=0x00000002",
    "Service-Type, framed-user, 6=0x00000002",
    "Service-Type, 77, 6=0x0000004d",
    "Framed-IP-Address, 192.0.2.7, 8=0xc0000207",
    "Framed-IPv6-Address, 2001:db8::7, 168=0x20010db8000000000000000000000007",
    "Framed-IPv6-Address, ::ffff:192.0.2.1, 168=0x00000000000000000000ffffc0000201",
    "Framed-IPv6-Prefix, 2001:db8:1::/48, 97=0x003020010db8000100000000000000000000",
    "Framed-Interface-Id, 0:0:ab:1, 96=0x0000000000ab0001",
    "MIP6-Feature-Vector, 18446744073709551615, 124=0xffffffffffffffff",
    "Tunnel-Type, VLAN, 64=0x0000000d",
    "Tunnel-Type:31, VLAN, 64=0x1f00000d",
    "Tunnel-Private-Group-Id, 42, 81=0x3432",
    "Tunnel-Private-Group-Id:1, 42, 81=0x013432",
    "Fortinet-Group-Name, vpn, 26=0x00003044010576706e",
    "Fortinet-WirelessController-Device-MAC, 00-00-5E-00-53-01, 26=0x00003044170800005e005301",
    "Fortinet-WirelessController-Assoc-Time, 1970-01-02T00:00:01Z, 26=0x00003044190600015181",
    "ASA-Group-Policy, a, 26=0x00000c04190361",
    "MS-Primary-DNS-Server, 192.0.2.53, 26=0x000001371c06c0000235",
  })
  void value_isEncodedAsItsRfcSays(String name, String value, String expected) {
    assertThat(encoded(name, value)).containsExactly(expected);
  }

  @Test
  void dateWithoutATime_isMidnightUtc() {
    assertThat(encoded("Fortinet-WirelessController-Assoc-Time", "1970-01-02"))
        .isEqualTo(encoded("Fortinet-WirelessController-Assoc-Time", "86400"));
  }

  @Test
  void severalValues_areSeveralAttributesInTheirOrder() {
    assertThat(encoded("Fortinet-Group-Name", "b", "a"))
        .containsExactly("26=0x00003044010362", "26=0x00003044010361");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Filter-Ld|x|no dictionary has an attribute 'Filter-Ld'. Write Filter-Id.",
        "Group-Policy|x|no dictionary has an attribute 'Group-Policy'. Write ASA-Group-Policy.",
        "Nonsense-At-All|x|no dictionary has an attribute 'Nonsense-At-All'. Write a name as docs/attributes.md has it, or name a dictionary that has it in radius.dictionaries.",
        "Service-Type|Framed-Usr|'Framed-Usr' is not a value of Service-Type. Write Framed-User.",
        "Termination-Action|zzz|'zzz' is not a value of Termination-Action. Write Default, RADIUS-Request or a number.",
        "Session-Timeout|1h|'1h' is not a value of Session-Timeout. Write a number from 0 to 4294967295.",
        "Session-Timeout|4294967296|'4294967296' is not a value of Session-Timeout. Write a number from 0 to 4294967295.",
        "Session-Timeout|-1|'-1' is not a value of Session-Timeout. Write a number from 0 to 4294967295.",
        "Tunnel-Preference:1|16777216|'16777216' is not a value of Tunnel-Preference. Write a number from 0 to 16777215.",
        "Framed-IP-Address|10.0.0|'10.0.0' is not a value of Framed-IP-Address. Write an IPv4 address such as 192.0.2.7.",
        "Framed-IP-Address|2001:db8::1|'2001:db8::1' is not a value of Framed-IP-Address. Write an IPv4 address such as 192.0.2.7.",
        "Framed-IPv6-Prefix|2001:db8::1/48|'2001:db8::1/48' is not a value of Framed-IPv6-Prefix. Write an IPv6 prefix such as 2001:db8:1::/48.",
        "Framed-IPv6-Prefix|2001:db8::|'2001:db8::' is not a value of Framed-IPv6-Prefix. Write an IPv6 prefix such as 2001:db8:1::/48.",
        "Class|0x123|'0x123' is not a value of Class. Write text, or octets such as 0x0a1b.",
        "Fortinet-WirelessController-Assoc-Time|2027-13-01|'2027-13-01' is not a value of Fortinet-WirelessController-Assoc-Time. Write a time such as 2027-01-31T12:00:00Z, or seconds since 1970.",
        "Filter-Id:1|x|Filter-Id has no tags. Write Filter-Id.",
        "Tunnel-Type:32|VLAN|'32' is not a tag. Write a number from 1 to 31.",
        "Tunnel-Type:|VLAN|'' is not a tag. Write a number from 1 to 31.",
        "Message-Authenticator|x|Message-Authenticator is set by the server itself. Remove it.",
        "Proxy-State|x|Proxy-State is set by the server itself. Remove it.",
        "State|x|State is set by the server itself. Remove it.",
        "User-Password|x|User-Password is set by the server itself. Remove it.",
        "CHAP-Password|x|CHAP-Password is set by the server itself. Remove it.",
        "EAP-Message|x|EAP-Message is set by the server itself. Remove it.",
        "MS-CHAP2-Success|x|MS-CHAP2-Success is set by the server itself. Remove it.",
        "MS-MPPE-Send-Key|x|MS-MPPE-Send-Key is set by the server itself. Remove it.",
        "NAS-Port|1|NAS-Port may not stand in an Access-Accept. Remove it.",
        "Acct-Status-Type|Start|Acct-Status-Type may not stand in an Access-Accept. Remove it.",
        "Tunnel-Password|x|Tunnel-Password would have to be encrypted, which this server cannot do. Remove it.",
      })
  void mistake_isRefusedWithWhatToWrite(String name, String value, String message) {
    assertThat(refusal(name, value)).isEqualTo(message);
  }

  @Test
  void secondValueOfWhatIsSentOnce_isRefused() {
    assertThat(refusal("Session-Timeout", "1", "2"))
        .isEqualTo(
            "Session-Timeout can be sent once only, and there are 2 values. Write one value.");
  }

  @Test
  void valueTooLong_isRefusedWithWhatFits() {
    assertThat(refusal("Filter-Id", "x".repeat(254)))
        .isEqualTo("the value has 254 octets, and Filter-Id carries 253. Shorten it.");
    assertThat(refusal("Cisco-AVPair", "x".repeat(248)))
        .isEqualTo("the value has 248 octets, and Cisco-AVPair carries 247. Shorten it.");
    assertThat(encoded("Cisco-AVPair", "x".repeat(247))).hasSize(1);
  }

  @Test
  void emptyValueAndNul_areRefused() {
    assertThat(refusal("Filter-Id", ""))
        .isEqualTo("a value is empty or has a NUL in it. Write text.");
    assertThat(refusal("Filter-Id", "a\0b"))
        .isEqualTo("a value is empty or has a NUL in it. Write text.");
  }

  @Test
  void unknownName_ofADictionaryThatWasReadInPart_isNotCalledWrong() {
    assertThat(
            new ReplyAttributeReader(Dictionary.shipped().inPart()).read("Acme-Role", List.of("x")))
        .isEqualTo(new Reading.Unknowable());
  }
}
