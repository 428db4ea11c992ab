package dev.pushgate.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate over real UDP, with a NAS that looks at octets. */
class RadiusGateTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");
  private static final byte ACCEPT = 2;
  private static final byte REJECT = 3;

  private volatile SecondFactor factor = (login, deadline) -> new Outcome.Approved();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable Login seen;
  private Client client =
      Client.of("nas", "127.0.0.1", "secret").withAnswerWithin(Duration.ofSeconds(20));
  private RadiusGate gate;
  private DatagramSocket nas;

  @BeforeEach
  void start() throws Exception {
    start("127.0.0.1");
  }

  private void start(String address) throws Exception {
    gate =
        new RadiusGate(
            new GateSettings(
                List.of(new InetSocketAddress(address, 0)),
                Duration.ofMillis(200),
                Exchanges.Bounds.DEFAULT),
            source -> Clients.of(client).find(source),
            RadiusGateTest::check,
            Map.of(
                "push",
                (login, deadline) -> {
                  asked.incrementAndGet();
                  seen = login;
                  return factor.verify(login, deadline);
                }),
            InstantSource.system(),
            new SecureRandom());
    gate.start();
    nas = new DatagramSocket();
    nas.connect(gate.addresses().getFirst());
    nas.setSoTimeout(15_000);
  }

  @AfterEach
  void stop() {
    nas.close();
    gate.close();
  }

  private static UserSource.Answer check(Attempt attempt) {
    String name = attempt.userName();
    Password password = attempt.password();
    String text = new String(((Password.Pap) password).octets(), StandardCharsets.UTF_8);
    return name.equalsIgnoreCase("alice") && text.equals("right")
        ? new UserSource.Answer.Right(new User("alice", Set.of(), null))
        : new UserSource.Answer.Wrong("wrong password");
  }

  private static SignedRequest request(String user, String password) {
    return new SignedRequest(42, SECRET, new SecureRandom())
        .add(AttributeType.USER_NAME, user.getBytes(StandardCharsets.UTF_8))
        .addPassword(password.getBytes(StandardCharsets.UTF_8));
  }

  private void send(byte[] datagram) throws Exception {
    nas.send(new DatagramPacket(datagram, datagram.length));
  }

  private byte[] receive() throws Exception {
    DatagramPacket datagram = new DatagramPacket(new byte[5000], 5000);
    nas.receive(datagram);
    return Arrays.copyOf(datagram.getData(), datagram.getLength());
  }

  private byte[] exchange(SignedRequest request) throws Exception {
    send(request.encode());
    return receive();
  }

  private static String text(byte[] reply) {
    return new String(reply, StandardCharsets.UTF_8);
  }

  @Test
  void login_withRightPasswordAndApproval_isAccepted() throws Exception {
    SignedRequest request = request("ALICE", "right");
    request.add(
        AttributeType.CALLING_STATION_ID, "203.0.113.7:51000".getBytes(StandardCharsets.UTF_8));
    byte[] reply = exchange(request);
    assertThat(reply[0]).isEqualTo(ACCEPT);
    assertThat(reply[1]).isEqualTo((byte) 42);
    assertThat((reply[2] & 0xff) << 8 | (reply[3] & 0xff)).isEqualTo(reply.length).isEqualTo(38);
    Login login = Objects.requireNonNull(seen);
    assertThat(login.user().name()).as("canonical name").isEqualTo("alice");
    assertThat(login.userAddress()).isEqualTo("203.0.113.7");
  }

  @Test
  void login_withWrongPassword_isRejectedAfterTheDelayAndNobodyIsAsked() throws Exception {
    long start = System.nanoTime();
    byte[] reply = exchange(request("alice", "wrong"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(199));
    assertThat(reply[0]).isEqualTo(REJECT);
    assertThat(text(reply)).contains("Wrong user name or password.");
    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void password_thatIsEmptyOrHoldsANul_isWrongBeforeAnySourceIsAsked(String password)
      throws Exception {
    byte[] reply = exchange(request("alice", password));
    assertThat(reply[0]).isEqualTo(REJECT);
    assertThat(text(reply)).contains("Wrong user name or password.");
  }

  @Test
  void login_withoutOrWithTwoUserNames_isRejected() throws Exception {
    SignedRequest none =
        new SignedRequest(1, SECRET, new SecureRandom())
            .addPassword("right".getBytes(StandardCharsets.UTF_8));
    assertThat(exchange(none)[0]).isEqualTo(REJECT);
    SignedRequest two = request("alice", "right");
    two.add(AttributeType.USER_NAME, "bob".getBytes(StandardCharsets.UTF_8));
    assertThat(exchange(two)[0]).isEqualTo(REJECT);
    assertThat(asked).hasValue(0);
  }

  @Test
  void login_thatIsDenied_isRejectedWithTheFactorsWords() throws Exception {
    factor = (login, deadline) -> new Outcome.Denied("denied", "You said no.");
    byte[] reply = exchange(request("alice", "right"));
    assertThat(reply[0]).isEqualTo(REJECT);
    assertThat(text(reply)).contains("You said no.");
  }

  @Test
  void retransmission_whileWaitingAndAfter_asksOnceAndAnswersTheSameOctets() throws Exception {
    CountDownLatch approval = new CountDownLatch(1);
    factor =
        (login, deadline) -> {
          approval.await();
          return new Outcome.Approved();
        };
    byte[] datagram = request("alice", "right").encode();
    send(datagram);
    await().until(() -> asked.get() == 1);
    send(datagram);
    send(datagram);
    await().until(() -> gate.discarded().of(DiscardReason.RETRANSMISSION) == 2);
    approval.countDown();
    byte[] first = receive();
    send(datagram);
    byte[] again = receive();
    assertThat(again).isEqualTo(first);
    assertThat(first[0]).isEqualTo(ACCEPT);
    assertThat(asked).hasValue(1);
    assertThat(gate.waiting()).isZero();
  }

  @Test
  void sameIdentifierWithAnotherAuthenticator_isANewLogin() throws Exception {
    assertThat(exchange(request("alice", "right"))[0]).isEqualTo(ACCEPT);
    assertThat(exchange(request("alice", "right"))[0]).isEqualTo(ACCEPT);
    assertThat(asked).hasValue(2);
  }

  @Test
  void factor_thatNeverEnds_isAnsweredInItsSteadWithinTheBudget() throws Exception {
    client = client.withAnswerWithin(Duration.ofSeconds(2));
    CountDownLatch interrupted = new CountDownLatch(1);
    factor =
        (login, deadline) -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return new Outcome.Approved();
        };
    Instant start = Instant.now();
    byte[] reply = exchange(request("alice", "right"));
    assertThat(reply[0]).isEqualTo(REJECT);
    assertThat(text(reply)).contains("took too long");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    interrupted.await();
  }

  @Test
  void factor_thatThrows_isARejectAndTheGateGoesOn() throws Exception {
    factor =
        (login, deadline) -> {
          throw new IllegalStateException("broken on purpose");
        };
    assertThat(exchange(request("alice", "right"))[0]).isEqualTo(REJECT);
    factor = (login, deadline) -> new Outcome.Approved();
    assertThat(exchange(request("alice", "right"))[0]).isEqualTo(ACCEPT);
  }

  @Test
  void factor_thatIsNotThere_isAReject() throws Exception {
    client =
        new Client(
            "nas",
            List.of(Network.parse("127.0.0.1")),
            SECRET,
            ClientKind.GENERIC,
            MessageAuthenticatorRule.AUTO,
            Duration.ofSeconds(20),
            "missing",
            null,
            ClientSources.DEFAULT,
            ClientDialogue.DEFAULT,
            ReplyAttributes.NONE);
    assertThat(exchange(request("alice", "right"))[0]).isEqualTo(REJECT);
  }

  @Test
  void login_ofAClientWhoseAttributesDoNotFitBesideTheProxyStates_isRejected() throws Exception {
    client =
        new Client(
            "nas",
            List.of(Network.parse("127.0.0.1")),
            SECRET,
            ClientKind.GENERIC,
            MessageAuthenticatorRule.AUTO,
            Duration.ofSeconds(20),
            "push",
            null,
            ClientSources.DEFAULT,
            ClientDialogue.DEFAULT,
            ReplyAttributes.of(
                "Class", Collections.nCopies(15, new EncodedAttribute(25, new byte[253]))));
    byte[] accept = exchange(request("alice", "right"));
    assertThat(accept[0]).isEqualTo(ACCEPT);
    assertThat(accept).hasSize(20 + 18 + 15 * 255);

    SignedRequest proxied = request("alice", "right");
    proxied.add(AttributeType.PROXY_STATE, new byte[253]);
    assertThat(exchange(proxied)[0]).isEqualTo(REJECT);
  }

  @Test
  void stop_whileLoginsWait_rejectsThemAndInterruptsTheirThreads() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    factor =
        (login, deadline) -> {
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
          return new Outcome.Approved();
        };
    send(request("alice", "right").encode());
    await().until(() -> asked.get() == 1);
    gate.close();
    assertThat(interrupted.getCount()).as("the factor has tidied up").isZero();
    byte[] reply = receive();
    assertThat(reply[0]).isEqualTo(REJECT);
    assertThat(text(reply)).contains("restarting");
  }

  @Test
  void unknownSource_getsNoAnswer() throws Exception {
    client = Client.of("elsewhere", "192.0.2.1", "secret");
    assertSilence(request("alice", "right").encode(), DiscardReason.UNKNOWN_CLIENT);
  }

  @Test
  void wrongMessageAuthenticator_getsNoAnswerAndDoesNotBlockTheRightOne() throws Exception {
    byte[] right = request("alice", "right").encode();
    byte[] wrong = right.clone();
    wrong[30] ^= 1;
    assertSilence(wrong, DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
    send(right);
    assertThat(receive()[0]).as("the forged copy did not touch the cache").isEqualTo(ACCEPT);
  }

  @Test
  void otherCodes_getNoAnswer() throws Exception {
    SignedRequest accounting = request("alice", "right");
    accounting.setPacketType(4);
    assertSilence(accounting.encode(), DiscardReason.CODE);
  }

  @Test
  void unsignedRequest_isServedUntilTheAddressHasSignedOne() throws Exception {
    assertThat(exchange(request("alice", "right").unsigned())[0]).isEqualTo(ACCEPT);
    assertThat(exchange(request("alice", "right"))[0]).isEqualTo(ACCEPT);
    assertSilence(request("alice", "right").unsigned().encode(), DiscardReason.NO_LONGER_SIGNED);
  }

  @Test
  void unsignedRequestWithProxyState_getsNoAnswer() throws Exception {
    SignedRequest request = request("alice", "right").unsigned();
    request.add(AttributeType.PROXY_STATE, new byte[] {1});
    assertSilence(request.encode(), DiscardReason.PROXY_STATE_UNSIGNED);
  }

  @Test
  void ipv6_isServedToo() throws Exception {
    stop();
    client = Client.of("six", "::1", "secret");
    start("::1");
    assertThat(nas.getInetAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
    assertThat(exchange(request("alice", "right"))[0]).isEqualTo(ACCEPT);
  }

  @Test
  void wildcard_answersFromTheAddressThatWasAsked() throws Exception {
    stop();
    start("0.0.0.0");
    InetSocketAddress loopback =
        gate.addresses().stream()
            .filter(address -> address.getAddress().isLoopbackAddress())
            .findFirst()
            .orElseThrow();
    nas.close();
    nas = new DatagramSocket();
    nas.setSoTimeout(15_000);
    byte[] datagram = request("alice", "right").encode();
    nas.send(new DatagramPacket(datagram, datagram.length, loopback));
    DatagramPacket reply = new DatagramPacket(new byte[5000], 5000);
    nas.receive(reply);
    assertThat(reply.getSocketAddress()).isEqualTo(loopback);
    assertThat(gate.addresses()).noneMatch(address -> address.getAddress().isAnyLocalAddress());
  }

  private void assertSilence(byte[] datagram, DiscardReason reason) throws Exception {
    long before = gate.discarded().of(reason);
    send(datagram);
    await().until(() -> gate.discarded().of(reason) == before + 1);
    nas.setSoTimeout(1);
    try {
      byte[] reply = receive();
      throw new AssertionError("a reply of code " + reply[0]);
    } catch (SocketTimeoutException silence) {
      assertThat(asked.get()).isLessThanOrEqualTo(2);
    }
    nas.setSoTimeout(15_000);
  }
}
