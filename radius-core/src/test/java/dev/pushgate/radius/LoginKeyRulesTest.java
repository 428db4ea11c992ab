package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.ACCEPT;
import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.login;
import static dev.pushgate.radius.GateUnderTest.request;
import static dev.pushgate.radius.GateUnderTest.utf8;
import static dev.pushgate.radius.GateUnderTest.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SignedRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When different packets are one login, and when they are not. */
final class LoginKeyRulesTest {
  private static final Outcome APPROVED = new Outcome.Approved();
  private static final Outcome DENIED = new Outcome.Denied("denied", "You said no.", true);

  private GateUnderTest gate;
  private GateUnderTest.Port nas;

  @BeforeEach
  void start() throws Exception {
    gate =
        new GateUnderTest(
            Client.of("nas", "127.0.0.1", "a shared secret")
                .withAnswerWithin(Duration.ofSeconds(6)),
            Client.of("portal", "127.0.0.3", "a shared secret").withLoginGroup("globalprotect"),
            Client.of("gateway", "127.0.0.4", "a shared secret").withLoginGroup("globalprotect"));
    nas = gate.port(1);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private static SignedRequest session(int identifier, String session) {
    return login(identifier).add(AttributeType.ACCT_SESSION_ID, utf8(session));
  }

  private void awaitJoined(long packets) {
    await().untilAsserted(() -> assertThat(gate.gate().loginCounts().joined()).isEqualTo(packets));
  }

  @Test
  void newPacket_ofANamedSession_joinsAndTheNewestIsAccepted() throws Exception {
    SignedRequest first = session(1, "s1");
    SignedRequest second = session(2, "s1");
    nas.send(first, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    nas.send(second, 1);
    awaitJoined(1);
    question.answer().complete(APPROVED);
    assertThat(nas.reply(second).getPacketType()).isEqualTo(ACCEPT);
    assertThat(nas.reply(first).getPacketType()).isEqualTo(REJECT);
    assertThat(gate.questionsLeft()).isZero();
  }

  @Test
  void newPacket_whoseProxyStateDelayOrTimeDiffers_joins() throws Exception {
    SignedRequest first =
        session(1, "s1")
            .add(AttributeType.PROXY_STATE, utf8("a"))
            .add(AttributeType.ACCT_DELAY_TIME, new byte[] {0, 0, 0, 0})
            .add(AttributeType.EVENT_TIMESTAMP, new byte[] {1, 2, 3, 4});
    SignedRequest second =
        session(2, "s1")
            .add(AttributeType.PROXY_STATE, utf8("b"))
            .add(AttributeType.PROXY_STATE, utf8("c"))
            .add(AttributeType.ACCT_DELAY_TIME, new byte[] {0, 0, 0, 5})
            .add(AttributeType.EVENT_TIMESTAMP, new byte[] {1, 2, 3, 9});
    nas.send(first, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    nas.send(second, 1);
    awaitJoined(1);
    question.answer().complete(APPROVED);
    assertThat(nas.reply(second).getPacketType()).isEqualTo(ACCEPT);
  }

  @Test
  void newPacket_toTheNextServer_joinsAndIsAcceptedOnceTheFirstIsSilent() throws Exception {
    SignedRequest first = login(1);
    SignedRequest second = login(2);
    nas.send(first, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    nas.send(second, 2);
    awaitJoined(1);
    question.answer().complete(APPROVED);
    assertThat(nas.replyInAMoment(second)).as("while the first may still be sent again").isNull();
    assertThat(nas.reply(second).getPacketType()).isEqualTo(ACCEPT);
    assertThat(nas.reply(first).getPacketType()).isEqualTo(REJECT);
  }

  @Test
  void newPacket_toTheSameServer_withoutASessionsNameIsAnotherLogin() throws Exception {
    nas.send(login(1), 1);
    gate.nextQuestion();
    nas.send(login(2), 1);
    gate.nextQuestion();
    assertThat(gate.gate().loginCounts().joined()).isZero();
  }

  @Test
  void newPacket_whereTwoLoginsCouldBeMeant_joinsNeither() throws Exception {
    nas.send(login(1), 1);
    gate.nextQuestion();
    nas.send(login(2), 1);
    gate.nextQuestion();
    nas.send(login(3), 2);
    gate.nextQuestion();
    assertThat(gate.gate().loginCounts().joined()).isZero();
  }

  @Test
  void newPacket_withoutAUsersAddress_isAnotherLogin() throws Exception {
    SignedRequest first = request(1, "right").add(AttributeType.ACCT_SESSION_ID, utf8("s1"));
    SignedRequest second = request(2, "right").add(AttributeType.ACCT_SESSION_ID, utf8("s1"));
    nas.send(first, 1);
    gate.nextQuestion();
    nas.send(second, 2);
    gate.nextQuestion();
  }

  @Test
  void newPacket_withAWrongPassword_neverJoins() throws Exception {
    nas.send(session(1, "s1"), 1);
    GateUnderTest.Question question = gate.nextQuestion();
    SignedRequest guess =
        request(2, "wrong")
            .add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.7"))
            .add(AttributeType.ACCT_SESSION_ID, utf8("s1"));
    nas.send(guess, 1);
    assertThat(nas.reply(guess).getPacketType()).isEqualTo(REJECT);
    assertThat(gate.gate().loginCounts().joined()).isZero();
    question.answer().complete(APPROVED);
  }

  @ParameterizedTest
  @ValueSource(ints = {AttributeType.NAS_PORT, AttributeType.NAS_IDENTIFIER})
  void newPacket_ofWhichAnAttributeDiffers_isAnotherLogin(int attribute) throws Exception {
    nas.send(session(1, "s1").add(attribute, new byte[] {0, 0, 0, 1}), 1);
    gate.nextQuestion();
    nas.send(session(2, "s1").add(attribute, new byte[] {0, 0, 0, 2}), 1);
    gate.nextQuestion();
  }

  @Test
  void newPacket_fromAnotherClient_joinsOnlyWithinTheirGroup() throws Exception {
    GateUnderTest.Port portal = gate.port(3);
    GateUnderTest.Port gateway = gate.port(4);
    SignedRequest first = session(1, "s1");
    SignedRequest second = session(2, "s1");
    portal.send(first, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    gateway.send(second, 1);
    awaitJoined(1);
    nas.send(session(3, "s1"), 1);
    gate.nextQuestion();
    question.answer().complete(APPROVED);
    assertThat(gateway.reply(second).getPacketType()).isEqualTo(ACCEPT);
    assertThat(portal.reply(first).getPacketType()).isEqualTo(REJECT);
  }

  @Test
  void olderPacket_sentAgainAfterTheNewer_rejectsBothAndVoidsTheQuestion() throws Exception {
    SignedRequest victim = login(1);
    SignedRequest thief = login(2);
    nas.send(victim, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    nas.send(thief, 2);
    awaitJoined(1);
    nas.send(victim, 1);
    assertThat(words(nas.reply(thief))).startsWith("Two sign-ins");
    assertThat(words(nas.reply(victim))).startsWith("Two sign-ins");
    assertThat(gate.gate().loginCounts().twoSessions()).isEqualTo(1);
    question.answer().complete(APPROVED);
    SignedRequest again = login(3);
    nas.send(again, 1);
    assertThat(words(nas.reply(again))).as("a moment later").startsWith("Two sign-ins");
    assertThat(gate.questionsLeft()).isZero();
  }

  @Test
  void newPacket_byAWayThatAJoinedLoginHasComeAlready_rejectsAll() throws Exception {
    SignedRequest victim = login(1);
    SignedRequest thief = login(2);
    nas.send(victim, 1);
    gate.nextQuestion();
    nas.send(thief, 2);
    awaitJoined(1);
    SignedRequest failOver = login(3);
    nas.send(failOver, 2);
    assertThat(words(nas.reply(failOver))).startsWith("Two sign-ins");
    assertThat(words(nas.reply(thief))).startsWith("Two sign-ins");
    assertThat(words(nas.reply(victim))).startsWith("Two sign-ins");
    assertThat(gate.questionsLeft()).isZero();
  }

  @Test
  void olderPacket_sentAgainAfterTheTap_stillRejectsBoth() throws Exception {
    SignedRequest victim = login(1);
    SignedRequest thief = login(2);
    nas.send(victim, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    nas.send(thief, 2);
    awaitJoined(1);
    question.answer().complete(APPROVED);
    assertThat(nas.replyInAMoment(thief)).isNull();
    nas.send(victim, 1);
    assertThat(nas.reply(thief).getPacketType()).isEqualTo(REJECT);
    assertThat(nas.reply(victim).getPacketType()).isEqualTo(REJECT);
  }

  @Test
  void identifierUsedForAnotherUser_endsTheOlderWaitAndKeepsItsNamedLoginOpen() throws Exception {
    SignedRequest first = session(1, "s1");
    nas.send(first, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    SignedRequest other = session(1, "s2");
    nas.send(other, 1);
    gate.nextQuestion();
    question.answer().complete(APPROVED);
    assertThat(nas.replyInAMoment(first)).as("its Identifier is another's").isNull();
    SignedRequest next = session(3, "s1");
    nas.send(next, 1);
    assertThat(nas.reply(next).getPacketType()).as("takes the approval").isEqualTo(ACCEPT);
    assertThat(gate.questionsLeft()).isZero();
  }

  @Test
  void identifierUsedWithAWrongPassword_endsNobodysWait() throws Exception {
    SignedRequest first = session(1, "s1");
    nas.send(first, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    SignedRequest forged = request(1, "wrong");
    nas.send(forged, 1);
    assertThat(nas.reply(forged).getPacketType()).isEqualTo(REJECT);
    question.answer().complete(APPROVED);
    assertThat(nas.reply(first).getPacketType()).isEqualTo(ACCEPT);
  }

  @Test
  void approval_isGoodForOneAccept() throws Exception {
    SignedRequest first = session(1, "s1");
    nas.send(first, 1);
    gate.nextQuestion().answer().complete(APPROVED);
    assertThat(nas.reply(first).getPacketType()).isEqualTo(ACCEPT);
    nas.send(session(2, "s1"), 1);
    gate.nextQuestion();
  }

  @Test
  void refusal_isSharedByTheNextAttemptsOfTenSeconds() throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion().answer().complete(DENIED);
    assertThat(words(nas.reply(first))).isEqualTo("You said no.");
    SignedRequest second = login(2);
    nas.send(second, 1);
    assertThat(words(nas.reply(second))).isEqualTo("You said no.");
    assertThat(gate.questionsLeft()).isZero();
    assertThat(gate.gate().loginCounts().refusedAgain()).isEqualTo(1);
    nas.send(request(3, "right").add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.8")), 1);
    assertThat(gate.nextQuestion().login().userAddress()).isEqualTo("203.0.113.8");
  }

  @Test
  void refusal_ofWhatTheUserWasNotAsked_isNotShared() throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion().answer().complete(new Outcome.Denied("no-device", "No phone."));
    nas.reply(first);
    nas.send(login(2), 1);
    gate.nextQuestion();
  }
}
