package dev.pushgate.radius;

import static dev.pushgate.radius.ByHand.ACCESS_ACCEPT;
import static dev.pushgate.radius.ByHand.ACCESS_REJECT;
import static dev.pushgate.radius.ByHand.ACCESS_REQUEST;
import static dev.pushgate.radius.ByHand.EAP_MESSAGE;
import static dev.pushgate.radius.ByHand.STATE;
import static dev.pushgate.radius.ByHand.USER_NAME;
import static dev.pushgate.radius.ByHand.attribute;
import static dev.pushgate.radius.ByHand.password;
import static dev.pushgate.radius.ByHand.unsealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.packet.SharedSecret;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinyradius.packet.AccessRequest;
import org.tinyradius.packet.RadiusPacket;
import org.tinyradius.util.RadiusServer;

/**
 * The ten defects of TinyRadius 1.1.3 that docs/radius-rules.md lists are gone: each check holds of
 * a gate and fails of a bare TinyRadius server with the same user, client and secret.
 *
 * <p>A check that no longer fails there tells that TinyRadius has mended the defect, and that what
 * we do about it may go.
 */
class TinyRadiusDefectsTest {
  private static final ByHand RADIUS = new ByHand(ServerUnderTest.SECRET);
  private static final byte[] NAME = attribute(USER_NAME, ServerUnderTest.USER);
  private static final byte[] PASSWORD = password(ByHand.utf8(ServerUnderTest.PASSWORD));

  private static final int MS_CHAP_CHALLENGE = 11;
  private static final int MS_CHAP2_RESPONSE = 25;

  private final SecureRandom random = new SecureRandom();
  private int identifier;

  private interface Check {
    void of(ServerUnderTest server) throws Exception;
  }

  private static void assertGone(Check check) throws Exception {
    try (ServerUnderTest gate = new ServerUnderTest.Gate()) {
      check.of(gate);
    }
    try (ServerUnderTest bare = new ServerUnderTest.BareTinyRadius()) {
      assertThatThrownBy(() -> check.of(bare))
          .as("the check, of a bare TinyRadius server")
          .isInstanceOf(AssertionError.class);
    }
  }

  private byte[] request(byte[]... attributes) {
    byte[] authenticator = new byte[16];
    random.nextBytes(authenticator);
    return RADIUS.seal(ByHand.packet(ACCESS_REQUEST, identifier++, authenticator, attributes));
  }

  /** What old NASes send and both servers understand. */
  private byte[] plainLogin() {
    return request(NAME, PASSWORD);
  }

  private static byte[] reply(Optional<byte[]> reply) {
    return reply.orElseThrow(() -> new AssertionError("no reply"));
  }

  /** The first reply that comes is the one to the login that was sent after this datagram. */
  private void assertNoAnswerTo(byte[] datagram, ServerUnderTest server) throws Exception {
    try (ServerUnderTest.Asker nas = server.asker()) {
      nas.send(datagram);
      byte[] login = plainLogin();
      assertThat(reply(nas.ask(login))[1]).as("Identifier").isEqualTo(login[1]);
    }
  }

  private void assertStillServes(ServerUnderTest server) throws Exception {
    try (ServerUnderTest.Asker nas = server.asker()) {
      assertThat(reply(nas.ask(plainLogin()))[0]).isEqualTo((byte) ACCESS_ACCEPT);
    }
  }

  @Test
  void bareTinyRadius_letsAUserInByPap_soThatTheChecksFailForTheirReasonsOnly() throws Exception {
    try (ServerUnderTest bare = new ServerUnderTest.BareTinyRadius()) {
      assertStillServes(bare);
    }
  }

  @Test
  void defect1_messageAuthenticator_isTheFirstAttributeOfEveryReply() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker nas = server.asker()) {
            byte[] request = plainLogin();
            assertThat(JudgedReply.of(reply(nas.ask(request)), request, RADIUS).isAccept())
                .isTrue();
          }
        });
  }

  @Test
  void defect1_wrongMessageAuthenticator_getsNoAnswer() throws Exception {
    assertGone(
        server -> {
          byte[] forged = request(NAME, PASSWORD, unsealed());
          forged[forged.length - 1] ^= 1;
          assertNoAnswerTo(forged, server);
        });
  }

  @Test
  void defect2_lostReply_isSentAgain() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker nas = server.asker()) {
            byte[] request = plainLogin();
            byte[] first = reply(nas.ask(request));
            assertThat(reply(nas.ask(request))).isEqualTo(first);
          }
        });
  }

  @Test
  void defect2_sameOctetsFromAnotherPort_areAnotherRequest() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker one = server.asker();
              ServerUnderTest.Asker other = server.asker()) {
            byte[] request = plainLogin();
            assertThat(one.ask(request)).isPresent();
            assertThat(other.ask(request)).isPresent();
          }
        });
  }

  @Test
  void defect2_packetOfAnotherCode_isNoDuplicate() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker nas = server.asker()) {
            byte[] request = plainLogin();
            byte[] strange = request.clone();
            strange[0] = ACCESS_REJECT;
            nas.send(strange);
            assertThat(nas.ask(request)).isPresent();
          }
        });
  }

  @Test
  void defect2_retransmissionOfALoginThatTookLong_asksNobodyAgain() throws Exception {
    assertGone(
        server -> {
          server.takeLongerThanDuplicatesAreKnown();
          try (ServerUnderTest.Asker nas = server.asker()) {
            byte[] request = plainLogin();
            assertThat(nas.ask(request)).isPresent();
            assertThat(nas.ask(request)).isPresent();
          }
          assertThat(server.asked()).isEqualTo(1);
        });
  }

  @Test
  void defect3_password_isNotLogged() throws Exception {
    assertGone(
        server -> {
          assertStillServes(server);
          String hex = HexFormat.of().formatHex(ByHand.utf8(ServerUnderTest.PASSWORD));
          assertThat(server.logged())
              .noneMatch(line -> line.contains(ServerUnderTest.PASSWORD) || line.contains(hex));
        });
  }

  @Test
  void defect4_packetOfAnUnknownAddress_isNotDecoded() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker stranger = server.strangerAsking()) {
            byte[] malformed = request(NAME, PASSWORD);
            malformed[21] = 1;
            stranger.send(malformed);
          }
          assertStillServes(server);
          assertThat(server.logged()).noneMatch(line -> line.contains("malformed"));
        });
  }

  @Test
  void defect4_datagramShorterThanItsLength_getsNoAnswer() throws Exception {
    assertGone(
        server -> {
          byte[] whole = request(NAME, PASSWORD, attribute(STATE, new byte[8]));
          // What was not received reads as zeros in TinyRadius's fresh buffer.
          assertNoAnswerTo(Arrays.copyOf(whole, whole.length - 8), server);
        });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no User-Name, 0, 16",
    "two User-Names, 2, 16",
    "User-Password of 17 octets, 1, 17",
  })
  void defect5_packetThatThrows_doesNotSilenceTheServer(String what, int names, int octets)
      throws Exception {
    assertGone(
        server -> {
          byte[] attributes = ByHand.attribute(ByHand.USER_PASSWORD, new byte[octets]);
          for (int i = 0; i < names; i++) {
            attributes = ByHand.joined(attributes, NAME);
          }
          try (ServerUnderTest.Asker nas = server.asker()) {
            nas.send(request(attributes));
          }
          assertStillServes(server);
        });
  }

  @Test
  void defect5_passwordOf144Octets_getsNoAnswer() throws Exception {
    assertGone(
        server ->
            assertNoAnswerTo(
                request(NAME, attribute(ByHand.USER_PASSWORD, new byte[144])), server));
  }

  @Test
  void defect6_requestWithStateAndNoPassword_isAnswered() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker nas = server.asker()) {
            assertThat(reply(nas.ask(request(NAME, attribute(STATE, "0123456789"))))[0])
                .isEqualTo((byte) ACCESS_REJECT);
          }
        });
  }

  @Test
  void defect6_challenge_isSentAndItsAnswerAccepted() throws Exception {
    assertGone(
        server -> {
          server.prompt();
          try (ServerUnderTest.Asker nas = server.asker()) {
            byte[] login = request(unsealed(), NAME, PASSWORD);
            JudgedReply challenge = JudgedReply.of(reply(nas.ask(login)), login, RADIUS);
            assertThat(challenge.code()).isEqualTo(ByHand.ACCESS_CHALLENGE);
            byte[] state = ByHand.values(challenge.attributes(), STATE).getFirst();
            byte[] answer = request(unsealed(), NAME, attribute(STATE, state));
            assertThat(JudgedReply.of(reply(nas.ask(answer)), answer, RADIUS).isAccept()).isTrue();
          }
        });
  }

  @Test
  void defect6_statusServer_isAnswered() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker nas = server.asker()) {
            byte[] question = request(unsealed());
            question[0] = ByHand.STATUS_SERVER;
            RADIUS.seal(question);
            assertThat(JudgedReply.of(reply(nas.ask(question)), question, RADIUS).code())
                .isEqualTo(ACCESS_ACCEPT);
          }
        });
  }

  @Test
  void defect7_chapChallengeOfNineOctets_isServed() throws Exception {
    assertGone(
        server -> {
          byte[] challenge = ByHand.utf8("nine of 9");
          byte[] identifierOctet = {7};
          byte[] response =
              ByHand.md5(identifierOctet, ByHand.utf8(ServerUnderTest.PASSWORD), challenge);
          byte[] login =
              request(
                  unsealed(),
                  NAME,
                  attribute(ByHand.CHAP_PASSWORD, ByHand.joined(identifierOctet, response)),
                  attribute(ByHand.CHAP_CHALLENGE, challenge));
          try (ServerUnderTest.Asker nas = server.asker()) {
            assertThat(JudgedReply.of(reply(nas.ask(login)), login, RADIUS).isAccept()).isTrue();
          }
        });
  }

  /** The example of RFC 2759 section 9.2. */
  @Test
  void defect7_msChapV2_isServedAndTheServerProvesItselfToo() throws Exception {
    assertGone(
        server -> {
          byte[] challenge = octets("5B5D7C7D7B3F2F3E3C2C602132262628");
          byte[] response =
              octets(
                  "0100"
                      + "21402324255E262A28295F2B3A337C7E"
                      + "0000000000000000"
                      + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
          byte[] login =
              request(
                  unsealed(),
                  attribute(USER_NAME, ServerUnderTest.OTHER_USER),
                  microsoft(MS_CHAP_CHALLENGE, challenge),
                  microsoft(MS_CHAP2_RESPONSE, response));
          try (ServerUnderTest.Asker nas = server.asker()) {
            JudgedReply reply = JudgedReply.of(reply(nas.ask(login)), login, RADIUS);
            assertThat(reply.isAccept()).isTrue();
            assertThat(ByHand.values(reply.attributes(), ByHand.VENDOR_SPECIFIC))
                .extracting(value -> new String(value, StandardCharsets.ISO_8859_1))
                .anyMatch(text -> text.contains("S=407A5589115FD0D6209F510FE9C04566932CDA56"));
          }
        });
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] microsoft(int type, byte[] value) {
    return attribute(
        ByHand.VENDOR_SPECIFIC, ByHand.joined(octets("00000137"), attribute(type, value)));
  }

  @Test
  void defect7_eap_isAnswered() throws Exception {
    assertGone(
        server -> {
          try (ServerUnderTest.Asker nas = server.asker()) {
            byte[] identity = {2, 0, 0, 6, 1, 'a'};
            assertThat(
                    reply(nas.ask(request(unsealed(), NAME, attribute(EAP_MESSAGE, identity))))[0])
                .isEqualTo((byte) ACCESS_REJECT);
          }
        });
  }

  /** As far as it shows: no secret leaves the server as a String, and a call is there or not. */
  @Test
  void defect8_secret_isNoString() throws Exception {
    assertGone(
        server ->
            assertThat(
                    server
                        .tinyRadius()
                        .getSharedSecret(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)))
                .isNull());
  }

  @Test
  void defect8_authenticators_areComparedInConstantTime() throws Exception {
    assertGone(
        server -> {
          Set<String> comparisons = new HashSet<>();
          for (Class<?> each : server.classesThatCompareAuthenticators()) {
            comparisons.addAll(comparisonsIn(each));
          }
          assertThat(comparisons).containsExactly("java/security/MessageDigest.isEqual");
        });
  }

  private static Set<String> comparisonsIn(Class<?> type) throws Exception {
    String file = type.getName().replace('.', '/') + ".class";
    Set<String> comparisons = new HashSet<>();
    try (InputStream octets = type.getClassLoader().getResourceAsStream(file)) {
      ClassFile.of().parse(Objects.requireNonNull(octets).readAllBytes()).methods().stream()
          .filter(method -> !method.flags().has(AccessFlag.ABSTRACT))
          .flatMap(method -> method.code().stream())
          .flatMap(code -> code.elementStream())
          .forEach(
              element -> {
                if (element instanceof InvokeInstruction call
                    && call.typeSymbol().descriptorString().equals("([B[B)Z")) {
                  comparisons.add(call.owner().asInternalName() + "." + call.name().stringValue());
                }
              });
    }
    return comparisons;
  }

  @Test
  void defect9_start_onAnAddressThatIsTaken_fails() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
      assertGone(
          server ->
              assertThatThrownBy(() -> server.startAnotherOn(address))
                  .isInstanceOf(java.io.IOException.class));
    }
  }

  @Test
  void defect9_identifiers_ofTwoNases_areCountedApart() throws Exception {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1812);
    SharedSecret secret = SharedSecret.of(ServerUnderTest.SECRET);
    try (Nas one = new Nas(server, secret, random);
        Nas other = new Nas(server, secret, random)) {
      assertThat(identifiers(one)).isEqualTo(identifiers(other));
    }
    assertThat(tinyRadiusIdentifiers()).isNotEqualTo(tinyRadiusIdentifiers());
  }

  private static List<Integer> identifiers(Nas nas) {
    RadiusPacket first = nas.request("alice", new byte[0]);
    RadiusPacket second = nas.request("alice", new byte[0]);
    return List.of(first.getPacketIdentifier(), second.getPacketIdentifier());
  }

  private static List<Integer> tinyRadiusIdentifiers() {
    return List.of(
        new AccessRequest("alice", "x").getPacketIdentifier(),
        new AccessRequest("alice", "x").getPacketIdentifier());
  }

  @Test
  void defect10_loginThatWaits_holdsUpNobodyElse() throws Exception {
    assertGone(
        server -> {
          server.letTheFirstWait();
          try (ServerUnderTest.Asker waiting = server.asker();
              ServerUnderTest.Asker other = server.asker()) {
            waiting.send(plainLogin());
            server.awaitTheFirst();
            assertThat(other.ask(plainLogin())).isPresent();
          }
        });
  }

  @Test
  void gate_isStillATinyRadiusServer() {
    assertThat(RadiusServer.class).isAssignableFrom(RadiusGate.class);
  }
}
