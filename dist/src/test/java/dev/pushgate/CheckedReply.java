package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A reply whose every octet has been held against RFC 2865 and RFC 3579. */
final class CheckedReply {
  static final int ACCEPT = 2;
  static final int REJECT = 3;

  private static final int REPLY_MESSAGE = 18;
  private static final HexFormat HEX = HexFormat.of();

  private record Attribute(int type, String hex) {}

  private final byte[] octets;
  private final List<Attribute> attributes = new ArrayList<>();

  private CheckedReply(byte[] octets) {
    this.octets = octets;
    int offset = 20;
    while (offset < octets.length) {
      int length = octets[offset + 1] & 0xff;
      assertThat(length).isGreaterThanOrEqualTo(2);
      assertThat(offset + length).isLessThanOrEqualTo(octets.length);
      attributes.add(
          new Attribute(octets[offset] & 0xff, HEX.formatHex(octets, offset + 2, offset + length)));
      offset += length;
    }
  }

  /** Checks a datagram as the reply to that request. */
  static CheckedReply of(byte[] octets, RawRequest request) {
    assertThat(octets.length).isBetween(20, 4096);
    assertThat((octets[2] & 0xff) << 8 | (octets[3] & 0xff)).as("Length").isEqualTo(octets.length);
    assertThat(octets[1] & 0xff).as("Identifier").isEqualTo(request.identifier());
    CheckedReply reply = new CheckedReply(octets);
    reply.checkMessageAuthenticator(request);
    reply.checkResponseAuthenticator(request);
    reply.checkProxyStates(request);
    return reply;
  }

  private void checkMessageAuthenticator(RawRequest request) {
    Attribute first = attributes.getFirst();
    assertThat(first.type()).as("first attribute").isEqualTo(RawRequest.MESSAGE_AUTHENTICATOR);
    assertThat(attributes.stream().filter(a -> a.type() == first.type())).hasSize(1);
    byte[] zeroed = octets.clone();
    System.arraycopy(request.authenticator(), 0, zeroed, 4, 16);
    Arrays.fill(zeroed, 22, 38, (byte) 0);
    assertThat(first.hex())
        .as("Message-Authenticator")
        .isEqualTo(HEX.formatHex(RawRequest.hmacMd5(zeroed)));
  }

  private void checkResponseAuthenticator(RawRequest request) {
    byte[] header = Arrays.copyOf(octets, 4);
    byte[] rest = Arrays.copyOfRange(octets, 20, octets.length);
    assertThat(Arrays.copyOfRange(octets, 4, 20))
        .as("Response Authenticator")
        .isEqualTo(RawRequest.md5(header, request.authenticator(), rest, RawRequest.secret()));
  }

  private void checkProxyStates(RawRequest request) {
    List<Attribute> sent =
        request.proxyStates().stream()
            .map(value -> new Attribute(RawRequest.PROXY_STATE, HEX.formatHex(value)))
            .toList();
    assertThat(attributes.stream().filter(a -> a.type() == RawRequest.PROXY_STATE))
        .as("Proxy-State")
        .isEqualTo(sent);
    assertThat(attributes).endsWith(sent.toArray(Attribute[]::new));
  }

  int code() {
    return octets[0] & 0xff;
  }

  byte[] octets() {
    return octets.clone();
  }

  /** All Reply-Messages in a row. */
  String message() {
    StringBuilder message = new StringBuilder();
    for (Attribute attribute : attributes) {
      if (attribute.type() == REPLY_MESSAGE) {
        message.append(new String(HEX.parseHex(attribute.hex()), StandardCharsets.UTF_8));
      }
    }
    return message.toString();
  }

  /** The value of the first attribute of that type; empty where there is none. */
  byte[] value(int type) {
    return attributes.stream()
        .filter(attribute -> attribute.type() == type)
        .findFirst()
        .map(attribute -> HEX.parseHex(attribute.hex()))
        .orElseGet(() -> new byte[0]);
  }

  /** The types of all attributes in their order. */
  List<Integer> types() {
    return attributes.stream().map(Attribute::type).toList();
  }

  /** All octets but Identifier and the two authenticators, in hex. */
  String withoutWhatDiffersByRequest() {
    return HEX.formatHex(octets, 0, 1)
        + HEX.formatHex(octets, 2, 4)
        + HEX.formatHex(octets, 38, octets.length);
  }
}
