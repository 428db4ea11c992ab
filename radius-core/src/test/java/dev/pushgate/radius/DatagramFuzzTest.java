package dev.pushgate.radius;

import static dev.pushgate.radius.ByHand.CALLING_STATION_ID;
import static dev.pushgate.radius.ByHand.EAP_MESSAGE;
import static dev.pushgate.radius.ByHand.HEADER;
import static dev.pushgate.radius.ByHand.LONGEST;
import static dev.pushgate.radius.ByHand.MESSAGE_AUTHENTICATOR;
import static dev.pushgate.radius.ByHand.PROXY_STATE;
import static dev.pushgate.radius.ByHand.STATE;
import static dev.pushgate.radius.ByHand.USER_NAME;
import static dev.pushgate.radius.ByHand.USER_PASSWORD;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushgate.radius.ByHand.Attribute;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/**
 * Any datagram, from the socket that receives it to the reply: either it is counted as discarded
 * and nothing is sent, or one reply is sent that keeps all rules.
 *
 * <p>Random octets hardly ever bear a right signature, so the input says by its last octet what is
 * done to it: nothing; or Length, passwords and Message-Authenticator are put right; or the whole
 * packet is built of attributes. The octet before tells where the datagram comes from, the one
 * before that whether it comes twice.
 *
 * <p>Fuzzes where the environment has {@code JAZZER_FUZZ=1}, else goes through the seeds.
 */
class DatagramFuzzTest {
  private enum Form {
    AS_IT_IS,
    SEALED,
    BUILT
  }

  private final GateUnderFire gate = new GateUnderFire();
  private final ByHand radius = new ByHand(GateUnderFire.SECRET);

  @AfterEach
  void close() {
    gate.close();
  }

  @FuzzTest(maxExecutions = 20_000, maxDuration = "3h")
  void datagram_whateverItHolds_isDiscardedOrAnsweredRightly(FuzzedDataProvider input) {
    Form form = input.pickValue(Form.values());
    GateUnderFire.Source source = input.pickValue(GateUnderFire.Source.values());
    boolean again = input.consumeBoolean();
    byte[] datagram =
        switch (form) {
          case AS_IT_IS -> input.consumeRemainingAsBytes();
          case SEALED -> sealed(input.consumeRemainingAsBytes());
          case BUILT -> sealed(built(input));
        };
    gate.becomeNew();
    Optional<byte[]> reply = gate.take(source, datagram);
    if (reply.isPresent()) {
      judge(datagram, source, reply.get());
      if (again && !Arrays.equals(gate.take(source, datagram).orElseThrow(), reply.get())) {
        throw new AssertionError("the retransmission got another reply");
      }
    }
  }

  private byte[] sealed(byte[] datagram) {
    if (datagram.length < HEADER || datagram.length > LONGEST) {
      return datagram;
    }
    ByHand.setLength(datagram);
    return radius.seal(datagram);
  }

  private static byte[] built(FuzzedDataProvider input) {
    int code = input.consumeBoolean() ? ByHand.ACCESS_REQUEST : input.consumeInt(0, 255);
    ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    while (input.remainingBytes() > 0) {
      attributes.writeBytes(
          switch (input.consumeInt(0, 6)) {
            case 0 -> ByHand.attribute(USER_NAME, GateUnderFire.USER);
            case 1 -> ByHand.password(ByHand.utf8(GateUnderFire.PASSWORD));
            case 2 -> ByHand.unsealed();
            case 3 -> ByHand.attribute(CALLING_STATION_ID, value(input));
            case 4 -> ByHand.attribute(PROXY_STATE, value(input));
            case 5 -> ByHand.attribute(STATE, value(input));
            default -> ByHand.attribute(input.consumeInt(0, 255), value(input));
          });
    }
    byte[] authenticator = Arrays.copyOf(ByHand.md5(attributes.toByteArray()), 16);
    return ByHand.packet(code, attributes.size(), authenticator, attributes.toByteArray());
  }

  private static byte[] value(FuzzedDataProvider input) {
    return input.consumeBytes(input.consumeInt(0, 253));
  }

  /** Whether that request deserved a reply at all, and this one. */
  private void judge(byte[] datagram, GateUnderFire.Source source, byte[] octets) {
    JudgedReply reply = JudgedReply.of(octets, datagram, radius);
    List<Attribute> request = ByHand.attributes(datagram).orElseThrow();
    List<byte[]> signatures = ByHand.values(request, MESSAGE_AUTHENTICATOR);
    check(signatures.size() <= 1, "two Message-Authenticators are discarded");
    for (Attribute each : request) {
      if (each.type() == MESSAGE_AUTHENTICATOR) {
        check(
            Arrays.equals(
                each.value(),
                radius.messageAuthenticator(
                    datagram, ByHand.authenticator(datagram), each.offset())),
            "a wrong Message-Authenticator is discarded");
      }
    }
    check(
        !signatures.isEmpty()
            || (source.rule().orElseThrow() != MessageAuthenticatorRule.REQUIRED
                && ByHand.values(request, PROXY_STATE).isEmpty()
                && ByHand.values(request, EAP_MESSAGE).isEmpty()
                && datagram[0] == ByHand.ACCESS_REQUEST),
        "a missing Message-Authenticator is discarded where it must not be missing");
    check(request.size() <= 200, "more than 200 attributes are discarded");
    check(ByHand.values(request, STATE).size() <= 1, "two States are discarded");
    if (reply.isAccept() && datagram[0] != ByHand.STATUS_SERVER) {
      check(isRight(datagram, request), "no Accept without the right password");
    }
  }

  private boolean isRight(byte[] datagram, List<Attribute> request) {
    List<byte[]> names = ByHand.values(request, USER_NAME);
    List<byte[]> passwords = ByHand.values(request, USER_PASSWORD);
    return names.size() == 1
        && passwords.size() == 1
        && Arrays.equals(names.getFirst(), ByHand.utf8(GateUnderFire.USER))
        && GateUnderFire.PASSWORD.equals(
            new String(
                    radius.revealed(passwords.getFirst(), ByHand.authenticator(datagram)),
                    StandardCharsets.ISO_8859_1)
                .replaceAll("\0+$", ""));
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError("broken: " + rule);
    }
  }
}
