package dev.pushgate.radius;

import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP2_SUCCESS;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_CHALLENGE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_ERROR;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_CHAP_RESPONSE;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_ENCRYPTION_POLICY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_ENCRYPTION_TYPES;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_RECV_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.MS_MPPE_SEND_KEY;
import static dev.pushgate.radius.packet.MicrosoftAttribute.VENDOR;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.login.LoginFlow;
import dev.pushgate.radius.mschap.MsChap2Response;
import dev.pushgate.radius.mschap.NtPasswordHash;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.nas.NasLogin;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.HashingThreads;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.PasswordMethod;
import dev.pushgate.radius.user.UsersFile;
import dev.pushgate.radius.user.UsersFileSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** PAP, CHAP and MS-CHAPv2 over real UDP against a real users file. */
class PasswordMethodsTest {
  private static final String PASSWORD = "correct-horse";
  private static final SharedSecret SECRET = SharedSecret.of("secret");
  private static final Duration REJECT_DELAY = Duration.ofMillis(200);
  private static final String WRONG = "Wrong user name or password.";

  private static final String USERS =
      """
      alice = {CLEARTEXT}correct-horse
      nadia = {NT}%s
      carol = $2b$04$abcdefghijklmnopqrstuuPoaPXzWjiVz4HaNq2LJXksWbO79E.S6
      arthur = $argon2id$v=19$m=19457,t=2,p=3$MDEyMzQ1Njc4OWFiY2RlZg$EsI3Zf6J8WeW/Q6YPvgS+Nx1NVPm5oOGhwZQt88Td6A
      gone = {CLEARTEXT}correct-horse
      gone.disabled = true
      jürgen = {CLEARTEXT}grüße
      greta = {NT}3c681b289f386d2175d511e18e7d15c1
      CORP\\\\dora = {CLEARTEXT}correct-horse
      User = {CLEARTEXT}clientPass
      """
          .formatted(NtPasswordHash.of(PASSWORD.getBytes(UTF_8)).hex());

  private final SecureRandom random = new SecureRandom();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Logger flowLog = (Logger) LoggerFactory.getLogger(LoginFlow.class);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event.getFormattedMessage());
        }
      };
  private volatile SecondFactor factor = (login, deadline) -> new Outcome.Approved();
  private Client client =
      Client.of("nas", "127.0.0.1", "secret").withAnswerWithin(Duration.ofSeconds(20));
  private RadiusGate gate;
  private Nas nas;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    appender.setContext(flowLog.getLoggerContext());
    appender.start();
    flowLog.addAppender(appender);
    Path file = Files.writeString(folder.resolve("users.properties"), USERS);
    UsersFile.Reading reading = new UsersFile(file, Set.of("push")).read();
    gate =
        new RadiusGate(
            new GateSettings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(),
                REJECT_DELAY,
                Exchanges.Bounds.DEFAULT),
            source -> Clients.of(client).find(source),
            new UsersFileSource(
                ((UsersFile.Reading.Read) reading).users(),
                new HashingThreads(2, 1000),
                InstantSource.system()),
            Map.of("push", (login, deadline) -> factor.verify(login, deadline)),
            InstantSource.system(),
            random);
    gate.start();
    nas = new Nas(gate.addresses().getFirst(), SECRET, random);
  }

  @AfterEach
  void stop() {
    nas.close();
    gate.close();
    flowLog.detachAppender(appender);
  }

  private NasAnswer ask(SignedRequest request) throws Exception {
    return nas.ask(request, Duration.ofSeconds(20), Duration.ofSeconds(20), Nas.Progress.NONE)
        .orElseThrow();
  }

  private NasLogin login(String user, String password, PasswordMethod method) {
    return nas.login(user, password.getBytes(UTF_8), method);
  }

  private SignedRequest request(String user) {
    return new SignedRequest(random.nextInt(256), SECRET, random)
        .add(AttributeType.USER_NAME, user.getBytes(UTF_8));
  }

  private SignedRequest chap(String user, byte[] password, byte[] challenge) {
    return request(user)
        .add(AttributeType.CHAP_PASSWORD, chapPassword(challenge, password))
        .add(AttributeType.CHAP_CHALLENGE, challenge);
  }

  private static byte[] chapPassword(byte[] challenge, byte[] password) {
    byte[] value = new byte[17];
    value[0] = 7;
    System.arraycopy(Password.Chap.make((byte) 7, challenge, password).response(), 0, value, 1, 16);
    return value;
  }

  /** An MS-CHAP2-Response with identifier 7, made of whatever hash and name. */
  private static SignedRequest withMsChap2(
      SignedRequest request, String hashedName, NtPasswordHash hash) {
    byte[] challenge = new byte[16];
    byte[] peerChallenge = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    byte[] ntResponse =
        MsChap2Response.make(hashedName.getBytes(UTF_8), challenge, peerChallenge, hash)
            .ntResponse();
    byte[] value = new byte[50];
    value[0] = 7;
    System.arraycopy(peerChallenge, 0, value, 2, 16);
    System.arraycopy(ntResponse, 0, value, 26, 24);
    return request
        .addVendor(VENDOR, MS_CHAP_CHALLENGE, challenge)
        .addVendor(VENDOR, MS_CHAP2_RESPONSE, value);
  }

  @ParameterizedTest
  @CsvSource({
    "alice, PAP, true",
    "alice, CHAP, true",
    "alice, MSCHAPV2, true",
    "ALICE, MSCHAPV2, true",
    "nadia, PAP, true",
    "nadia, CHAP, false",
    "nadia, MSCHAPV2, true",
    "carol, PAP, true",
    "carol, CHAP, false",
    "carol, MSCHAPV2, false",
    "arthur, PAP, true",
    "arthur, CHAP, false",
    "arthur, MSCHAPV2, false",
    "gone, PAP, false",
    "gone, CHAP, false",
    "gone, MSCHAPV2, false",
    "nobody, CHAP, false",
    "nobody, MSCHAPV2, false",
    "CORP\\dora, CHAP, true",
    "CORP\\dora, MSCHAPV2, true",
  })
  void rightPassword_isAcceptedWhereItsSchemeServesTheMethod(
      String user, PasswordMethod method, boolean accepted) throws Exception {
    NasLogin login = login(user, PASSWORD, method);
    NasAnswer answer = ask(login.request());

    assertThat(answer.isAccept()).isEqualTo(accepted);
    if (method == PasswordMethod.MSCHAPV2) {
      assertThat(login.isProvedBy(answer)).isEqualTo(accepted);
    }
  }

  @ParameterizedTest
  @EnumSource(PasswordMethod.class)
  void wrongPassword_isRejectedByEachMethod(PasswordMethod method) throws Exception {
    NasAnswer answer = ask(login("alice", "wrong", method).request());

    assertThat(answer.isAccept()).isFalse();
    assertThat(answer.message()).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", ""})
  void passwordOfNobody_isRejected(String password) throws Exception {
    for (PasswordMethod method : PasswordMethod.values()) {
      assertThat(ask(login("nobody", password, method).request()).isAccept()).isFalse();
      assertThat(ask(login("carol", password, method).request()).isAccept()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 15, 17, 64, 253})
  void chap_withAChapChallengeOfAnyLength_isAccepted(int length) throws Exception {
    byte[] challenge = new byte[length];
    random.nextBytes(challenge);

    assertThat(ask(chap("alice", PASSWORD.getBytes(UTF_8), challenge)).isAccept()).isTrue();
    assertThat(ask(chap("alice", "wrong".getBytes(UTF_8), challenge)).isAccept()).isFalse();
  }

  @Test
  void chap_withoutChapChallenge_isAboutTheRequestAuthenticator() throws Exception {
    SignedRequest request = request("alice");
    request.add(
        AttributeType.CHAP_PASSWORD,
        chapPassword(request.requestAuthenticator(), PASSWORD.getBytes(UTF_8)));

    assertThat(ask(request).isAccept()).isTrue();
  }

  @Test
  void chap_withAnEmptyChapChallenge_isAboutTheRequestAuthenticator() throws Exception {
    SignedRequest request = request("alice");
    request
        .add(
            AttributeType.CHAP_PASSWORD,
            chapPassword(request.requestAuthenticator(), PASSWORD.getBytes(UTF_8)))
        .add(AttributeType.CHAP_CHALLENGE, new byte[0]);

    assertThat(ask(request).isAccept()).isTrue();
  }

  @Test
  void chap_withUmlautsInUtf8AndLatin1_isAccepted() throws Exception {
    byte[] challenge = new byte[16];

    assertThat(ask(chap("jürgen", "grüße".getBytes(UTF_8), challenge)).isAccept()).isTrue();
    assertThat(ask(chap("jürgen", "grüße".getBytes(ISO_8859_1), challenge)).isAccept()).isTrue();
    assertThat(ask(chap("jürgen", "grüsse".getBytes(UTF_8), challenge)).isAccept()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jürgen", "greta"})
  void msChap2_withUmlauts_isAccepted(String user) throws Exception {
    NasLogin login = login(user, "grüße", PasswordMethod.MSCHAPV2);

    assertThat(login.isProvedBy(ask(login.request()))).isTrue();
  }

  /** As pppd does: each octet becomes a character of its own. */
  @Test
  void msChap2_withUtf8TakenForLatin1_isAcceptedWhereThePasswordIsKnown() throws Exception {
    NtPasswordHash hash =
        NtPasswordHash.of(new String("grüße".getBytes(UTF_8), ISO_8859_1).getBytes(UTF_8));

    assertThat(ask(withMsChap2(request("jürgen"), "jürgen", hash)).isAccept()).isTrue();
    assertThat(ask(withMsChap2(request("greta"), "greta", hash)).isAccept()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dora", "CORP\\dora"})
  void msChap2_withADomainBeforeTheUser_isAcceptedHoweverTheClientHashedIt(String hashed)
      throws Exception {
    SignedRequest request = request("CORP\\dora");
    NtPasswordHash hash = NtPasswordHash.of(PASSWORD.getBytes(UTF_8));
    byte[] value = new byte[50];
    byte[] challenge = new byte[16];
    // make() leaves the domain out, so the whole name is hashed as that of a domain more.
    String name = hashed.contains("\\") ? "X\\" + hashed : hashed;
    byte[] response =
        MsChap2Response.make(name.getBytes(UTF_8), challenge, challenge, hash).ntResponse();
    System.arraycopy(response, 0, value, 26, 24);
    request
        .addVendor(VENDOR, MS_CHAP_CHALLENGE, challenge)
        .addVendor(VENDOR, MS_CHAP2_RESPONSE, value);

    assertThat(ask(request).isAccept()).isTrue();
  }

  @Test
  void msChap2_accepted_carriesSuccessKeysAndPolicyAndNothingElse() throws Exception {
    NasLogin login = login("nadia", PASSWORD, PasswordMethod.MSCHAPV2);
    NasAnswer answer = ask(login.request());
    ReceivedPacket packet = answer.packet();

    assertThat(login.isProvedBy(answer)).isTrue();
    assertThat(login.sessionKeys(answer))
        .hasValueSatisfying(
            keys -> {
              assertThat(keys.send()).hasSize(16);
              assertThat(keys.receive()).hasSize(16).isNotEqualTo(keys.send());
            });
    byte[] success = packet.vendorValue(VENDOR, MS_CHAP2_SUCCESS).orElseThrow();
    assertThat(new String(success, 1, success.length - 1, UTF_8)).matches("S=[0-9A-F]{40}");
    byte[] send = packet.vendorValue(VENDOR, MS_MPPE_SEND_KEY).orElseThrow();
    byte[] receive = packet.vendorValue(VENDOR, MS_MPPE_RECV_KEY).orElseThrow();
    assertThat(send).hasSize(34);
    assertThat(receive).hasSize(34);
    assertThat(send[0] & receive[0] & 0x80).as("top bits of the salts").isEqualTo(0x80);
    assertThat(Arrays.copyOf(send, 2)).isNotEqualTo(Arrays.copyOf(receive, 2));
    assertThat(packet.vendorValue(VENDOR, MS_MPPE_ENCRYPTION_POLICY))
        .hasValue(new byte[] {0, 0, 0, 1});
    assertThat(packet.vendorValue(VENDOR, MS_MPPE_ENCRYPTION_TYPES))
        .hasValue(new byte[] {0, 0, 0, 4});
    assertThat(packet.hasVendor(VENDOR, MS_CHAP_ERROR)).isFalse();
  }

  @Test
  void msChap2_copiesTheIdentifierInSuccessAndError() throws Exception {
    NtPasswordHash right = NtPasswordHash.of(PASSWORD.getBytes(UTF_8));
    NtPasswordHash wrong = NtPasswordHash.of("wrong".getBytes(UTF_8));

    assertThat(
            ask(withMsChap2(request("alice"), "alice", right))
                .packet()
                .vendorValue(VENDOR, MS_CHAP2_SUCCESS)
                .orElseThrow()[0])
        .isEqualTo((byte) 7);
    assertThat(
            ask(withMsChap2(request("alice"), "alice", wrong))
                .packet()
                .vendorValue(VENDOR, MS_CHAP_ERROR)
                .orElseThrow()[0])
        .isEqualTo((byte) 7);
  }

  @Test
  void msChap2_wrong_carriesTheErrorBesideTheMessageAndNoSuccess() throws Exception {
    NasAnswer answer = ask(login("alice", "wrong", PasswordMethod.MSCHAPV2).request());

    assertThat(answer.message()).isEqualTo(WRONG);
    assertError(answer, WRONG);
  }

  @Test
  void msChap2_deniedOnThePhone_carriesTheErrorAndNothingThatProvesThePassword() throws Exception {
    factor = (login, deadline) -> new Outcome.Denied("denied", "You said no.");

    assertError(ask(login("alice", PASSWORD, PasswordMethod.MSCHAPV2).request()), "You said no.");
  }

  @Test
  void msChap2_deniedInManyWords_carriesAsManyAsFit() throws Exception {
    String words = "ü".repeat(300);
    factor = (login, deadline) -> new Outcome.Denied("denied", words);
    NasAnswer answer = ask(login("alice", PASSWORD, PasswordMethod.MSCHAPV2).request());

    assertThat(answer.message()).isEqualTo(words);
    assertError(answer, "ü".repeat(80));
  }

  @Test
  void msChap2_tooLate_carriesTheError() throws Exception {
    client = client.withAnswerWithin(Duration.ofSeconds(2));
    factor =
        (login, deadline) -> {
          new CountDownLatch(1).await();
          return new Outcome.Approved();
        };

    assertError(
        ask(login("alice", PASSWORD, PasswordMethod.MSCHAPV2).request()),
        "The sign-in took too long. Please try again.");
  }

  private static void assertError(NasAnswer answer, String words) {
    ReceivedPacket packet = answer.packet();
    assertThat(answer.isAccept()).isFalse();
    byte[] error = packet.vendorValue(VENDOR, MS_CHAP_ERROR).orElseThrow();
    assertThat(new String(error, 1, error.length - 1, UTF_8))
        .matches("E=691 R=0 C=[0-9A-F]{32} V=3 M=" + Pattern.quote(words));
    for (int type : new int[] {MS_CHAP2_SUCCESS, MS_MPPE_SEND_KEY, MS_MPPE_RECV_KEY}) {
      assertThat(packet.hasVendor(VENDOR, type)).as("attribute 311/%s", type).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PasswordMethod.class,
      names = {"PAP", "CHAP"})
  void otherMethods_getNothingOfMicrosoft(PasswordMethod method) throws Exception {
    for (String password : List.of(PASSWORD, "wrong")) {
      assertThat(
              ask(login("alice", password, method).request())
                  .packet()
                  .has(AttributeType.VENDOR_SPECIFIC))
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "carol|CHAP|carol's bcrypt password cannot serve CHAP: set it anew with `pushgate passwd carol --scheme cleartext`, or let the NAS use PAP",
        "CAROL|MSCHAPV2|carol's bcrypt password cannot serve MS-CHAPv2: set it anew with `pushgate passwd carol --scheme nt`, or let the NAS use PAP",
        "arthur|CHAP|arthur's argon2id password cannot serve CHAP: set it anew with `pushgate passwd arthur --scheme cleartext`, or let the NAS use PAP",
        "nadia|CHAP|nadia's NT password cannot serve CHAP: set it anew with `pushgate passwd nadia --scheme cleartext`, or let the NAS use PAP",
      })
  void passwordThatCannotServeTheMethod_isToldInTheLogAndNotToTheUser(
      String user, PasswordMethod method, String reason) throws Exception {
    long start = System.nanoTime();
    NasAnswer answer = ask(login(user, PASSWORD, method).request());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(REJECT_DELAY);
    assertThat(answer.message()).isEqualTo(WRONG);
    assertThat(logged)
        .anyMatch(line -> line.endsWith(" by " + method.word() + ": refused, " + reason));
  }

  static List<Object[]> malformed() {
    return List.of(
        malformed("no method", "there is no password: PAP, CHAP and MS-CHAPv2 are served"),
        malformed(
            "CHAP-Password of 16",
            "CHAP-Password has 16 octets, not 17",
            attribute(AttributeType.CHAP_PASSWORD, 16)),
        malformed(
            "CHAP-Password empty",
            "CHAP-Password has 0 octets, not 17",
            attribute(AttributeType.CHAP_PASSWORD, 0)),
        malformed(
            "CHAP-Challenge alone",
            "there is no password: PAP, CHAP and MS-CHAPv2 are served",
            attribute(AttributeType.CHAP_CHALLENGE, 16)),
        malformed(
            "MS-CHAP2-Response alone",
            "there is an MS-CHAP2-Response without MS-CHAP-Challenge",
            microsoft(MS_CHAP2_RESPONSE, 50)),
        malformed(
            "MS-CHAP-Challenge alone",
            "there is an MS-CHAP-Challenge without MS-CHAP2-Response",
            microsoft(MS_CHAP_CHALLENGE, 16)),
        malformed(
            "MS-CHAP2-Response of 49",
            "MS-CHAP2-Response has 49 octets, not 50",
            microsoft(MS_CHAP2_RESPONSE, 49),
            microsoft(MS_CHAP_CHALLENGE, 16)),
        malformed(
            "MS-CHAP2-Response empty",
            "MS-CHAP2-Response has 0 octets, not 50",
            microsoft(MS_CHAP2_RESPONSE, 0),
            microsoft(MS_CHAP_CHALLENGE, 16)),
        malformed(
            "MS-CHAP-Challenge of 8",
            "MS-CHAP-Challenge has 8 octets, not 16",
            microsoft(MS_CHAP2_RESPONSE, 50),
            microsoft(MS_CHAP_CHALLENGE, 8)),
        malformed(
            "MS-CHAPv1",
            "MS-CHAPv1 is not served: let the NAS use MS-CHAPv2 or PAP",
            microsoft(MS_CHAP_RESPONSE, 50),
            microsoft(MS_CHAP_CHALLENGE, 8)));
  }

  private interface Part {
    void addTo(SignedRequest request);
  }

  private static Object[] malformed(String what, String reason, Part... parts) {
    return new Object[] {what, reason, List.of(parts)};
  }

  private static Part attribute(int type, int length) {
    return request -> request.add(type, new byte[length]);
  }

  private static Part microsoft(int type, int length) {
    return request -> request.addVendor(VENDOR, type, new byte[length]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void malformedProof_isAWrongPasswordWithAReasonInTheLog(
      String what, String reason, List<Part> parts) throws Exception {
    SignedRequest request = request("alice");
    parts.forEach(part -> part.addTo(request));
    NasAnswer answer = ask(request);

    assertThat(answer.isAccept()).isFalse();
    assertThat(answer.message()).isEqualTo(WRONG);
    assertThat(logged).anyMatch(line -> line.endsWith(": refused, " + reason));
  }

  /** RFC 2759 section 9.2 and RFC 3079 section 3.5.3, from datagram to datagram. */
  @Test
  void msChap2_ofTheRfcsExample_isAnsweredWithTheRfcsProofAndKey() throws Exception {
    HexFormat hex = HexFormat.of().withUpperCase();
    SignedRequest request =
        request("User")
            .addVendor(VENDOR, MS_CHAP_CHALLENGE, hex.parseHex("5B5D7C7D7B3F2F3E3C2C602132262628"))
            .addVendor(
                VENDOR,
                MS_CHAP2_RESPONSE,
                hex.parseHex(
                    "0100"
                        + "21402324255E262A28295F2B3A337C7E"
                        + "0000000000000000"
                        + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"));
    ReceivedPacket packet = ask(request).packet();

    assertThat(new String(packet.vendorValue(VENDOR, MS_CHAP2_SUCCESS).orElseThrow(), UTF_8))
        .isEqualTo("\u0001S=407A5589115FD0D6209F510FE9C04566932CDA56");
    assertThat(request.revealKey(packet, VENDOR, MS_MPPE_SEND_KEY).map(hex::formatHex))
        .hasValue("8B7CDC149B993A1BA118CB153F56DCCB");
  }
}
