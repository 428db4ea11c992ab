package dev.pushgate.radius.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.tinyradius.packet.RadiusPacket;

/** What holds of encoding and decoding, whatever is encoded and decoded. */
class PacketPropertiesTest {
  /** Where the type octet of the Message-Authenticator stands, which always comes first. */
  private static final int SIGNATURE_TYPE = 20;

  /** An attribute that has no meaning of its own to the decoder. */
  static final class Plain {
    private final int type;
    private final byte[] value;

    Plain(int type, byte[] value) {
      this.type = type;
      this.value = value;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Plain that && type == that.type && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return type + "=" + Arrays.toString(value);
    }
  }

  @Provide
  Arbitrary<List<Plain>> attributes() {
    Arbitrary<Integer> types =
        Arbitraries.integers()
            .between(1, 255)
            .filter(
                type ->
                    type != AttributeType.USER_PASSWORD
                        && type != AttributeType.CHAP_PASSWORD
                        && type != AttributeType.CHAP_CHALLENGE
                        && type != AttributeType.STATE
                        && type != AttributeType.EAP_MESSAGE
                        && type != AttributeType.MESSAGE_AUTHENTICATOR
                        && type != AttributeType.PROXY_STATE);
    Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(253);
    return Combinators.combine(types, values).as(Plain::new).list().ofMaxSize(14);
  }

  @Provide
  Arbitrary<SharedSecret> secrets() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(100)
        .map(SharedSecret::new);
  }

  @Provide
  Arbitrary<byte[]> passwords() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(HiddenPassword.MAX_LENGTH)
        .filter(octets -> octets.length == 0 || octets[octets.length - 1] != 0);
  }

  private static SignedRequest request(int identifier, SharedSecret secret) {
    return new SignedRequest(identifier, secret, new SecureRandom());
  }

  private static ReceivedPacket decoded(byte[] datagram, SharedSecret secret) {
    return ((Decoded.Packet) PacketDecoder.decodeRequest(datagram, datagram.length, secret))
        .packet();
  }

  /** All attributes but Message-Authenticator and Proxy-State, in their order of types. */
  private static List<Plain> plain(ReceivedPacket packet, List<Plain> like) {
    List<Plain> found = new ArrayList<>();
    like.stream()
        .map(each -> each.type)
        .distinct()
        .forEach(type -> packet.values(type).forEach(value -> found.add(new Plain(type, value))));
    return found;
  }

  private static List<Plain> byType(List<Plain> attributes) {
    List<Plain> sorted = new ArrayList<>();
    attributes.stream()
        .map(each -> each.type)
        .distinct()
        .forEach(
            type -> attributes.stream().filter(each -> each.type == type).forEach(sorted::add));
    return sorted;
  }

  @Property
  void password_hiddenAndRevealed_isItself(
      @ForAll("passwords") byte[] password,
      @ForAll @Size(16) byte[] authenticator,
      @ForAll("secrets") SharedSecret secret) {
    byte[] hidden = HiddenPassword.hide(password, authenticator, secret);
    assertThat(HiddenPassword.hasRightLength(hidden)).isTrue();
    assertThat(HiddenPassword.reveal(hidden, authenticator, secret)).isEqualTo(password);
  }

  @Property
  void request_encodedAndDecoded_isItself(
      @ForAll("attributes") List<Plain> attributes,
      @ForAll("passwords") byte[] password,
      @ForAll @IntRange(max = 255) int identifier,
      @ForAll("secrets") SharedSecret secret) {
    SignedRequest request = request(identifier, secret).addPassword(password);
    attributes.forEach(each -> request.add(each.type, each.value));
    byte[] datagram = request.encode();
    ReceivedPacket received = decoded(datagram, secret);
    assertThat(received.getPacketType()).isEqualTo(RadiusPacket.ACCESS_REQUEST);
    assertThat(received.getPacketIdentifier()).isEqualTo(identifier);
    assertThat(received.getAuthenticator()).isEqualTo(request.requestAuthenticator());
    assertThat(received.isSigned()).isTrue();
    assertThat(received.revealPassword(secret).orElseThrow()).isEqualTo(password);
    assertThat(plain(received, attributes)).isEqualTo(byType(attributes));
  }

  @Property
  void reply_encodedAndDecoded_isItselfWithTheProxyStatesOfItsRequest(
      @ForAll("attributes") List<Plain> attributes,
      @ForAll @Size(max = 3) List<@Size(max = 40) byte[]> proxyStates,
      @ForAll("secrets") SharedSecret secret) {
    SignedRequest request = request(1, secret);
    proxyStates.forEach(state -> request.add(AttributeType.PROXY_STATE, state));
    Reply reply = new Reply(RadiusPacket.ACCESS_ACCEPT, decoded(request.encode(), secret), secret);
    attributes.forEach(each -> reply.add(each.type, each.value));
    byte[] datagram = reply.encode();
    assertThat(datagram.length).isEqualTo((datagram[2] & 0xff) << 8 | (datagram[3] & 0xff));
    ReceivedPacket received =
        ((Decoded.Packet)
                PacketDecoder.decodeReply(
                    datagram, datagram.length, secret, request.requestAuthenticator()))
            .packet();
    assertThat(received.isSigned()).isTrue();
    assertThat(plain(received, attributes)).isEqualTo(byType(attributes));
    List<byte[]> returned = received.values(AttributeType.PROXY_STATE);
    assertThat(returned).hasSize(proxyStates.size());
    for (int i = 0; i < returned.size(); i++) {
      assertThat(returned.get(i)).isEqualTo(proxyStates.get(i));
    }
  }

  @Property
  void signedRequest_withAnyBitTurned_isDiscardedOrNoLongerSigned(
      @ForAll("attributes") List<Plain> attributes, @ForAll @IntRange(min = 0) int anywhere) {
    SharedSecret secret = SharedSecret.of("secret");
    SignedRequest request = request(1, secret);
    attributes.forEach(each -> request.add(each.type, each.value));
    byte[] datagram = request.encode();
    int bit = anywhere % (datagram.length * 8);
    datagram[bit / 8] ^= (byte) (1 << bit % 8);
    switch (PacketDecoder.decodeRequest(datagram, datagram.length, secret)) {
      case Decoded.Discarded discarded -> {}
      case Decoded.Packet(ReceivedPacket packet) -> {
        // The attribute is another one, or Length ends before it: that is what the rules for
        // unsigned packets are there for.
        assertThat(bit / 8 == SIGNATURE_TYPE || packet.getAttributes().isEmpty()).isTrue();
        assertThat(packet.isSigned()).isFalse();
      }
    }
  }

  @Property
  void reply_withAnyBitTurned_isDiscarded(
      @ForAll("attributes") List<Plain> attributes, @ForAll @IntRange(min = 0) int anywhere) {
    SharedSecret secret = SharedSecret.of("secret");
    SignedRequest request = request(1, secret);
    Reply reply = new Reply(RadiusPacket.ACCESS_REJECT, decoded(request.encode(), secret), secret);
    attributes.forEach(each -> reply.add(each.type, each.value));
    byte[] datagram = reply.encode();
    int bit = anywhere % (datagram.length * 8);
    datagram[bit / 8] ^= (byte) (1 << bit % 8);
    assertThat(
            PacketDecoder.decodeReply(
                datagram, datagram.length, secret, request.requestAuthenticator()))
        .isInstanceOf(Decoded.Discarded.class);
  }

  @Property
  void datagram_ofAnyOctets_isDecodedOrDiscardedAndNeverThrows(
      @ForAll @Size(max = 300) byte[] datagram, @ForAll @IntRange(max = 300) int received) {
    assertThat(
            PacketDecoder.decodeRequest(
                datagram, Math.min(received, datagram.length), SharedSecret.of("secret")))
        .isNotNull();
  }

  @Property
  void message_ofAnyText_isSplitBetweenCharactersAndLosesNothing(
      @ForAll @StringLength(max = 1200) String text) {
    SharedSecret secret = SharedSecret.of("secret");
    SignedRequest request = request(1, secret);
    byte[] datagram =
        new Reply(RadiusPacket.ACCESS_REJECT, decoded(request.encode(), secret), secret)
            .addMessage(text)
            .encode();
    ReceivedPacket reply =
        ((Decoded.Packet)
                PacketDecoder.decodeReply(
                    datagram, datagram.length, secret, request.requestAuthenticator()))
            .packet();
    StringBuilder together = new StringBuilder();
    for (byte[] part : reply.values(AttributeType.REPLY_MESSAGE)) {
      String read = new String(part, StandardCharsets.UTF_8);
      assertThat(part.length).isBetween(1, Reply.MAX_TEXT);
      assertThat(read.getBytes(StandardCharsets.UTF_8)).as("whole characters").isEqualTo(part);
      together.append(read);
    }
    // Half a surrogate pair is no character; Java writes a question mark for it.
    assertThat(together.toString())
        .isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Property
  void untrustedText_ofAnyOctets_isShownWithoutWhatMovesCursorsOrTurnsText(
      @ForAll @Size(max = 253) byte[] octets) {
    String shown = UntrustedText.shown(octets);
    assertThat(shown.codePoints())
        .noneMatch(
            point ->
                Character.isISOControl(point)
                    || Character.getType(point) == Character.LINE_SEPARATOR
                    || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                    || Character.getDirectionality(point)
                        == Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE);
    assertThat(UntrustedText.shown(UntrustedText.decode(octets))).isEqualTo(shown);
  }

  @Property
  void untrustedText_inUtf8_isReadAsItWasWritten(@ForAll @StringLength(max = 100) String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    assertThat(UntrustedText.decode(octets)).isEqualTo(new String(octets, StandardCharsets.UTF_8));
  }
}
