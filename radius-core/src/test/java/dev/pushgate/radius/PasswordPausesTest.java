package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.ACCEPT;
import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.SECRET;
import static dev.pushgate.radius.GateUnderTest.utf8;
import static dev.pushgate.radius.GateUnderTest.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.audit.AuditRecord.LoginEnd;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.MicrosoftAttribute;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SignedRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who tries wrong passwords waits longer and longer, and nobody else does. */
class PasswordPausesTest {
  private static final String HOME = "203.0.113.7";
  private static final String TOO_MANY =
      "Too many wrong passwords. Please try again in %s seconds.";
  private static final String WRONG = "Wrong user name or password.";

  private volatile Instant now = Instant.parse("2026-11-24T08:00:00Z");
  private GateUnderTest gate;
  private GateUnderTest.Port nas;
  private int identifier;

  @BeforeEach
  void start() throws Exception {
    gate =
        new GateUnderTest(
            () -> now,
            Client.of("nas", "127.0.0.1", "a shared secret"),
            Client.of("other", "127.0.0.2", "a shared secret"));
    nas = gate.port(1);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private SignedRequest request(String user, String from) {
    identifier = (identifier + 1) & 0xff;
    SignedRequest request =
        new SignedRequest(identifier, SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8(user));
    return from.isEmpty() ? request : request.add(AttributeType.CALLING_STATION_ID, utf8(from));
  }

  private String answered(GateUnderTest.Port port, SignedRequest request) throws Exception {
    port.send(request, 1);
    ReceivedPacket reply = port.reply(request);
    assertThat(reply.getPacketType()).isEqualTo(REJECT);
    return words(reply);
  }

  /** What the user reads after a wrong password. */
  private String wrong(String user, String from) throws Exception {
    return answered(nas, request(user, from).addPassword(utf8("wrong")));
  }

  private void right(String user, String from) throws Exception {
    SignedRequest request = request(user, from).addPassword(utf8("right"));
    nas.send(request, 1);
    assertThat(gate.nextQuestion().answer().complete(new Outcome.Approved())).isTrue();
    assertThat(nas.reply(request).getPacketType()).isEqualTo(ACCEPT);
  }

  private void fiveWrong(String user, String from) throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(wrong(user, from)).isEqualTo(WRONG);
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void pauses_growToHalfAMinute() throws Exception {
    fiveWrong("alice", HOME);
    for (int pause : List.of(1, 2, 4, 8, 16, 30, 30)) {
      assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
      assertThat(wrong("alice", HOME)).isEqualTo(TOO_MANY.formatted(pause));
      pass(Duration.ofSeconds(pause).minusMillis(1));
      assertThat(wrong("alice", HOME))
          .as("does not make it longer")
          .isEqualTo(TOO_MANY.formatted(1));
      pass(Duration.ofMillis(1));
    }
  }

  @Test
  void tryInAPause_asksNobodyAndIsOnRecord() throws Exception {
    fiveWrong("alice", HOME);
    assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
    assertThat(answered(nas, request("alice", HOME).addPassword(utf8("right"))))
        .as("the right one is not looked at either")
        .isEqualTo(TOO_MANY.formatted(1));
    assertThat(gate.questionsLeft()).isZero();
    LoginEnd end = gate.ends().getLast();
    assertThat(end.reason()).isEqualTo("too-many-tries");
    assertThat(end.user()).isNull();
    assertThat(gate.gate().loginCounts().tooEarly()).isEqualTo(1);
    assertThat(gate.gate().loginCounts().wrongPasswords()).isEqualTo(6);
    assertThat(gate.wrong()).hasSize(6).containsOnly("alice");
  }

  @Test
  void rightPassword_endsThePauses() throws Exception {
    fiveWrong("alice", HOME);
    assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
    pass(Duration.ofSeconds(1));
    right("alice", HOME);
    fiveWrong("alice", HOME);
    assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
  }

  @Test
  void nobodyElse_waits() throws Exception {
    fiveWrong("alice", HOME);
    assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
    right("bob", HOME);
    right("alice", "203.0.113.8");
    right("alice", "");
  }

  @Test
  void otherSpellingOrNeighbouringIpv6Address_waits() throws Exception {
    fiveWrong("alice", "2001:db8::1");
    assertThat(wrong("ALICE", "2001:db8::2:3")).isEqualTo(WRONG);
    assertThat(wrong("Alice", "[2001:db8::4]:500")).isEqualTo(TOO_MANY.formatted(1));
    assertThat(wrong("alice", "2001:db8:0:1::1")).isEqualTo(WRONG);
  }

  @Test
  void clientThatTellsNoAddress_isAPlaceByItself() throws Exception {
    fiveWrong("alice", "");
    assertThat(wrong("alice", "")).isEqualTo(WRONG);
    assertThat(wrong("alice", "")).isEqualTo(TOO_MANY.formatted(1));
    assertThat(answered(gate.port(2), request("alice", "").addPassword(utf8("wrong"))))
        .isEqualTo(WRONG);
  }

  @Test
  void wrongPasswords_areForgivenOneByOne() throws Exception {
    fiveWrong("alice", HOME);
    pass(Duration.ofMinutes(10));
    assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
    assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
    assertThat(wrong("alice", HOME)).isEqualTo(WRONG);
    assertThat(wrong("alice", HOME)).isEqualTo(TOO_MANY.formatted(1));
  }

  /** One wrong password by PAP, MS-CHAPv2 and CHAP, as FortiGate's {@code auth-type auto} does. */
  @Test
  void passwordTriedByThreeMethods_countsOnceAndGetsOneAnswer() throws Exception {
    for (int attempt = 0; attempt < 6; attempt++) {
      assertThat(byThreeMethods()).as("attempt " + attempt).containsOnly(WRONG);
    }
    assertThat(byThreeMethods()).containsOnly(TOO_MANY.formatted(1));
    assertThat(gate.gate().loginCounts().wrongPasswords()).isEqualTo(6);
    assertThat(gate.wrong()).hasSize(6);
  }

  private List<String> byThreeMethods() throws Exception {
    byte[] msChap2 = new byte[50];
    return List.of(
        wrong("alice", HOME),
        answered(
            nas,
            request("alice", HOME)
                .addVendor(
                    MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP_CHALLENGE, new byte[16])
                .addVendor(
                    MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP2_RESPONSE, msChap2)),
        answered(
            nas,
            request("alice", HOME)
                .add(AttributeType.CHAP_PASSWORD, new byte[17])
                .add(AttributeType.CHAP_CHALLENGE, new byte[16])));
  }

  @Test
  void manyAtOnce_areNoMoreThanOneAfterTheOther() throws Exception {
    List<SignedRequest> requests = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      requests.add(request("alice", HOME).addPassword(utf8("wrong")));
    }
    for (SignedRequest request : requests) {
      nas.send(request, 1);
    }
    for (int i = 0; i < 60; i++) {
      assertThat(nas.codeOfNextReply()).isEqualTo(REJECT);
    }
    assertThat(gate.gate().loginCounts().wrongPasswords()).isEqualTo(6);
  }

  /** Somebody who tries one password with name after name. */
  @Test
  void addressWithManyFailingNames_waits_butNotWhoseLoginsWork() throws Exception {
    right("bob", HOME);
    for (int i = 0; i <= 30; i++) {
      assertThat(wrong("name" + i, HOME)).as("name " + i).isEqualTo(WRONG);
    }
    assertThat(wrong("another", HOME)).isEqualTo(TOO_MANY.formatted(1));
    assertThat(wrong("another", "203.0.113.8")).isEqualTo(WRONG);
    right("bob", HOME);
    pass(Duration.ofSeconds(1));
    assertThat(wrong("another", HOME)).isEqualTo(WRONG);
    assertThat(wrong("yet-another", HOME)).isEqualTo(TOO_MANY.formatted(2));
  }

  /** A company of hundreds behind one address, on a morning. */
  @Test
  void companyBehindOneAddress_doesNotWait() throws Exception {
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofMinutes(1));
      assertThat(wrong("laptop", HOME)).isNotEmpty();
    }
    for (int i = 0; i < 200; i++) {
      String user = "user" + i;
      if (i % 3 == 0) {
        assertThat(wrong(user, HOME)).as(user).isEqualTo(WRONG);
      }
      right(user, HOME);
    }
  }
}
