package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.ACCEPT;
import static dev.pushgate.radius.GateUnderTest.CHALLENGE;
import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.request;
import static dev.pushgate.radius.GateUnderTest.utf8;
import static dev.pushgate.radius.GateUnderTest.words;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_SUCCESS;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;
import static dev.pushgate.radius.upstream.StandInServer.SECRET;
import static dev.pushgate.radius.upstream.StandInServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tinyradius.packet.RadiusPacket.ACCESS_ACCEPT;
import static org.tinyradius.packet.RadiusPacket.ACCESS_CHALLENGE;
import static org.tinyradius.packet.RadiusPacket.ACCESS_REJECT;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.dictionary.AttributeSelection;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.upstream.StandInServer;
import dev.pushgate.radius.upstream.UpstreamClient;
import dev.pushgate.radius.upstream.UpstreamSettings;
import dev.pushgate.radius.upstream.UpstreamSource;
import dev.pushgate.radius.upstream.UpstreamSourceSettings;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logins of users whom another RADIUS server knows, over UDP on both sides. */
final class UpstreamLoginTest {
  private static final String SUCCESS = "S=0123456789ABCDEF0123456789ABCDEF01234567";

  private final List<String> states = new CopyOnWriteArrayList<>();
  private volatile Duration ahead = Duration.ZERO;
  private StandInServer upstream;
  private UpstreamSource source;
  private GateUnderTest gate;
  private GateUnderTest.Port nas;

  @BeforeEach
  void start() throws Exception {
    upstream = StandInServer.behaving(this::tokenServer);
    source =
        new UpstreamSource(
            new UpstreamClient(
                new UpstreamSettings(
                    List.of(upstream.server()),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    false,
                    10),
                InstantSource.system(),
                new SecureRandom()),
            new UpstreamSourceSettings(
                false, "pushgate", AttributeSelection.NONE, AttributeSelection.NONE));
    gate =
        new GateUnderTest(
            source,
            () -> Instant.now().plus(ahead),
            Client.of("nas", "127.0.0.1", "a shared secret"),
            Client.of("other", "127.0.0.3", "a shared secret"));
    nas = gate.port(1);
  }

  @AfterEach
  void stop() {
    gate.close();
    source.close();
    upstream.close();
  }

  /** Takes {@code right}, then the code 1, then the code 2; knows each State once. */
  private List<byte[]> tokenServer(ReceivedPacket request) {
    String typed = UntrustedText.decode(request.revealPassword(SECRET).orElse(new byte[0]));
    String state = request.value(AttributeType.STATE).map(UntrustedText::decode).orElse("");
    boolean known = state.isEmpty() || states.remove(state);
    if (known && state.isEmpty() && typed.equals("right")) {
      return challenge(request, "first code");
    }
    if (known && state.startsWith("first") && typed.equals("1")) {
      return challenge(request, "second code");
    }
    return List.of(
        reply(
                known && state.startsWith("second") && typed.equals("2")
                    ? ACCESS_ACCEPT
                    : ACCESS_REJECT,
                request)
            .encode());
  }

  private List<byte[]> challenge(ReceivedPacket request, String words) {
    String state = words + " upstream state " + states.size() + request.getPacketIdentifier();
    states.add(state);
    return List.of(
        reply(ACCESS_CHALLENGE, request)
            .addMessage(words)
            .add(AttributeType.STATE, utf8(state))
            .addInteger(AttributeType.SESSION_TIMEOUT, 5)
            .encode());
  }

  private ReceivedPacket ask(SignedRequest request) throws Exception {
    nas.send(request, 1);
    return nas.reply(request);
  }

  /** Gives the password and returns our State. */
  private byte[] prompted(int identifier) throws Exception {
    return prompt(ask(request(identifier, "right")), "first code");
  }

  private static byte[] prompt(ReceivedPacket reply, String words) {
    assertThat(reply.getPacketType()).isEqualTo(CHALLENGE);
    assertThat(words(reply)).isEqualTo(words);
    return reply.value(AttributeType.STATE).orElseThrow();
  }

  private static SignedRequest answer(int identifier, String typed, byte[] state) {
    return request(identifier, typed).add(AttributeType.STATE, state);
  }

  private void approveAndExpect(SignedRequest request, int code) throws Exception {
    GateUnderTest.Question question = gate.nextQuestion();
    assertThat(question.login().user().name()).isEqualTo("alice");
    assertThat(question.login().passwordChecked()).isTrue();
    question.answer().complete(new Outcome.Approved());
    assertThat(nas.reply(request).getPacketType()).isEqualTo(code);
  }

  @Test
  void promptsTwiceInARow_andThenTheSecondFactor_letIn() throws Exception {
    byte[] first = prompted(1);
    assertThat(UntrustedText.decode(first)).doesNotContain("upstream");
    byte[] second = prompt(ask(answer(2, "1", first)), "second code");
    assertThat(second).isNotEqualTo(first);
    SignedRequest last = answer(3, "2", second);
    nas.send(last, 1);
    approveAndExpect(last, ACCEPT);
    assertThat(upstream.requests()).hasSize(3);
  }

  @Test
  void prompt_tellsItsTime() throws Exception {
    ReceivedPacket challenge = ask(request(1, "right"));
    assertThat(challenge.value(AttributeType.SESSION_TIMEOUT))
        .contains(ByteBuffer.allocate(4).putInt(5).array());
  }

  @Test
  void wrongAnswer_isRefusedAndNobodyIsAsked() throws Exception {
    ReceivedPacket reply = ask(answer(2, "3", prompted(1)));
    assertThat(reply.getPacketType()).isEqualTo(REJECT);
    assertThat(words(reply)).isEqualTo("Wrong user name or password.");
    assertThat(gate.questionsLeft()).isZero();
  }

  @Test
  void state_usedTwice_isRefusedAndTheServerHearsNothing() throws Exception {
    byte[] first = prompted(1);
    var _ = prompt(ask(answer(2, "1", first)), "second code");
    assertThat(ask(answer(3, "1", first)).getPacketType()).isEqualTo(REJECT);
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void stateOfAnotherUserOrClient_isRefusedAndTheDialogueGoesOn() throws Exception {
    byte[] first = prompted(1);
    SignedRequest ofBob =
        new SignedRequest(2, GateUnderTest.SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8("bob"))
            .addPassword(utf8("1"))
            .add(AttributeType.STATE, first);
    assertThat(ask(ofBob).getPacketType()).isEqualTo(REJECT);
    GateUnderTest.Port other = gate.port(3);
    SignedRequest elsewhere = answer(3, "1", first);
    other.send(elsewhere, 1);
    assertThat(other.reply(elsewhere).getPacketType()).isEqualTo(REJECT);

    var _ = prompt(ask(answer(4, "1", first)), "second code");
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void prompt_thatIsOver_isRefusedAndTheServerHearsNothing() throws Exception {
    byte[] first = prompted(1);
    ahead = Duration.ofSeconds(6);
    ReceivedPacket reply = ask(answer(2, "1", first));
    assertThat(reply.getPacketType()).isEqualTo(REJECT);
    assertThat(words(reply)).isEqualTo("This sign-in is over. Please start again.");
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void statesOfTheServerItself_openNothingHere() throws Exception {
    var _ = prompted(1);
    assertThat(ask(answer(2, "1", utf8(states.getFirst()))).getPacketType()).isEqualTo(REJECT);
    assertThat(upstream.requests()).hasSize(1);
  }

  /** The server has forgotten its States. */
  @Test
  void serverThatWasRestarted_refusesAndTheNextLoginWorks() throws Exception {
    byte[] first = prompted(1);
    states.clear();
    assertThat(ask(answer(2, "1", first)).getPacketType()).isEqualTo(REJECT);
    var _ = prompt(ask(answer(4, "1", prompted(3))), "second code");
  }

  @Test
  void serverThatIsGone_isUnavailableAndNotWrong() throws Exception {
    byte[] first = prompted(1);
    upstream.behave(_ -> List.of());
    ReceivedPacket reply = ask(answer(2, "1", first));
    assertThat(reply.getPacketType()).isEqualTo(REJECT);
    assertThat(words(reply)).startsWith("Sign-in is not available");
    assertThat(gate.wrong()).isEmpty();
  }

  private static SignedRequest byMsChap2(int identifier) {
    return new SignedRequest(identifier, GateUnderTest.SECRET, new SecureRandom())
        .add(AttributeType.USER_NAME, utf8("alice"))
        .addVendor(VENDOR, MS_CHAP_CHALLENGE, new byte[16])
        .addVendor(VENDOR, MS_CHAP2_RESPONSE, new byte[50]);
  }

  private static Reply success(ReceivedPacket request) {
    return reply(ACCESS_ACCEPT, request).addVendor(VENDOR, MS_CHAP2_SUCCESS, utf8("\0" + SUCCESS));
  }

  @Test
  void proofOfMsChap2_leavesOnlyWithTheAccept() throws Exception {
    upstream.behave(request -> List.of(success(request).encode()));
    SignedRequest request = byMsChap2(1);
    nas.send(request, 1);
    gate.nextQuestion().answer().complete(new Outcome.Approved());
    ReceivedPacket accept = nas.reply(request);
    assertThat(accept.getPacketType()).isEqualTo(ACCEPT);
    assertThat(accept.vendorValue(VENDOR, MS_CHAP2_SUCCESS)).contains(utf8("\0" + SUCCESS));

    SignedRequest denied = byMsChap2(2);
    nas.send(denied, 1);
    gate.nextQuestion().answer().complete(new Outcome.Denied("denied", "No."));
    ReceivedPacket reject = nas.reply(denied);
    assertThat(reject.getPacketType()).isEqualTo(REJECT);
    assertThat(reject.hasVendor(VENDOR, MS_CHAP2_SUCCESS)).isFalse();

    SignedRequest asked = byMsChap2(3);
    nas.send(asked, 1);
    gate.nextQuestion()
        .answer()
        .complete(
            new Outcome.Asked(
                "A code?", Duration.ofSeconds(60), false, (_, _) -> new Outcome.Approved()));
    ReceivedPacket challenge = nas.reply(asked);
    assertThat(challenge.getPacketType()).isEqualTo(CHALLENGE);
    assertThat(challenge.hasVendor(VENDOR, MS_CHAP2_SUCCESS)).isFalse();
  }

  /** What is typed then comes as a password by PAP, and is answered as such. */
  @Test
  void challengeInAnswerToMsChap2_isShownAndItsAnswerPassedOn() throws Exception {
    upstream.behave(
        request ->
            request.has(AttributeType.STATE)
                ? tokenServer(request)
                : challenge(request, "second code"));
    byte[] state = prompt(ask(byMsChap2(1)), "second code");
    SignedRequest answer = answer(2, "2", state);
    nas.send(answer, 1);
    approveAndExpect(answer, ACCEPT);
    assertThat(upstream.requests().getLast().hasVendor(VENDOR, MS_CHAP2_RESPONSE)).isFalse();
  }
}
