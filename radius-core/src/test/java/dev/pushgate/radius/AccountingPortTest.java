package dev.pushgate.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.audit.AuditRecord.Accounted;
import dev.pushgate.radius.audit.AuditRecord.Usage;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.RatchetMemory;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.login.PasswordLimits;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.packet.AccountingRequest;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.OutgoingRequest;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounting (RFC 2866) and Status-Server (RFC 5997) over real UDP. */
class AccountingPortTest {
  private static final SharedSecret SECRET = SharedSecret.of("xyzzy5461");
  private static final byte ACCESS_ACCEPT = 2;
  private static final byte ACCOUNTING_RESPONSE = 5;

  private static final int STATUS_TYPE = 40;
  private static final int DELAY_TIME = 41;
  private static final int SESSION_ID = 44;
  private static final int TERMINATE_CAUSE = 49;

  // RFC 5997 section 6.1, to the authentication port, and 6.2, to the accounting port.
  private static final String STATUS_OF_AUTHENTICATION =
      "0cda00268a54f4686fb394c52866e302185d062350125a665e2e1e8411f3e243822097c84fa3";
  private static final String STATUS_OF_ACCOUNTING =
      "0cb30026925f6b66dd5fed571fcb1db7ad3882605012e8d6eabda910875cd91fdade26367858";

  private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  private volatile Runnable beforeRecording = () -> {};
  private final Client client = Client.of("nas", "127.0.0.1", "xyzzy5461");
  private RadiusGate gate;
  private DatagramSocket socket;
  private Nas nas;

  @BeforeEach
  void start() throws Exception {
    gate =
        new RadiusGate(
            new GateSettings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                Duration.ZERO,
                new Exchanges.Bounds(0, 0, 0)),
            Clients.of(client),
            _ -> {
              throw new IllegalStateException("nobody logs in here");
            },
            Map.of(),
            RatchetMemory.ofThisProcess(),
            PasswordLimits.NONE,
            record -> {
              beforeRecording.run();
              records.add(record);
            },
            InstantSource.system(),
            new SecureRandom());
    gate.start();
    socket = new DatagramSocket();
    socket.setSoTimeout(15_000);
    nas = new Nas(gate.accountingAddresses().getFirst(), SECRET, new SecureRandom());
  }

  @AfterEach
  void stop() {
    nas.close();
    socket.close();
    gate.close();
  }

  private AccountingRequest request(int status) {
    return nas.accounting()
        .add(STATUS_TYPE, status)
        .add(SESSION_ID, "0001".getBytes(StandardCharsets.UTF_8));
  }

  private ReceivedPacket ask(OutgoingRequest request) throws Exception {
    Duration patience = Duration.ofSeconds(15);
    return nas.ask(request, patience, patience, Nas.Progress.NONE).orElseThrow().packet();
  }

  private void send(byte[] datagram, InetSocketAddress to) throws Exception {
    socket.send(new DatagramPacket(datagram, datagram.length, to));
  }

  private byte[] exchange(byte[] datagram) throws Exception {
    send(datagram, gate.accountingAddresses().getFirst());
    return receive();
  }

  private byte[] receive() throws Exception {
    DatagramPacket datagram = new DatagramPacket(new byte[5000], 5000);
    socket.receive(datagram);
    return Arrays.copyOf(datagram.getData(), datagram.getLength());
  }

  private void assertSilence(byte[] datagram, InetSocketAddress to, DiscardReason reason)
      throws Exception {
    send(datagram, to);
    await().until(() -> gate.discarded().of(reason) == 1);
    socket.setSoTimeout(1);
    try {
      throw new AssertionError("a reply of code " + receive()[0]);
    } catch (SocketTimeoutException silence) {
      assertThat(records).isEmpty();
    }
  }

  private Accounted recorded() {
    assertThat(records).hasSize(1);
    return (Accounted) records.getFirst();
  }

  @Test
  void stop_isRecordedWithAllThatItTells() throws Exception {
    Instant before = Instant.now();
    AccountingRequest stop =
        request(2)
            .add(AttributeType.USER_NAME, "al\u001bice".getBytes(StandardCharsets.UTF_8))
            .add(
                AttributeType.CALLING_STATION_ID,
                "203.0.113.7:51000".getBytes(StandardCharsets.UTF_8))
            .add(46, 3600)
            .add(42, -1)
            .add(52, 2)
            .add(43, 7)
            .add(53, -1)
            .add(47, 10)
            .add(48, 20)
            .add(TERMINATE_CAUSE, 4)
            .add(50, "multi".getBytes(StandardCharsets.UTF_8))
            .add(DELAY_TIME, 3)
            .add(55, 1_700_000_000)
            .add(8, new byte[] {10, 0, 0, 9})
            .add(168, HexFormat.of().parseHex("20010db8000000000000000000000009"))
            .add(97, HexFormat.of().parseHex("004020010db800000001"))
            .add(25, "OU=staff;".getBytes(StandardCharsets.UTF_8))
            .add(25, new byte[] {0});
    assertThat(ask(stop).getPacketType()).isEqualTo(ACCOUNTING_RESPONSE);
    Accounted accounted = recorded();
    assertThat(accounted.at()).isBetween(before, Instant.now());
    assertThat(accounted)
        .isEqualTo(
            new Accounted(
                accounted.at(),
                "nas",
                "127.0.0.1",
                "stop",
                "al\\u{1b}ice",
                "203.0.113.7",
                "0001",
                "multi",
                new Usage(Duration.ofHours(1), 0x2_ffff_ffffL, 0xffff_ffff_0000_0007L, 10L, 20L),
                "idle-timeout",
                List.of("10.0.0.9", "2001:db8:0:0:0:0:0:9", "2001:db8:0:1:0:0:0:0/64"),
                List.of("OU=staff;", "\\u{0}"),
                Duration.ofSeconds(3),
                Instant.ofEpochSecond(1_700_000_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, start",
    "3, interim-update",
    "7, accounting-on",
    "8, accounting-off",
    "9, 9",
    "-1, 4294967295"
  })
  void everyStatus_isRecordedAndAnswered(int number, String word) throws Exception {
    ask(request(number));
    assertThat(recorded().status()).isEqualTo(word);
    assertThat(recorded().userName()).isNull();
    assertThat(recorded().usage()).isEqualTo(new Usage(null, null, null, null, null));
  }

  @Test
  void requestWithoutAnyAttribute_isRecordedAndAnswered() throws Exception {
    ask(nas.accounting());
    assertThat(recorded().status()).isNull();
  }

  @Test
  void attributesOfAWrongLength_tellNothing() throws Exception {
    ask(
        request(1)
            .add(42, new byte[3])
            .add(8, new byte[5])
            .add(97, new byte[1])
            .add(97, new byte[19])
            .add(TERMINATE_CAUSE, new byte[0]));
    assertThat(recorded().usage().inputOctets()).isNull();
    assertThat(recorded().addresses()).isEmpty();
    assertThat(recorded().terminateCause()).isNull();
  }

  @Test
  void answer_leavesOnlyAfterTheRecordIsWritten() throws Exception {
    CountDownLatch recording = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    beforeRecording =
        () -> {
          recording.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    byte[] datagram = request(1).encode();
    send(datagram, gate.accountingAddresses().getFirst());
    recording.await();
    send(datagram, gate.accountingAddresses().getFirst());
    await().until(() -> gate.discarded().of(DiscardReason.RETRANSMISSION) == 1);
    socket.setSoTimeout(1);
    try {
      throw new AssertionError("answered before it was recorded: " + receive()[0]);
    } catch (SocketTimeoutException silence) {
      release.countDown();
    }
    socket.setSoTimeout(15_000);
    assertThat(receive()[0]).isEqualTo(ACCOUNTING_RESPONSE);
    assertThat(records).hasSize(1);
  }

  @Test
  void whatCannotBeRecorded_isNotAnsweredUntilItCan() throws Exception {
    byte[] datagram = request(1).encode();
    beforeRecording =
        () -> {
          throw new AuditException("no space left on purpose", null);
        };
    assertSilence(datagram, gate.accountingAddresses().getFirst(), DiscardReason.NOT_RECORDED);
    beforeRecording = () -> {};
    socket.setSoTimeout(15_000);
    assertThat(exchange(datagram)[0]).isEqualTo(ACCOUNTING_RESPONSE);
    assertThat(records).hasSize(1);
  }

  @Test
  void auditThatBreaks_silencesNobodyElse() throws Exception {
    byte[] datagram = request(1).encode();
    CountDownLatch broken = new CountDownLatch(1);
    beforeRecording =
        () -> {
          broken.countDown();
          throw new IllegalStateException("broken on purpose");
        };
    send(datagram, gate.accountingAddresses().getFirst());
    broken.await();
    beforeRecording = () -> {};
    ask(request(2));
    assertThat(recorded().status()).isEqualTo("stop");
  }

  @Test
  void retransmission_isAnsweredWithTheSameOctetsAndRecordedOnce() throws Exception {
    byte[] datagram = request(1).add(AttributeType.PROXY_STATE, new byte[] {1, 2}).encode();
    byte[] first = exchange(datagram);
    assertThat(exchange(datagram)).isEqualTo(first);
    assertThat(records).hasSize(1);
  }

  @Test
  void newPacketWithAnotherDelay_isAnsweredAndNotRecordedAgain() throws Exception {
    ask(request(2).add(DELAY_TIME, 0));
    AccountingRequest later = request(2).add(DELAY_TIME, 5);
    assertThat(ask(later).getPacketIdentifier()).isEqualTo(later.getPacketIdentifier());
    assertThat(records).hasSize(1);
    ask(request(2).add(DELAY_TIME, 5).add(46, 61));
    assertThat(records).as("another session time is another report").hasSize(2);
  }

  @Test
  void proxyStates_areReturnedInOrder() throws Exception {
    ReceivedPacket answer =
        ask(
            request(1)
                .add(AttributeType.PROXY_STATE, new byte[] {0, 1})
                .add(AttributeType.PROXY_STATE, new byte[0]));
    assertThat(answer.values(AttributeType.PROXY_STATE))
        .containsExactly(new byte[] {0, 1}, new byte[0]);
    assertThat(answer.isSigned()).isFalse();
    assertThat(answer.getAttributes().size()).as("attributes").isEqualTo(2);
  }

  @Test
  void authenticatorMadeWithAnotherSecret_getsNoAnswer() throws Exception {
    byte[] datagram =
        new AccountingRequest(1, SharedSecret.of("another"), false).add(STATUS_TYPE, 1).encode();
    assertSilence(
        datagram, gate.accountingAddresses().getFirst(), DiscardReason.ACCOUNTING_AUTHENTICATOR);
  }

  @Test
  void accountingSignedAsAnAccessRequest_getsNoAnswer() throws Exception {
    SignedRequest request = new SignedRequest(1, SECRET, new SecureRandom());
    request.setPacketType(4);
    assertSilence(
        request.encode(),
        gate.accountingAddresses().getFirst(),
        DiscardReason.ACCOUNTING_AUTHENTICATOR);
  }

  @Test
  void messageAuthenticator_thatIsThereMustBeRight() throws Exception {
    ask(new AccountingRequest(1, SECRET, true).add(STATUS_TYPE, 1));
    assertThat(records).hasSize(1);
    records.clear();
    AccountingRequest wrong =
        new AccountingRequest(2, SECRET, false)
            .add(AttributeType.MESSAGE_AUTHENTICATOR, new byte[16]);
    assertSilence(
        wrong.encode(),
        gate.accountingAddresses().getFirst(),
        DiscardReason.MESSAGE_AUTHENTICATOR_WRONG);
  }

  @Test
  void accessRequestOnTheAccountingPort_getsNoAnswer() throws Exception {
    assertSilence(
        new SignedRequest(1, SECRET, new SecureRandom()).encode(),
        gate.accountingAddresses().getFirst(),
        DiscardReason.CODE);
  }

  @Test
  void accountingOnTheAuthenticationPort_getsNoAnswer() throws Exception {
    assertSilence(request(1).encode(), gate.addresses().getFirst(), DiscardReason.CODE);
  }

  @Test
  void strangerOnTheAccountingPort_getsNoAnswer() throws Exception {
    socket.close();
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
    assertSilence(
        request(1).encode(), gate.accountingAddresses().getFirst(), DiscardReason.UNKNOWN_CLIENT);
  }

  @Test
  void statusServerOfTheRfc_isAnsweredOnBothPortsHoweverFullTheGateIs() throws Exception {
    byte[] login = new SignedRequest(1, SECRET, new SecureRandom()).encode();
    send(login, gate.addresses().getFirst());
    assertThat(receive()[0]).as("the gate is full").isEqualTo((byte) 3);

    send(HexFormat.of().parseHex(STATUS_OF_AUTHENTICATION), gate.addresses().getFirst());
    byte[] accept = receive();
    assertThat(accept[0]).isEqualTo(ACCESS_ACCEPT);
    assertThat(accept[1]).isEqualTo((byte) 0xda);
    assertThat(accept[20]).as("Message-Authenticator first").isEqualTo((byte) 80);

    byte[] response = exchange(HexFormat.of().parseHex(STATUS_OF_ACCOUNTING));
    assertThat(response[0]).isEqualTo(ACCOUNTING_RESPONSE);
    assertThat(response[1]).isEqualTo((byte) 0xb3);
    assertThat(response[20]).isEqualTo((byte) 80);
    assertThat(records).noneMatch(AuditRecord.Accounted.class::isInstance);
  }

  @Test
  void statusServer_sentAgain_isAnsweredAgain() throws Exception {
    byte[] datagram = nas.statusServer().encode();
    byte[] first = exchange(datagram);
    assertThat(exchange(datagram)).isEqualTo(first);
  }

  @Test
  void answerToStatusServer_isSignedAndCheckedByTheNas() throws Exception {
    SignedRequest status = nas.statusServer();
    status.add(AttributeType.PROXY_STATE, new byte[] {7});
    ReceivedPacket answer = ask(status);
    assertThat(answer.isSigned()).isTrue();
    assertThat(answer.values(AttributeType.PROXY_STATE)).containsExactly(new byte[] {7});
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void statusServerWithoutMessageAuthenticator_getsNoAnswer(boolean accounting) throws Exception {
    assertSilence(
        nas.statusServer().unsigned().encode(),
        (accounting ? gate.accountingAddresses() : gate.addresses()).getFirst(),
        DiscardReason.STATUS_SERVER_UNSIGNED);
  }

  @Test
  void statusServer_doesNotTurnTheRatchet() throws Exception {
    send(nas.statusServer().encode(), gate.addresses().getFirst());
    assertThat(receive()[0]).isEqualTo(ACCESS_ACCEPT);
    send(
        new SignedRequest(1, SECRET, new SecureRandom()).unsigned().encode(),
        gate.addresses().getFirst());
    assertThat(receive()[0]).as("an answer, if only that the gate is full").isEqualTo((byte) 3);
  }
}
