package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.ACCEPT;
import static dev.pushgate.radius.GateUnderTest.CHALLENGE;
import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.SECRET;
import static dev.pushgate.radius.GateUnderTest.utf8;
import static dev.pushgate.radius.GateUnderTest.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.audit.AuditRecord.LoginEnd;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.UserSource.Cause;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of each answer that a source of users can give, over real UDP. */
class SourceAnswersTest {
  private static final User ALICE = new User("Alice", Set.of(), null);
  private static final String WRONG = "Wrong user name or password.";
  private static final int PLAIN = 1;
  private static final int SILENT = 2;
  private static final int CHECKS_ITSELF = 3;

  private final AtomicInteger checks = new AtomicInteger();
  private volatile Answer answer = new Answer.Unknown();
  private volatile Lookup found = new Lookup.Unknown();
  private GateUnderTest gate;
  private int identifier;

  private final class Source implements UserSource {
    @Override
    public Answer check(Attempt attempt) {
      checks.incrementAndGet();
      return answer;
    }

    @Override
    public Lookup find(String userName, @Nullable Client client) {
      return found;
    }
  }

  @BeforeEach
  void start() throws Exception {
    gate =
        new GateUnderTest(
            new Source(),
            InstantSource.system(),
            client("plain", PLAIN),
            client("silent", SILENT).withSources(new ClientSources(List.of(), true)),
            client("itself", CHECKS_ITSELF)
                .withSources(new ClientSources(List.of("nas"), false))
                .withDialogue(
                    ClientKind.GENERIC, new ClientDialogue(Mode.BLOCK, true, Language.EN, null)));
  }

  private static Client client(String name, int host) {
    return Client.of(name, "127.0.0." + host, "a shared secret");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private SignedRequest request() {
    return new SignedRequest(identifier++ & 0xff, SECRET, new SecureRandom())
        .add(AttributeType.USER_NAME, utf8("alice"))
        .add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.7"));
  }

  private ReceivedPacket answered(int host, SignedRequest request) throws Exception {
    GateUnderTest.Port port = gate.port(host);
    port.send(request, 1);
    return port.reply(request);
  }

  private LoginEnd onlyEnd() {
    assertThat(gate.ends()).hasSize(1);
    return gate.ends().getFirst();
  }

  @Test
  void unavailable_isRejectedAtOnceAndIsNoWrongPassword() throws Exception {
    answer = new Answer.Unavailable("down");
    for (int i = 0; i < 7; i++) {
      ReceivedPacket reply = answered(PLAIN, request().addPassword(utf8("x")));
      assertThat(reply.getPacketType()).isEqualTo(REJECT);
      assertThat(words(reply)).startsWith("Sign-in is not available at the moment.");
    }
    assertThat(gate.ends()).extracting(LoginEnd::reason).containsOnly("unavailable");
    assertThat(gate.wrong()).isEmpty();
  }

  @Test
  void unavailableWhereSilenceIsWanted_getsNoReplyButIsOnRecord() throws Exception {
    answer = new Answer.Unavailable("down");
    GateUnderTest.Port port = gate.port(SILENT);
    SignedRequest request = request().addPassword(utf8("x"));
    port.send(request, 1);
    await().untilAsserted(() -> assertThat(gate.ends()).hasSize(1));
    // The same octets again, as the NAS sends them before it goes to its next server.
    port.send(request, 1);
    assertThat(port.replyInAMoment(request)).isNull();
    assertThat(onlyEnd().outcome()).isEqualTo(LoginEnd.Result.NO_ANSWER);
    assertThat(onlyEnd().reason()).isEqualTo("unavailable");
    assertThat(checks).hasValue(1);
    assertThat(gate.gate().waiting()).isZero();
  }

  @Test
  void wrongPasswordWhereSilenceIsWanted_isRejected() throws Exception {
    answer = new Answer.Wrong("wrong password", "Alice");
    assertThat(answered(SILENT, request().addPassword(utf8("x"))).getPacketType())
        .isEqualTo(REJECT);
  }

  @Test
  void busy_isRejectedWithItsOwnWords() throws Exception {
    answer = new Answer.Busy("512 passwords wait");
    ReceivedPacket reply = answered(SILENT, request().addPassword(utf8("x")));
    assertThat(words(reply)).startsWith("Too many sign-ins at the moment.");
    assertThat(onlyEnd().reason()).isEqualTo("busy");
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void cause_isOnRecordAndToldOnlyToWhoKnowsThePassword(Cause cause) throws Exception {
    answer = new Answer.Wrong("as the directory says", "Alice", cause);
    ReceivedPacket reply = answered(PLAIN, request().addPassword(utf8("x")));
    assertThat(reply.getPacketType()).isEqualTo(REJECT);
    assertThat(words(reply))
        .isEqualTo(
            switch (cause) {
              case PASSWORD_EXPIRED ->
                  "Your password has expired. Please change it, then sign in again.";
              case PASSWORD_MUST_CHANGE ->
                  "Your password must be changed before you can sign in. Please change it, then try"
                      + " again.";
              case WRONG_PASSWORD, DISABLED, LOCKED, ACCOUNT_EXPIRED, NOT_NOW -> WRONG;
            });
    assertThat(onlyEnd().reason()).isEqualTo(cause.word());
  }

  @Test
  void prompt_leadsToTheSecondFactorAndItsStateIsGoodOnce() throws Exception {
    answer =
        new Answer.Asked(
            "Token?",
            Duration.ofSeconds(30),
            false,
            (typed, _) -> typed.equals("123") ? new Answer.Right(ALICE) : new Answer.Unknown());
    ReceivedPacket challenge = answered(PLAIN, request().addPassword(utf8("x")));
    assertThat(challenge.getPacketType()).isEqualTo(CHALLENGE);
    assertThat(words(challenge)).isEqualTo("Token?");
    byte[] state = challenge.value(AttributeType.STATE).orElseThrow();

    GateUnderTest.Port port = gate.port(PLAIN);
    SignedRequest typed = request().add(AttributeType.STATE, state).addPassword(utf8("123"));
    port.send(typed, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    assertThat(question.login().user()).isEqualTo(ALICE);
    assertThat(question.answer().complete(new Outcome.Approved())).isTrue();
    assertThat(port.reply(typed).getPacketType()).isEqualTo(ACCEPT);

    ReceivedPacket again =
        answered(PLAIN, request().add(AttributeType.STATE, state).addPassword(utf8("123")));
    assertThat(again.getPacketType()).isEqualTo(REJECT);
    assertThat(gate.questionsLeft()).isZero();
  }

  @Test
  void stateOfAPrompt_isNoOtherUsersAndNoOtherClients() throws Exception {
    answer =
        new Answer.Asked(
            "Token?", Duration.ofSeconds(30), false, (_, _) -> new Answer.Right(ALICE));
    ReceivedPacket challenge = answered(PLAIN, request().addPassword(utf8("x")));
    byte[] state = challenge.value(AttributeType.STATE).orElseThrow();
    SignedRequest ofEve =
        new SignedRequest(200, SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8("eve"))
            .add(AttributeType.STATE, state)
            .addPassword(utf8("123"));
    assertThat(answered(PLAIN, ofEve).getPacketType()).isEqualTo(REJECT);
    assertThat(
            answered(SILENT, request().add(AttributeType.STATE, state).addPassword(utf8("123")))
                .getPacketType())
        .isEqualTo(REJECT);
    assertThat(gate.questionsLeft()).isZero();
  }

  @Test
  void nasThatChecksPasswords_isAskedForNone() throws Exception {
    found = new Lookup.Known(ALICE);
    GateUnderTest.Port port = gate.port(CHECKS_ITSELF);
    SignedRequest bare = request();
    port.send(bare, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    assertThat(question.login().passwordChecked()).isFalse();
    assertThat(question.login().fingerprint()).isNull();
    assertThat(question.answer().complete(new Outcome.Approved("push"))).isTrue();
    assertThat(port.reply(bare).getPacketType()).isEqualTo(ACCEPT);
    assertThat(checks).hasValue(0);
  }

  @Test
  void nasThatChecksPasswords_mayHaveACodeBehindOne() throws Exception {
    found = new Lookup.Known(ALICE);
    GateUnderTest.Port port = gate.port(CHECKS_ITSELF);
    SignedRequest request = request().addPassword(utf8("whatever,123456"));
    port.send(request, 1);
    GateUnderTest.Question question = gate.nextQuestion();
    assertThat(question.login().appended()).isEqualTo("123456");
    assertThat(question.answer().complete(new Outcome.Denied("x", "x"))).isTrue();
    assertThat(port.reply(request).getPacketType()).isEqualTo(REJECT);
  }

  /** Neither a password nor a second factor: whatever the factor says, there is no Accept. */
  @Test
  void approvalWithoutAnyProof_isRefused() throws Exception {
    found = new Lookup.Known(ALICE);
    GateUnderTest.Port port = gate.port(CHECKS_ITSELF);
    SignedRequest request = request();
    port.send(request, 1);
    assertThat(gate.nextQuestion().answer().complete(Outcome.Approved.unchecked("none"))).isTrue();
    assertThat(port.reply(request).getPacketType()).isEqualTo(REJECT);
    assertThat(onlyEnd().reason()).isEqualTo("nothing-proved");

    answer = new Answer.Right(ALICE);
    SignedRequest elsewhere = request().addPassword(utf8("x"));
    GateUnderTest.Port other = gate.port(PLAIN);
    other.send(elsewhere, 1);
    assertThat(gate.nextQuestion().answer().complete(Outcome.Approved.unchecked("none"))).isTrue();
    assertThat(other.reply(elsewhere).getPacketType()).isEqualTo(ACCEPT);
  }

  @Test
  void whomNoSourceKnows_isRefusedWhereTheNasChecksPasswords() throws Exception {
    assertThat(words(answered(CHECKS_ITSELF, request()))).isEqualTo(WRONG);
    found = new Lookup.Barred(ALICE, "user is disabled");
    assertThat(words(answered(CHECKS_ITSELF, request()))).isEqualTo(WRONG);
    found = new Lookup.CannotTell();
    assertThat(words(answered(CHECKS_ITSELF, request()))).startsWith("Sign-in is not available");
    assertThat(gate.questionsLeft()).isZero();
  }
}
