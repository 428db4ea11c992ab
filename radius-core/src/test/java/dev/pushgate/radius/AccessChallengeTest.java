package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.ACCEPT;
import static dev.pushgate.radius.GateUnderTest.CHALLENGE;
import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.login;
import static dev.pushgate.radius.GateUnderTest.request;
import static dev.pushgate.radius.GateUnderTest.utf8;
import static dev.pushgate.radius.GateUnderTest.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login that asks the user for something: Access-Challenge, and what may follow. */
final class AccessChallengeTest {
  private static final Outcome APPROVED = new Outcome.Approved();

  private final AtomicInteger answers = new AtomicInteger();
  private GateUnderTest gate;
  private GateUnderTest.Port nas;

  @BeforeEach
  void start() throws Exception {
    gate =
        new GateUnderTest(
            Client.of("nas", "127.0.0.1", "a shared secret"),
            Client.of("other", "127.0.0.3", "a shared secret"));
    nas = gate.port(1);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private Outcome decide(String typed, Instant deadline) {
    answers.incrementAndGet();
    return switch (typed) {
      case "471604", "" -> APPROVED;
      case "again" -> asked();
      default -> new Outcome.Denied("wrong-code", "That was not it.", true);
    };
  }

  private Outcome.Asked asked() {
    return new Outcome.Asked("What is the number?", Duration.ofSeconds(90), false, this::decide);
  }

  private byte[] begin(Outcome.Asked asked) throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion().answer().complete(asked);
    ReceivedPacket reply = nas.reply(first);
    assertThat(reply.getPacketType()).isEqualTo(CHALLENGE);
    return reply.value(AttributeType.STATE).orElseThrow();
  }

  private static SignedRequest answer(int identifier, String typed, byte[] state) {
    return request(identifier, typed)
        .add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.7"))
        .add(AttributeType.STATE, state);
  }

  private ReceivedPacket exchange(SignedRequest request) throws Exception {
    nas.send(request, 1);
    return nas.reply(request);
  }

  @Test
  void challenge_carriesTheAttributesOfAVendorThatTheFactorWants() throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    ReplyAttributes attributes =
        ReplyAttributes.of(
            "Fortinet-FAC-Challenge-Code",
            List.of(EncodedAttribute.ofVendor(12356, 1, 1, 15, utf8("001"))));
    gate.nextQuestion()
        .answer()
        .complete(
            new Outcome.Asked(
                "+Enter token code", Duration.ofSeconds(90), false, attributes, this::decide));

    ReceivedPacket reply = nas.reply(first);
    assertThat(reply.getPacketType()).isEqualTo(CHALLENGE);
    assertThat(reply.vendorValue(12356, 15).orElseThrow()).isEqualTo(utf8("001"));
  }

  @Test
  void challenge_hasStateReplyMessageSessionTimeoutAndPrompt() throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion().answer().complete(asked());
    ReceivedPacket reply = nas.reply(first);
    assertThat(reply.getPacketType()).isEqualTo(CHALLENGE);
    assertThat(words(reply)).isEqualTo("What is the number?");
    assertThat(reply.value(AttributeType.STATE).orElseThrow()).hasSizeBetween(16, 32);
    assertThat(
            new String(reply.value(AttributeType.STATE).orElseThrow(), StandardCharsets.US_ASCII))
        .matches("[!-~]+");
    assertThat(reply.value(AttributeType.SESSION_TIMEOUT).orElseThrow())
        .containsExactly(0, 0, 0, 90);
    assertThat(reply.value(AttributeType.PROMPT).orElseThrow()).containsExactly(0, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"471604", ""})
  void answer_thatIsRight_isAccepted(String typed) throws Exception {
    assertThat(exchange(answer(2, typed, begin(asked()))).getPacketType()).isEqualTo(ACCEPT);
  }

  @Test
  void answer_withoutAnyPassword_countsAsEmpty() throws Exception {
    byte[] state = begin(asked());
    SignedRequest only =
        new SignedRequest(2, GateUnderTest.SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8("alice"))
            .add(AttributeType.STATE, state);
    assertThat(exchange(only).getPacketType()).isEqualTo(ACCEPT);
  }

  /** As ocserv sends it (radcli 1.2.11): RFC 2865 wants 16 octets even then. */
  @Test
  void answer_ofAPasswordOfNoOctets_countsAsEmpty() throws Exception {
    byte[] state = begin(asked());
    SignedRequest empty =
        new SignedRequest(2, GateUnderTest.SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8("alice"))
            .add(AttributeType.USER_PASSWORD, new byte[0])
            .add(AttributeType.STATE, state);
    assertThat(exchange(empty).getPacketType()).isEqualTo(ACCEPT);
  }

  @Test
  void answer_thatLeadsToOneMorePrompt_getsANewState() throws Exception {
    byte[] state = begin(asked());
    ReceivedPacket reply = exchange(answer(2, "again", state));
    assertThat(reply.getPacketType()).isEqualTo(CHALLENGE);
    byte[] next = reply.value(AttributeType.STATE).orElseThrow();
    assertThat(next).isNotEqualTo(state);
    ReceivedPacket late = exchange(answer(3, "again", state));
    assertThat(late.value(AttributeType.STATE).orElseThrow()).as("one outcome").isEqualTo(next);
    assertThat(exchange(answer(4, "471604", next)).getPacketType()).isEqualTo(ACCEPT);
    assertThat(answers).hasValue(2);
  }

  @Test
  void state_afterAnAccept_isRejected() throws Exception {
    byte[] state = begin(asked());
    assertThat(exchange(answer(2, "471604", state)).getPacketType()).isEqualTo(ACCEPT);
    ReceivedPacket second = exchange(answer(3, "471604", state));
    assertThat(second.getPacketType()).isEqualTo(REJECT);
    assertThat(answers).hasValue(1);
  }

  @Test
  void state_afterAReject_isRejectedAgainWithoutAnotherTry() throws Exception {
    byte[] state = begin(asked());
    assertThat(words(exchange(answer(2, "000000", state)))).isEqualTo("That was not it.");
    assertThat(words(exchange(answer(3, "471604", state)))).isEqualTo("That was not it.");
    assertThat(answers).hasValue(1);
  }

  @Test
  void state_inANewPacketWhileTheFirstIsDecided_joinsAndTheNewestIsAnswered() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Outcome> tap = new CompletableFuture<>();
    Dialogue waitsForATap =
        (typed, deadline) -> {
          answers.incrementAndGet();
          begun.countDown();
          try {
            return tap.get();
          } catch (ExecutionException e) {
            throw new IllegalStateException(e);
          }
        };
    byte[] state = begin(new Outcome.Asked("Push?", Duration.ofSeconds(90), true, waitsForATap));
    SignedRequest first = answer(2, "push", state);
    nas.send(first, 1);
    begun.await();
    SignedRequest second = answer(3, "push", state);
    nas.send(second, 1);
    assertThat(nas.replyInAMoment(second)).isNull();
    tap.complete(APPROVED);
    assertThat(nas.reply(second).getPacketType()).isEqualTo(ACCEPT);
    assertThat(nas.reply(first).getPacketType()).isEqualTo(REJECT);
    assertThat(answers).hasValue(1);
  }

  @Test
  void state_ofAnotherUserOrClientOrNobody_isRejectedAndTheDialogueGoesOn() throws Exception {
    byte[] state = begin(asked());
    SignedRequest bob =
        new SignedRequest(2, GateUnderTest.SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8("bob"))
            .addPassword(utf8("471604"))
            .add(AttributeType.STATE, state);
    assertThat(exchange(bob).getPacketType()).isEqualTo(REJECT);
    SignedRequest elsewhere = answer(3, "471604", state);
    GateUnderTest.Port other = gate.port(3);
    other.send(elsewhere, 1);
    assertThat(other.reply(elsewhere).getPacketType()).isEqualTo(REJECT);
    assertThat(exchange(answer(4, "471604", utf8("nonsense"))).getPacketType()).isEqualTo(REJECT);
    assertThat(answers).hasValue(0);
    assertThat(exchange(answer(5, "471604", state)).getPacketType()).isEqualTo(ACCEPT);
  }

  @Test
  void answer_withANulInIt_isRejectedAndNotDecided() throws Exception {
    byte[] state = begin(asked());
    assertThat(exchange(answer(2, "47\0" + "1604", state)).getPacketType()).isEqualTo(REJECT);
    assertThat(answers).hasValue(0);
  }
}
