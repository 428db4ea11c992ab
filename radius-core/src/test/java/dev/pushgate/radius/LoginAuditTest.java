package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.ACCEPT;
import static dev.pushgate.radius.GateUnderTest.CHALLENGE;
import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.login;
import static dev.pushgate.radius.GateUnderTest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.audit.AuditRecord.LoginEnd;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SignedRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on record of a login when its answer arrives. */
final class LoginAuditTest {
  private GateUnderTest gate;
  private GateUnderTest.Port nas;

  @BeforeEach
  void start() throws Exception {
    gate = new GateUnderTest(Client.of("nas", "127.0.0.1", "a shared secret"));
    nas = gate.port(1);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  private LoginEnd onlyEnd() {
    assertThat(gate.ends()).hasSize(1);
    return gate.ends().getFirst();
  }

  @Test
  void accept_isOnRecordWithAllThatIsKnown() throws Exception {
    SignedRequest first = login(1).add(AttributeType.ACCT_SESSION_ID, new byte[] {1});
    SignedRequest second = login(2).add(AttributeType.ACCT_SESSION_ID, new byte[] {1});
    nas.send(first, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    nas.send(second, 1);
    await().until(() -> gate.gate().loginCounts().joined() == 1);
    question.answer().complete(new Outcome.Approved());
    assertThat(nas.reply(second).getPacketType()).isEqualTo(ACCEPT);
    LoginEnd end = onlyEnd();
    assertThat(end.outcome()).isEqualTo(LoginEnd.Result.ACCEPT);
    assertThat(end.user()).isEqualTo("alice");
    assertThat(end.client()).isEqualTo("nas");
    assertThat(end.from()).isEqualTo("203.0.113.7");
    assertThat(end.method()).isEqualTo("pap");
    assertThat(end.factor()).isEqualTo("push");
    assertThat(end.packets()).isEqualTo(2);
    assertThat(end.reason()).isNull();
  }

  @Test
  void wrongPassword_isOnRecordWithoutAUser() throws Exception {
    SignedRequest guess = request(1, "wrong");
    nas.send(guess, 1);
    assertThat(nas.reply(guess).getPacketType()).isEqualTo(REJECT);
    LoginEnd end = onlyEnd();
    assertThat(end.outcome()).isEqualTo(LoginEnd.Result.REJECT);
    assertThat(end.reason()).isEqualTo("wrong-password");
    assertThat(end.user()).isNull();
    assertThat(end.userName()).isEqualTo("alice");
  }

  @Test
  void denialAndTheRefusalThatFollows_areOnRecordWithTheirReason() throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion().answer().complete(new Outcome.Denied("denied", "No.", true));
    nas.reply(first);
    SignedRequest second = login(2);
    nas.send(second, 1);
    nas.reply(second);
    assertThat(gate.ends()).extracting(LoginEnd::reason).containsExactly("denied", "denied");
    assertThat(gate.ends()).extracting(LoginEnd::factor).containsExactly("push", null);
  }

  @Test
  void challenge_isOnRecord() throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion()
        .answer()
        .complete(
            new Outcome.Asked(
                "Code?", Duration.ofSeconds(30), true, (typed, by) -> new Outcome.Approved()));
    assertThat(nas.reply(first).getPacketType()).isEqualTo(CHALLENGE);
    assertThat(onlyEnd().outcome()).isEqualTo(LoginEnd.Result.CHALLENGE);
  }

  @Test
  void approval_thatCannotBeRecorded_isRejected() throws Exception {
    gate.failAudit();
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion().answer().complete(new Outcome.Approved());
    assertThat(nas.reply(first).getPacketType()).isEqualTo(REJECT);
  }

  @Test
  void rejection_thatCannotBeRecorded_leavesAllTheSame() throws Exception {
    gate.failAudit();
    SignedRequest guess = request(1, "wrong");
    nas.send(guess, 1);
    assertThat(nas.reply(guess).getPacketType()).isEqualTo(REJECT);
  }

  @Test
  void shutdown_isOnRecordForEachLoginThatWaits() throws Exception {
    SignedRequest first = login(1);
    nas.send(first, 1);
    gate.nextQuestion();
    gate.gate().close();
    assertThat(nas.reply(first).getPacketType()).isEqualTo(REJECT);
    assertThat(onlyEnd().reason()).isEqualTo("stopping");
  }
}
