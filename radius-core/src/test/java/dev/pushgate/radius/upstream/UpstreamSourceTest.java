package dev.pushgate.radius.upstream;

import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_SUCCESS;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_ERROR;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_ENCRYPTION_POLICY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_RECV_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_SEND_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;
import static dev.pushgate.radius.upstream.StandInServer.SECRET;
import static dev.pushgate.radius.upstream.StandInServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tinyradius.packet.RadiusPacket.ACCESS_ACCEPT;
import static org.tinyradius.packet.RadiusPacket.ACCESS_CHALLENGE;
import static org.tinyradius.packet.RadiusPacket.ACCESS_REJECT;

import dev.pushgate.radius.dictionary.AttributeSelection;
import dev.pushgate.radius.dictionary.AttributeSelection.Direction;
import dev.pushgate.radius.dictionary.AttributeSelection.Reading;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.mschap.MsChap2Response;
import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.mschap.SessionKeys;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.UserSource.Cause;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed to the other server and back, over UDP. */
class UpstreamSourceTest {
  private static final SharedSecret OF_THE_NAS = SharedSecret.of("secret of the nas");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private StandInServer server;

  @BeforeEach
  void start() throws Exception {
    server = StandInServer.accepting();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static AttributeSelection selection(Direction direction, String... names) {
    return new AttributeSelection(
        Stream.of(names)
            .map(name -> AttributeSelection.read(name, Dictionary.shipped(), direction))
            .map(read -> ((Reading.Read) read).definition())
            .toList());
  }

  private UpstreamSource source(boolean typedName) {
    return source(typedName, PATIENCE);
  }

  private UpstreamSource source(boolean typedName, Duration timeout) {
    return new UpstreamSource(
        new UpstreamClient(
            new UpstreamSettings(
                List.of(server.server()), timeout, Duration.ofSeconds(4), false, 10),
            InstantSource.system(),
            new SecureRandom()),
        new UpstreamSourceSettings(
            typedName,
            "pushgate",
            selection(
                Direction.REQUEST, "Calling-Station-Id", "Cisco-AVPair", "Tunnel-Client-Endpoint"),
            selection(
                Direction.ACCEPT, "Class", "Session-Timeout", "Cisco-AVPair", "Tunnel-Type")));
  }

  /** As a NAS has sent it, the realm taken off already. */
  private static Attempt attempt(
      String typed, String withoutRealm, Password password, Consumer<SignedRequest> more) {
    SignedRequest request =
        new SignedRequest(7, OF_THE_NAS, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8(typed));
    more.accept(request);
    byte[] datagram = request.encode();
    ReceivedPacket packet =
        ((PacketDecoder.Decoded.Packet)
                PacketDecoder.decodeRequest(datagram, datagram.length, OF_THE_NAS))
            .packet();
    return new Attempt(withoutRealm, password, null, packet, Instant.now().plusSeconds(20));
  }

  private static Attempt byPap(String typed, String withoutRealm) {
    return attempt(typed, withoutRealm, new Password.Pap(utf8("right")), _ -> {});
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ReceivedPacket onlyRequest() {
    assertThat(server.requests()).hasSize(1);
    return server.requests().getFirst();
  }

  private Answer check(Attempt attempt) throws InterruptedException {
    try (UpstreamSource source = source(false)) {
      return source.check(attempt);
    }
  }

  @Test
  void pap_isPassedOnUnderTheCanonicalName() throws Exception {
    assertThat(check(byPap("ALICE@corp", "ALICE")))
        .isInstanceOfSatisfying(
            Answer.Right.class,
            right -> {
              assertThat(right.user().name()).isEqualTo("alice");
              assertThat(right.passwordChecked()).isTrue();
              assertThat(right.proof()).isNull();
            });
    assertThat(onlyRequest().values(AttributeType.USER_NAME)).containsExactly(utf8("alice"));
    assertThat(onlyRequest().revealPassword(SECRET)).contains(utf8("right"));
  }

  @Test
  void typedName_isPassedOnAsItIsWhereThatIsSet() throws Exception {
    try (UpstreamSource source = source(true)) {
      assertThat(source.check(byPap("CORP\\Alice", "Alice")))
          .isInstanceOfSatisfying(
              Answer.Right.class, right -> assertThat(right.user().name()).isEqualTo("alice"));
    }
    assertThat(onlyRequest().values(AttributeType.USER_NAME)).containsExactly(utf8("CORP\\Alice"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "älice",
        "ａlice",
        "alice@corp",
        "CORP\\alice",
        "alice ",
        " alice",
        "alice.",
        "a/b",
        "al\u200bice",
        "*",
        "alice\0",
        ""
      })
  void nameThatMayHaveOtherSpellings_isRefusedAndNobodyIsAsked(String name) throws Exception {
    for (boolean typed : List.of(false, true)) {
      try (UpstreamSource source = source(typed)) {
        assertThat(source.check(byPap(name.isEmpty() ? "x" : name, name)))
            .isInstanceOfSatisfying(
                Answer.Wrong.class,
                wrong -> assertThat(wrong.reason()).contains("may have other spellings"));
      }
    }
    assertThat(server.datagrams()).isEmpty();
  }

  @Test
  void chap_isPassedOnWithItsChallengeSpeltOut() throws Exception {
    byte[] challenge = utf8("0123456789abcdef");
    Password.Chap chap = Password.Chap.make((byte) 9, challenge, utf8("right"));
    assertThat(check(attempt("alice", "alice", chap, _ -> {}))).isInstanceOf(Answer.Right.class);

    assertThat(onlyRequest().values(AttributeType.CHAP_CHALLENGE)).containsExactly(challenge);
    byte[] password = onlyRequest().value(AttributeType.CHAP_PASSWORD).orElseThrow();
    assertThat(password).hasSize(17).startsWith(9).endsWith(chap.response());
  }

  private static final byte[] RESPONSE = response();

  private static byte[] response() {
    byte[] octets = new byte[50];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) i;
    }
    return octets;
  }

  private static Attempt byMsChap2(String typed, String withoutRealm) {
    return attempt(
        typed,
        withoutRealm,
        new Password.MsChap2(
            new MsChap2Response(utf8(typed), new byte[16], new byte[16], new byte[24])),
        request ->
            request
                .addVendor(VENDOR, MS_CHAP_CHALLENGE, utf8("sixteen octets.."))
                .addVendor(VENDOR, MS_CHAP2_RESPONSE, RESPONSE));
  }

  private static final String SUCCESS = "S=0123456789ABCDEF0123456789ABCDEF01234567";

  private static Reply success(ReceivedPacket request, String text) {
    return reply(ACCESS_ACCEPT, request).addVendor(VENDOR, MS_CHAP2_SUCCESS, utf8("\1" + text));
  }

  @Test
  void msChap2_isPassedOnAsTypedAndItsProofAndKeysComeBack() throws Exception {
    byte[] send = utf8("key for sending.");
    byte[] receive = utf8("key of receiving");
    server.behave(
        request ->
            List.of(
                success(request, SUCCESS)
                    .addVendorKey(VENDOR, MS_MPPE_RECV_KEY, receive)
                    .addVendorKey(VENDOR, MS_MPPE_SEND_KEY, send)
                    .addVendor(VENDOR, MS_MPPE_ENCRYPTION_POLICY, new byte[] {0, 0, 0, 2})
                    .encode()));

    assertThat(check(byMsChap2("CORP\\Alice", "Alice")))
        .isInstanceOfSatisfying(
            Answer.Right.class,
            right -> {
              assertThat(right.user().name()).isEqualTo("alice");
              assertThat(right.proof())
                  .isEqualTo(
                      new ServerProof(
                          SUCCESS,
                          new SessionKeys(send, receive),
                          new ServerProof.Encryption(2, 4)));
            });
    assertThat(onlyRequest().values(AttributeType.USER_NAME)).containsExactly(utf8("CORP\\Alice"));
    assertThat(onlyRequest().vendorValue(VENDOR, MS_CHAP_CHALLENGE))
        .contains(utf8("sixteen octets.."));
    assertThat(onlyRequest().vendorValue(VENDOR, MS_CHAP2_RESPONSE)).contains(RESPONSE);
    assertThat(onlyRequest().has(AttributeType.USER_PASSWORD)).isFalse();
  }

  @Test
  void msChap2_withoutKeys_isRightWithoutKeys() throws Exception {
    server.behave(request -> List.of(success(request, SUCCESS + " M=Welcome").encode()));
    assertThat(check(byMsChap2("alice", "alice")))
        .isInstanceOfSatisfying(
            Answer.Right.class,
            right ->
                assertThat(right.proof())
                    .isEqualTo(new ServerProof(SUCCESS, null, ServerProof.Encryption.USUAL)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S=0123", "S=0123456789ABCDEF0123456789ABCDEF0123456Z"})
  void msChap2_acceptedWithoutAProof_isNotRight(String success) throws Exception {
    server.behave(
        request ->
            List.of(
                (success.isEmpty() ? reply(ACCESS_ACCEPT, request) : success(request, success))
                    .encode()));
    assertThat(check(byMsChap2("alice", "alice")))
        .isInstanceOfSatisfying(
            Answer.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains("MS-CHAP2-Success"));
  }

  @ParameterizedTest
  @CsvSource({
    "E=691 R=1 C=00 V=3 M=no, WRONG_PASSWORD",
    "E=646 R=0, NOT_NOW",
    "E=647, DISABLED",
    "E=648 R=0 C=00 V=3 M=Password expired, PASSWORD_EXPIRED",
    "E=649, NOT_NOW",
    "E=709, WRONG_PASSWORD",
    "E=1, WRONG_PASSWORD",
    "nonsense, WRONG_PASSWORD",
  })
  void msChapError_isTheCauseOfTheRefusal(String error, Cause cause) throws Exception {
    server.behave(
        request ->
            List.of(
                reply(ACCESS_REJECT, request)
                    .addVendor(VENDOR, MS_CHAP_ERROR, utf8("\1" + error))
                    .encode()));
    assertThat(check(byMsChap2("alice", "alice")))
        .isInstanceOfSatisfying(
            Answer.Wrong.class,
            wrong -> {
              assertThat(wrong.cause()).isEqualTo(cause);
              assertThat(wrong.user()).isNull();
            });
  }

  /** Who has no password to prove could ask whether a password has expired. */
  @Test
  void msChapError_inAnswerToPap_saysNothing() throws Exception {
    server.behave(
        request ->
            List.of(
                reply(ACCESS_REJECT, request)
                    .addVendor(VENDOR, MS_CHAP_ERROR, utf8("\1E=648 R=0"))
                    .addMessage("Not\r\nthis time\7")
                    .encode()));
    assertThat(check(byPap("alice", "alice")))
        .isInstanceOfSatisfying(
            Answer.Wrong.class,
            wrong -> {
              assertThat(wrong.cause()).isEqualTo(Cause.WRONG_PASSWORD);
              assertThat(wrong.reason()).endsWith("refuses: Not this time\\u{7}");
            });
  }

  @Test
  void listedAttributes_arePassedOnAndNoOthers() throws Exception {
    byte[] avPair = utf8("mdm-tlv=device-platform=win");
    var _ =
        check(
            attempt(
                "alice",
                "alice",
                new Password.Pap(utf8("right")),
                request ->
                    request
                        .add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.7"))
                        .addVendor(9, 1, avPair)
                        .addVendor(9, 2, utf8("not listed"))
                        .add(66, utf8("\1 with a tag"))
                        .add(AttributeType.SERVICE_TYPE, new byte[] {0, 0, 0, 17})
                        .add(AttributeType.NAS_IDENTIFIER, utf8("the nas"))
                        .add(AttributeType.PROXY_STATE, utf8("proxy"))));

    ReceivedPacket request = onlyRequest();
    assertThat(request.values(AttributeType.CALLING_STATION_ID))
        .containsExactly(utf8("203.0.113.7"));
    assertThat(request.vendorValues(9, 1)).containsExactly(avPair);
    assertThat(request.values(66)).containsExactly(utf8("\1 with a tag"));
    assertThat(request.hasVendor(9, 2)).isFalse();
    assertThat(request.has(AttributeType.SERVICE_TYPE)).isFalse();
    assertThat(request.has(AttributeType.PROXY_STATE)).isFalse();
    assertThat(request.values(AttributeType.NAS_IDENTIFIER)).containsExactly(utf8("pushgate"));
  }

  @Test
  void attributesThatFillThePacket_areRefusedAndNobodyIsAsked() throws Exception {
    Answer answer =
        check(
            attempt(
                "alice",
                "alice",
                new Password.Pap(utf8("right")),
                request -> {
                  for (int i = 0; i < 15; i++) {
                    request.addVendor(9, 1, new byte[240]);
                  }
                }));
    assertThat(answer).isInstanceOf(Answer.Wrong.class);
    assertThat(server.datagrams()).isEmpty();
  }

  @Test
  void listedAttributes_comeBackAndNoOthers() throws Exception {
    server.behave(
        request ->
            List.of(
                reply(ACCESS_ACCEPT, request)
                    .add(25, new byte[] {0, 1})
                    .add(25, utf8("second"))
                    .addInteger(AttributeType.SESSION_TIMEOUT, 3600)
                    .addInteger(AttributeType.SESSION_TIMEOUT, 7200)
                    .add(64, new byte[] {1, 0, 0, 13})
                    .addVendor(9, 1, utf8("shell:priv-lvl=15"))
                    .add(11, utf8("not listed"))
                    .addMessage("Welcome")
                    .add(AttributeType.STATE, utf8("state"))
                    .encode()));
    assertThat(check(byPap("alice", "alice")))
        .isInstanceOfSatisfying(
            Answer.Right.class,
            right ->
                assertThat(right.user().reply().encoded())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder(
                        "25=0x0001",
                        "25=0x" + HexFormat.of().formatHex(utf8("second")),
                        "27=0x00000e10",
                        "64=0x0100000d",
                        "26=0x000000090113" + HexFormat.of().formatHex(utf8("shell:priv-lvl=15"))));
  }

  @ParameterizedTest
  @CsvSource({
    // Session-Timeout, Prompt: how long, and whether what is typed may be seen
    "-1, -1, 60, false",
    "0, 0, 5, false",
    "90, 1, 90, true",
    "4294967295, 2, 300, false",
  })
  void challenge_isAskedWithinBounds(long seconds, long prompt, int within, boolean echo)
      throws Exception {
    server.behave(
        request -> {
          Reply reply =
              reply(ACCESS_CHALLENGE, request)
                  .addMessage("Enter\nthe code ")
                  .addMessage("of your token")
                  .add(AttributeType.STATE, utf8("secret state"));
          if (seconds >= 0) {
            reply.addInteger(AttributeType.SESSION_TIMEOUT, seconds);
            reply.addInteger(AttributeType.PROMPT, prompt);
          }
          return List.of(reply.encode());
        });
    assertThat(check(byPap("alice", "alice")))
        .isInstanceOfSatisfying(
            Answer.Asked.class,
            asked -> {
              assertThat(asked.prompt()).isEqualTo("Enter the code of your token");
              assertThat(asked.answerWithin()).isEqualTo(Duration.ofSeconds(within));
              assertThat(asked.echo()).isEqualTo(echo);
              assertThat(asked.toString()).doesNotContain("secret", "right");
            });
  }

  @Test
  void challengeWithoutWords_isShownWithOurs() throws Exception {
    server.behave(request -> List.of(reply(ACCESS_CHALLENGE, request).encode()));
    assertThat(check(byPap("alice", "alice")))
        .isInstanceOfSatisfying(
            Answer.Asked.class, asked -> assertThat(asked.prompt()).isEqualTo("Enter a code"));
  }

  @Test
  void answerToAPrompt_goesToTheServerWithItsState_andMayBeAskedAgain() throws Exception {
    server.behave(
        request ->
            List.of(
                (switch (request.value(AttributeType.STATE).map(UntrustedText::decode).orElse("")) {
                      case "" ->
                          reply(ACCESS_CHALLENGE, request).add(AttributeType.STATE, utf8("one"));
                      case "one" ->
                          reply(ACCESS_CHALLENGE, request).add(AttributeType.STATE, utf8("two"));
                      default -> reply(ACCESS_ACCEPT, request).add(25, utf8("class"));
                    })
                    .encode()));
    try (UpstreamSource source = source(false)) {
      Attempt attempt =
          attempt(
              "Alice",
              "Alice",
              new Password.Pap(utf8("right")),
              request -> request.add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.7")));
      Answer.Asked first = (Answer.Asked) source.check(attempt);
      Instant deadline = Instant.now().plusSeconds(10);
      Answer.Asked second = (Answer.Asked) first.next().answered("123456", deadline);
      assertThat(second.next().answered("", deadline))
          .isInstanceOfSatisfying(
              Answer.Right.class,
              right -> {
                assertThat(right.user().name()).isEqualTo("alice");
                assertThat(right.user().reply().names()).containsExactly("Class");
              });
    }
    assertThat(server.requests())
        .hasSize(3)
        .allSatisfy(
            request -> {
              assertThat(request.values(AttributeType.USER_NAME)).containsExactly(utf8("alice"));
              assertThat(request.values(AttributeType.CALLING_STATION_ID)).hasSize(1);
            });
    assertThat(server.requests())
        .extracting(request -> UntrustedText.decode(request.revealPassword(SECRET).orElseThrow()))
        .containsExactly("right", "123456", "");
  }

  @Test
  void answerThatNoPacketCarries_isWrong() throws Exception {
    server.behave(request -> List.of(reply(ACCESS_CHALLENGE, request).encode()));
    try (UpstreamSource source = source(false)) {
      Answer.Asked asked = (Answer.Asked) source.check(byPap("alice", "alice"));
      assertThat(asked.next().answered("x".repeat(129), Instant.now().plusSeconds(5)))
          .isInstanceOf(Answer.Wrong.class);
    }
  }

  @Test
  void reject_isWrong() throws Exception {
    server.behave(request -> List.of(reply(ACCESS_REJECT, request).encode()));
    assertThat(check(byPap("alice", "alice"))).isInstanceOf(Answer.Wrong.class);
  }

  @Test
  void silence_isUnavailableAndSaysWhatToLookAt() throws Exception {
    server.behave(_ -> List.of());
    try (UpstreamSource source = source(false, Duration.ofMillis(200))) {
      assertThat(source.check(byPap("alice", "alice")))
          .isInstanceOfSatisfying(
              Answer.Unavailable.class,
              unavailable ->
                  assertThat(unavailable.reason())
                      .contains(
                          server.server().toString(), "port", "secret", "Message-Authenticator"));
    }
  }

  @Test
  void find_cannotTell() throws Exception {
    try (UpstreamSource source = source(false)) {
      assertThat(source.find("alice", null)).isInstanceOf(Lookup.CannotTell.class);
    }
  }
}
