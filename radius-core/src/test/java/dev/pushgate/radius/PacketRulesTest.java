package dev.pushgate.radius;

import static dev.pushgate.radius.ByHand.ACCESS_REQUEST;
import static dev.pushgate.radius.ByHand.CALLING_STATION_ID;
import static dev.pushgate.radius.ByHand.MESSAGE_AUTHENTICATOR;
import static dev.pushgate.radius.ByHand.PROXY_STATE;
import static dev.pushgate.radius.ByHand.REPLY_MESSAGE;
import static dev.pushgate.radius.ByHand.STATE;
import static dev.pushgate.radius.ByHand.USER_NAME;
import static dev.pushgate.radius.ByHand.attribute;
import static dev.pushgate.radius.ByHand.password;
import static dev.pushgate.radius.ByHand.unsealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.ByHand.Attribute;
import dev.pushgate.radius.GateUnderFire.Source;
import dev.pushgate.radius.packet.DiscardReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/radius-rules.md says of packets, of the whole way from the datagram to the reply. */
class PacketRulesTest {
  private static final byte[] NAME = attribute(USER_NAME, GateUnderFire.USER);
  private static final byte[] PASSWORD = password(ByHand.utf8(GateUnderFire.PASSWORD));
  private static final int SERVICE_TYPE = 6;

  private final GateUnderFire gate = new GateUnderFire();
  private final ByHand radius = new ByHand(GateUnderFire.SECRET);
  private int identifier;

  @AfterEach
  void close() {
    gate.close();
  }

  private byte[] packet(int code, byte[]... attributes) {
    identifier++;
    return radius.seal(ByHand.packet(code, identifier, ByHand.md5(NAME), attributes));
  }

  private JudgedReply answer(byte[]... attributes) {
    byte[] request = packet(ACCESS_REQUEST, attributes);
    return JudgedReply.of(gate.take(Source.AUTO, request).orElseThrow(), request, radius);
  }

  private void assertDiscarded(Source source, byte[] datagram, DiscardReason reason) {
    long before = gate.discarded(reason);
    assertThat(gate.take(source, datagram)).isEmpty();
    assertThat(gate.discarded(reason)).as("%s", reason).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      // Counted by a NAS only; needs a login that waits (RadiusGateTest); need the ratchet, an EAP
      // or
      // a proxy (MessageAuthenticatorRulesTest); of accounting and Status-Server
      // (AccountingPortTest).
      names = {
        "RESPONSE_AUTHENTICATOR",
        "RETRANSMISSION",
        "NO_LONGER_SIGNED",
        "EAP_UNSIGNED",
        "PROXY_STATE_UNSIGNED",
        "ACCOUNTING_AUTHENTICATOR",
        "STATUS_SERVER_UNSIGNED",
        "NOT_RECORDED",
        "BUSY",
        "OTHER_REQUEST"
      })
  void discarded_isCountedByItsReason(DiscardReason reason) {
    Source source =
        switch (reason) {
          case UNKNOWN_CLIENT -> Source.UNKNOWN;
          case MESSAGE_AUTHENTICATOR_MISSING -> Source.REQUIRED;
          default -> Source.OPTIONAL;
        };
    byte[] datagram =
        switch (reason) {
          case UNKNOWN_CLIENT -> packet(ACCESS_REQUEST, unsealed(), NAME, PASSWORD);
          case LENGTH -> new byte[19];
          case CODE -> packet(255, unsealed());
          case ATTRIBUTES -> packet(ACCESS_REQUEST, new byte[] {1, 1});
          case CONTENT -> packet(ACCESS_REQUEST, NAME, PASSWORD, PASSWORD);
          case MESSAGE_AUTHENTICATOR_WRONG ->
              packet(ACCESS_REQUEST, attribute(MESSAGE_AUTHENTICATOR, new byte[15]), NAME);
          case MESSAGE_AUTHENTICATOR_MISSING -> packet(ACCESS_REQUEST, NAME, PASSWORD);
          default -> throw new AssertionError("no datagram here is discarded for " + reason);
        };
    assertDiscarded(source, datagram, reason);
  }

  @Test
  void unknownCode_isDiscarded() {
    for (int code = 0; code <= 255; code++) {
      if (code != ACCESS_REQUEST && code != ByHand.STATUS_SERVER) {
        assertDiscarded(Source.AUTO, packet(code, unsealed(), NAME, PASSWORD), DiscardReason.CODE);
      }
    }
  }

  @Test
  void octetsBeyondTheLength_areIgnored() {
    byte[] request = packet(ACCESS_REQUEST, unsealed(), NAME, PASSWORD);
    byte[] padded = Arrays.copyOf(request, 4096);
    Arrays.fill(padded, request.length, padded.length, (byte) 0xff);
    Optional<byte[]> reply = gate.take(Source.AUTO, padded);
    assertThat(JudgedReply.of(reply.orElseThrow(), request, radius).isAccept()).isTrue();
  }

  @Test
  void unknownAddress_getsNoAnswer() {
    byte[] login = packet(ACCESS_REQUEST, unsealed(), NAME, PASSWORD);
    assertDiscarded(Source.UNKNOWN, login, DiscardReason.UNKNOWN_CLIENT);
    assertDiscarded(Source.UNKNOWN, new byte[0], DiscardReason.UNKNOWN_CLIENT);
    assertThat(gate.passwordsAsked()).isZero();
  }

  @Test
  void answeredRequest_thatComesAgain_getsTheReplyByteForByteWithoutAskingAnyone() {
    byte[] request = packet(ACCESS_REQUEST, unsealed(), NAME, PASSWORD);
    byte[] reply = gate.take(Source.AUTO, request).orElseThrow();
    assertThat(gate.take(Source.AUTO, request).orElseThrow()).isEqualTo(reply);
    assertThat(gate.passwordsAsked()).isEqualTo(1);
  }

  @Test
  void reply_toARequestFullOfProxyStates_is4096OctetsAtMost() {
    byte[][] attributes = new byte[17][];
    attributes[0] = unsealed();
    Arrays.fill(attributes, 1, 16, attribute(PROXY_STATE, new byte[253]));
    attributes[16] = attribute(PROXY_STATE, new byte[231]);
    JudgedReply reply = answer(attributes);
    assertThat(reply.code()).isEqualTo(ByHand.ACCESS_REJECT);
    assertThat(ByHand.values(reply.attributes(), PROXY_STATE)).hasSize(16);
  }

  @Test
  void proxyState_isReturnedInOrderAndNeverInvented() {
    JudgedReply with =
        answer(
            unsealed(),
            attribute(PROXY_STATE, "2"),
            NAME,
            attribute(PROXY_STATE, ""),
            PASSWORD,
            attribute(PROXY_STATE, "1"));
    assertThat(ByHand.values(with.attributes(), PROXY_STATE))
        .containsExactly(ByHand.utf8("2"), ByHand.utf8(""), ByHand.utf8("1"));
    JudgedReply without = answer(unsealed(), NAME, PASSWORD);
    assertThat(ByHand.values(without.attributes(), PROXY_STATE)).isEmpty();
  }

  @Test
  void reject_holdsReplyMessageAndProxyStateOnly() {
    JudgedReply reply =
        answer(
            unsealed(),
            NAME,
            PASSWORD,
            attribute(CALLING_STATION_ID, "deny"),
            attribute(STATE, "s"),
            attribute(25, "class"),
            attribute(PROXY_STATE, "p"));
    assertThat(reply.attributes())
        .extracting(Attribute::type)
        .containsOnly(MESSAGE_AUTHENTICATOR, REPLY_MESSAGE, PROXY_STATE);
  }

  @Test
  void accept_ofAPlainLogin_is1024OctetsAtMostAndHasNoServiceType() {
    JudgedReply reply = answer(unsealed(), NAME, PASSWORD, attribute(SERVICE_TYPE, new byte[4]));
    assertThat(reply.isAccept()).isTrue();
    assertThat(length(reply)).isLessThanOrEqualTo(1024);
    assertThat(ByHand.values(reply.attributes(), SERVICE_TYPE)).isEmpty();
  }

  @Test
  void reject_ofAPlainLogin_is1024OctetsAtMost() {
    assertThat(length(answer(unsealed(), NAME, password(ByHand.utf8("wrong")))))
        .isLessThanOrEqualTo(1024);
  }

  private static int length(JudgedReply reply) {
    return ByHand.HEADER + reply.attributes().stream().mapToInt(a -> 2 + a.value().length).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\0b"})
  void passwordThatIsEmptyOrHoldsANul_isWrongBeforeAnySourceIsAsked(String text) {
    JudgedReply reply = answer(unsealed(), NAME, password(ByHand.utf8(text)));
    assertThat(reply.message()).isEqualTo("Wrong user name or password.");
    assertThat(gate.passwordsAsked()).isZero();
  }

  @Test
  void passwordOfNoOctets_isWrongBeforeAnySourceIsAsked() {
    JudgedReply reply = answer(unsealed(), NAME, attribute(ByHand.USER_PASSWORD, new byte[0]));
    assertThat(reply.message()).isEqualTo("Wrong user name or password.");
    assertThat(gate.passwordsAsked()).isZero();
  }

  @Test
  void requestWithoutAPassword_isRejectedAndNotDropped() {
    List<byte[]> states = List.of(ByHand.utf8("an answer to a challenge"));
    assertThat(answer(unsealed(), NAME, attribute(STATE, states.getFirst())).code())
        .isEqualTo(ByHand.ACCESS_REJECT);
  }
}
