package dev.pushgate.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.client.RatchetMemory;
import dev.pushgate.radius.client.SignatureRatchet;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.login.PasswordLimits;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each rule about Message-Authenticator (CVE-2024-3596), over real UDP. */
class MessageAuthenticatorRulesTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");
  private static final int EAP_MESSAGE = 79;
  private static final int MESSAGE_AUTHENTICATOR = 80;
  private static final String USER = "user-chosen-name";
  private static final String STATION = "user-chosen-station";

  /** A memory that fails, or forgets, when a test says so. */
  private static final class Memory implements RatchetMemory {
    private final Map<InetAddress, Turned> kept = new ConcurrentHashMap<>();
    private final AtomicInteger tries = new AtomicInteger();
    private volatile boolean broken;
    private volatile CountDownLatch disk = new CountDownLatch(0);

    @Override
    public List<Turned> all() {
      return List.copyOf(kept.values());
    }

    @Override
    public void remember(Turned turned) throws InterruptedException {
      tries.incrementAndGet();
      disk.await();
      if (broken) {
        throw new IllegalStateException("the disk is full");
      }
      kept.putIfAbsent(turned.address(), turned);
    }
  }

  private final Memory memory = new Memory();
  private volatile SecondFactor factor = (login, deadline) -> new Outcome.Approved();
  private volatile Client client = clientWith(MessageAuthenticatorRule.AUTO);
  private LogLines log;
  private RadiusGate gate;
  private DatagramSocket nas;

  @BeforeEach
  void start() throws Exception {
    log = LogLines.open();
    startGate();
    nas = nasAt("127.0.0.1");
  }

  private void startGate() throws Exception {
    gate =
        new RadiusGate(
            new GateSettings(
                List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)),
                List.of(),
                Duration.ZERO,
                Exchanges.Bounds.DEFAULT),
            source -> Clients.of(client).find(source),
            attempt ->
                attempt.userName().equals(USER)
                    ? new UserSource.Answer.Right(new User("alice", Set.of(), null))
                    : new UserSource.Answer.Wrong("unknown"),
            Map.of("push", (login, deadline) -> factor.verify(login, deadline)),
            memory,
            PasswordLimits.NONE,
            Audit.NONE,
            InstantSource.system(),
            new SecureRandom());
    gate.start();
  }

  private DatagramSocket nasAt(String address) throws Exception {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    socket.connect(gate.addresses().getFirst());
    return socket;
  }

  @AfterEach
  void stop() {
    nas.close();
    gate.close();
    log.close();
  }

  /** A client that is a whole network, on loopback. */
  private static Client clientWith(MessageAuthenticatorRule rule) {
    return new Client(
        "nas",
        List.of(Network.parse("127.0.0.0/8")),
        SECRET,
        ClientKind.GENERIC,
        rule,
        Duration.ofSeconds(20),
        "push",
        null,
        ClientSources.DEFAULT,
        ClientDialogue.DEFAULT,
        ReplyAttributes.NONE);
  }

  private static SignedRequest signed() {
    return signed(USER);
  }

  private static SignedRequest signed(String user) {
    return new SignedRequest(42, SECRET, new SecureRandom())
        .add(AttributeType.USER_NAME, octets(user))
        .addPassword(octets("right"))
        .add(AttributeType.CALLING_STATION_ID, octets(STATION));
  }

  private static SignedRequest unsigned() {
    return signed().unsigned();
  }

  private static SignedRequest eap() {
    return new SignedRequest(43, SECRET, new SecureRandom())
        .add(AttributeType.USER_NAME, octets(USER))
        .add(EAP_MESSAGE, new byte[] {2, 1, 0, 6, 1, 'u'});
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Signs by hand: User-Name, User-Password, Calling-Station-Id, the signature before the nth. */
  private static byte[] signedBefore(int nth) throws Exception {
    byte[] plain = unsigned().encode();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(plain, 0, 20);
    int signature = 0;
    int offset = 20;
    for (int i = 0; i <= 3; i++) {
      if (i == nth) {
        signature = all.size();
        all.writeBytes(new byte[] {MESSAGE_AUTHENTICATOR, 18});
        all.writeBytes(new byte[16]);
      }
      if (i < 3) {
        all.write(plain, offset, plain[offset + 1]);
        offset += plain[offset + 1];
      }
    }
    byte[] datagram = all.toByteArray();
    datagram[2] = (byte) (datagram.length >> 8);
    datagram[3] = (byte) datagram.length;
    System.arraycopy(hmacMd5(datagram), 0, datagram, signature + 2, 16);
    return datagram;
  }

  private static byte[] hmacMd5(byte[] octets) throws Exception {
    Mac mac = Mac.getInstance("HmacMD5");
    mac.init(new SecretKeySpec(octets("secret"), "HmacMD5"));
    return mac.doFinal(octets);
  }

  private Optional<byte[]> exchange(DatagramSocket from, byte[] datagram, Duration atMost)
      throws Exception {
    from.send(new DatagramPacket(datagram, datagram.length));
    DatagramPacket reply = new DatagramPacket(new byte[5000], 5000);
    from.setSoTimeout((int) atMost.toMillis());
    try {
      from.receive(reply);
    } catch (SocketTimeoutException silence) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOf(reply.getData(), reply.getLength()));
  }

  private byte[] served(DatagramSocket from, SignedRequest request) throws Exception {
    return exchange(from, request.encode(), Duration.ofSeconds(15)).orElseThrow();
  }

  private byte[] served(SignedRequest request) throws Exception {
    return served(nas, request);
  }

  private void discarded(DatagramSocket from, byte[] datagram, DiscardReason reason)
      throws Exception {
    long before = gate.discarded().of(reason);
    from.send(new DatagramPacket(datagram, datagram.length));
    await().until(() -> gate.discarded().of(reason) == before + 1);
    from.setSoTimeout(20);
    try {
      from.receive(new DatagramPacket(new byte[5000], 5000));
      throw new AssertionError("a reply");
    } catch (SocketTimeoutException silence) {
      assertThat(gate.waiting()).isZero();
    }
  }

  private void discarded(SignedRequest request, DiscardReason reason) throws Exception {
    discarded(nas, request.encode(), reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void signature_atAnyPosition_isVerified(int position) throws Exception {
    byte[] right = signedBefore(position);
    byte[] wrong = right.clone();
    wrong[wrong.length - 1] ^= 1;
    discarded(nas, wrong, DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
    assertThat(exchange(nas, right, Duration.ofSeconds(15)))
        .as("the wrong one has not touched the memory of retransmissions")
        .hasValueSatisfying(reply -> assertThat(reply[0]).isEqualTo((byte) 2));
  }

  @ParameterizedTest
  @EnumSource(MessageAuthenticatorRule.class)
  void signature_thatIsWrong_isDiscardedUnderEveryRule(MessageAuthenticatorRule rule)
      throws Exception {
    client = clientWith(rule);
    byte[] wrong = signed().encode();
    wrong[22] ^= 1;
    discarded(nas, wrong, DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
  }

  @Test
  void signature_thatIsThereTwice_isDiscarded() throws Exception {
    discarded(
        signed().add(MESSAGE_AUTHENTICATOR, new byte[16]),
        DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17})
  void signature_ofAnotherLengthThan18_isDiscarded(int octets) throws Exception {
    discarded(
        unsigned().add(MESSAGE_AUTHENTICATOR, new byte[octets]),
        DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {USER, "mallory"})
  void reply_carriesItFirst_evenWhenTheRequestHadNone(String user) throws Exception {
    SignedRequest request = signed(user).unsigned();
    byte[] reply = served(request);
    assertThat(reply[0]).isEqualTo((byte) (user.equals(USER) ? 2 : 3));
    assertThat(Arrays.copyOfRange(reply, 20, 22)).containsExactly(MESSAGE_AUTHENTICATOR, 18);
    byte[] zeroed = reply.clone();
    System.arraycopy(request.requestAuthenticator(), 0, zeroed, 4, 16);
    Arrays.fill(zeroed, 22, 38, (byte) 0);
    assertThat(MessageDigest.isEqual(hmacMd5(zeroed), Arrays.copyOfRange(reply, 22, 38))).isTrue();
  }

  @Test
  void auto_takesUnsignedOnes_untilTheAddressHasSignedOne_alsoInANetwork() throws Exception {
    served(unsigned());
    served(signed());
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
    try (DatagramSocket neighbour = nasAt("127.0.0.2")) {
      served(neighbour, unsigned());
    }
    assertThat(memory.kept.values())
        .singleElement()
        .satisfies(
            turned -> {
              assertThat(turned.address()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
              assertThat(turned.client()).isEqualTo("nas");
            });
  }

  @Test
  void auto_isKeptOverARestart() throws Exception {
    served(signed());
    gate.close();
    nas.close();
    startGate();
    nas = nasAt("127.0.0.1");
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
  }

  @Test
  void auto_isKeptBeforeTheAnswerLeaves_alsoThatOfASecondRequest() throws Exception {
    memory.disk = new CountDownLatch(1);
    byte[] first = signed().encode();
    byte[] second = signed().encode();
    assertThat(exchange(nas, first, Duration.ofMillis(300))).isEmpty();
    assertThat(exchange(nas, second, Duration.ofMillis(300))).isEmpty();
    assertThat(memory.tries).hasValue(2);
    discardedMeanwhile(unsigned());
    memory.disk.countDown();
    assertThat(exchange(nas, first, Duration.ofSeconds(15))).isPresent();
    assertThat(memory.kept).hasSize(1);
  }

  /** While logins wait. */
  private void discardedMeanwhile(SignedRequest request) throws Exception {
    byte[] datagram = request.encode();
    nas.send(new DatagramPacket(datagram, datagram.length));
    await().until(() -> gate.discarded().of(DiscardReason.NO_LONGER_SIGNED) == 1);
  }

  @Test
  void auto_whenItCannotBeKept_goesOnAndTriesAgain() throws Exception {
    memory.broken = true;
    served(signed());
    served(signed());
    assertThat(memory.tries).hasValue(2);
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("ERROR"))
        .singleElement()
        .asString()
        .contains("127.0.0.1 of client nas", "the disk is full");
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
    memory.broken = false;
    served(signed());
    assertThat(memory.kept).hasSize(1);
    served(signed());
    assertThat(memory.tries).as("kept once").hasValue(3);
  }

  @Test
  void auto_thatIsForgotten_takesUnsignedOnesWithoutARestart() throws Exception {
    served(signed());
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
    memory.kept.clear();
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> exchange(nas, unsigned().encode(), Duration.ofMillis(100)).isPresent());
    assertThat(log.lines())
        .anyMatch(line -> line.startsWith("WARN it was forgotten that 127.0.0.1"));
    served(signed());
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
  }

  @Test
  void auto_remembersSoManyAddressesOfAClient_andSaysWhatToDoThen() throws Exception {
    for (int i = 1; i < SignatureRatchet.MOST_PER_CLIENT; i++) {
      InetAddress address =
          InetAddress.getByAddress(new byte[] {127, 1, (byte) (i >> 8), (byte) i});
      memory.kept.put(address, new RatchetMemory.Turned(address, "nas", Instant.EPOCH));
    }
    gate.close();
    nas.close();
    startGate();
    nas = nasAt("127.0.0.1");
    served(signed());
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
    try (DatagramSocket oneTooMany = nasAt("127.0.0.2")) {
      served(oneTooMany, signed());
      served(oneTooMany, unsigned());
    }
    assertThat(memory.kept).hasSize(SignatureRatchet.MOST_PER_CLIENT);
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("ERROR"))
        .singleElement()
        .asString()
        .contains("4096 addresses of client nas", "clients.nas.message-authenticator = required");
  }

  @Test
  void auto_isNotTurnedByEap() throws Exception {
    exchange(nas, eap().encode(), Duration.ofMillis(200));
    served(unsigned());
    assertThat(memory.kept).isEmpty();
  }

  @Test
  void auto_isNotTurnedByStatusServer() throws Exception {
    SignedRequest status = new SignedRequest(44, SECRET, new SecureRandom());
    status.setPacketType(12);
    exchange(nas, status.encode(), Duration.ofMillis(200));
    served(unsigned());
    assertThat(memory.kept).isEmpty();
  }

  @Test
  void auto_isNotTurnedByAWrongSignatureOrAPacketThatIsDropped() throws Exception {
    byte[] wrong = signed().encode();
    wrong[22] ^= 1;
    discarded(nas, wrong, DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
    discarded(signed().add(AttributeType.CHAP_PASSWORD, new byte[17]), DiscardReason.CONTENT);
    served(unsigned());
    assertThat(memory.kept).isEmpty();
  }

  @Test
  void auto_isNotTurnedUnderOtherRules() throws Exception {
    client = clientWith(MessageAuthenticatorRule.OPTIONAL);
    served(signed());
    served(unsigned());
    client = clientWith(MessageAuthenticatorRule.REQUIRED);
    served(signed());
    client = clientWith(MessageAuthenticatorRule.AUTO);
    served(unsigned());
  }

  @Test
  void auto_namesClientAddressSettingAndCommand_onceAMinute() throws Exception {
    served(signed());
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
    discarded(unsigned(), DiscardReason.NO_LONGER_SIGNED);
    assertThat(warning())
        .contains(
            "packets of nas (127.0.0.1)",
            "'pushgate clients forget-ratchet nas 127.0.0.1'",
            "'clients.nas.message-authenticator = optional'");
  }

  @Test
  void required_discardsUnsignedOnes_andNamesTheSettingOnceAMinute() throws Exception {
    client = clientWith(MessageAuthenticatorRule.REQUIRED);
    discarded(unsigned(), DiscardReason.MESSAGE_AUTHENTICATOR_MISSING);
    discarded(unsigned(), DiscardReason.MESSAGE_AUTHENTICATOR_MISSING);
    served(signed());
    assertThat(warning())
        .contains("packets of nas", "clients.nas.message-authenticator = required")
        .doesNotContain("forget-ratchet");
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageAuthenticatorRule.class,
      names = {"AUTO", "OPTIONAL"})
  void proxyState_withoutSignature_isDiscardedAllTheSame(MessageAuthenticatorRule rule)
      throws Exception {
    client = clientWith(rule);
    discarded(
        unsigned().add(AttributeType.PROXY_STATE, octets("x")), DiscardReason.PROXY_STATE_UNSIGNED);
    assertThat(warning()).contains("packets of nas", "let the proxy send it");
    served(signed().add(AttributeType.PROXY_STATE, octets("x")));
  }

  @ParameterizedTest
  @EnumSource(MessageAuthenticatorRule.class)
  void eap_withoutSignature_isDiscardedUnderEveryRule(MessageAuthenticatorRule rule)
      throws Exception {
    client = clientWith(rule);
    discarded(eap().unsigned(), DiscardReason.EAP_UNSIGNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {USER, "user-chosen-other"})
  void reply_toAnUnsignedRequest_echoesNothingThatTheSenderChose(String user) throws Exception {
    SignedRequest request = signed(user).unsigned();
    for (int type : new int[] {4, 6, 8, 11, 18, 24, 25, 30, 32, 60, 87}) {
      request.add(type, octets("user-chosen-" + type));
    }
    String reply = new String(served(request), StandardCharsets.ISO_8859_1);
    assertThat(reply).doesNotContain("user-chosen");
  }

  private String warning() {
    List<String> warnings = log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    assertThat(warnings).hasSize(1);
    return warnings.getFirst();
  }
}
