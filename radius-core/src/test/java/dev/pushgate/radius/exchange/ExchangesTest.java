package dev.pushgate.radius.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.exchange.Exchanges.Arrival;
import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.socket.ReplyPath;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");

  private Instant now = Instant.EPOCH;
  private final Exchanges exchanges = new Exchanges(new Exchanges.Bounds(3, 2, 4), () -> now);
  private DatagramSocket server;
  private DatagramSocket nas;

  @BeforeEach
  void openSockets() throws Exception {
    server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    nas = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    nas.setSoTimeout(5_000);
  }

  @AfterEach
  void closeSockets() {
    server.close();
    nas.close();
  }

  private Arrival arrive(String client, int identifier) {
    return arrive(client, identifier, 2);
  }

  private Arrival arrive(String client, int identifier, long authenticator) {
    byte[] datagram = new SignedRequest(identifier, SECRET, new SecureRandom()).encode();
    PacketDecoder.Decoded.Packet decoded =
        (PacketDecoder.Decoded.Packet)
            PacketDecoder.decodeRequest(datagram, datagram.length, SECRET);
    AccessRequest request =
        new AccessRequest("1", decoded.packet(), Client.of(client, "127.0.0.1", "secret"), now);
    InetSocketAddress source = (InetSocketAddress) nas.getLocalSocketAddress();
    Slot slot = new Slot(source, (InetSocketAddress) server.getLocalSocketAddress(), identifier);
    return exchanges.arrive(
        new RequestKey(slot, 1, authenticator), request, new ReplyPath(server, source));
  }

  private Exchange arriveNew(String client, int identifier, long authenticator) {
    return ((Arrival.New) arrive(client, identifier, authenticator)).exchange();
  }

  private Exchange arriveNew(String client, int identifier) {
    return ((Arrival.New) arrive(client, identifier)).exchange();
  }

  private byte[] receive() throws Exception {
    DatagramPacket datagram = new DatagramPacket(new byte[100], 100);
    nas.receive(datagram);
    return Arrays.copyOf(datagram.getData(), datagram.getLength());
  }

  @Test
  void retransmission_whileWaiting_isNotNew() {
    arriveNew("nas", 1);
    assertThat(arrive("nas", 1)).isInstanceOf(Arrival.InProgress.class);
    assertThat(exchanges.waiting()).isEqualTo(1);
  }

  @Test
  void retransmission_within30SecondsOfTheReply_getsTheSameOctets() throws Exception {
    Exchange exchange = arriveNew("nas", 1);
    now = now.plusSeconds(60);
    exchanges.answer(exchange, new byte[] {1, 2, 3});
    assertThat(receive()).containsExactly(1, 2, 3);
    now = now.plusSeconds(30);
    exchanges.forgetOldReplies();
    assertThat(arrive("nas", 1)).isInstanceOf(Arrival.Answered.class);
    assertThat(receive()).containsExactly(1, 2, 3);
  }

  @Test
  void retransmission_laterThanThat_isANewRequest() {
    exchanges.answer(arriveNew("nas", 1), new byte[] {1});
    now = now.plus(Duration.ofMillis(30_001));
    exchanges.forgetOldReplies();
    assertThat(arrive("nas", 1)).isInstanceOf(Arrival.New.class);
  }

  @Test
  void answer_whenThereIsOne_isNotSent() throws Exception {
    Exchange exchange = arriveNew("nas", 1);
    assertThat(exchanges.answer(exchange, new byte[] {1})).isTrue();
    assertThat(exchanges.answer(exchange, new byte[] {2})).isFalse();
    assertThat(receive()).containsExactly(1);
    assertThat(arrive("nas", 1)).isInstanceOf(Arrival.Answered.class);
    assertThat(receive()).containsExactly(1);
  }

  @Test
  void newRequest_beyondTheBoundOfItsClient_isRefusedAndOthersAreNot() {
    Exchange first = arriveNew("nas", 1);
    arriveNew("nas", 2);
    assertThat(arrive("nas", 3)).isInstanceOf(Arrival.Refused.class);
    assertThat(arrive("other", 4)).isInstanceOf(Arrival.New.class);
    assertThat(arrive("third", 5)).as("the bound of all").isInstanceOf(Arrival.Refused.class);
    exchanges.answer(first, new byte[] {1});
    assertThat(arrive("nas", 3)).as("after one has ended").isInstanceOf(Arrival.New.class);
  }

  @Test
  void keptReplies_atTheBound_areNotDroppedForNewRequests() {
    for (int identifier = 0; identifier < 4; identifier++) {
      exchanges.answer(arriveNew("nas", identifier), new byte[] {1});
    }
    assertThat(arrive("nas", 9)).isInstanceOf(Arrival.Refused.class);
    assertThat(arrive("nas", 0)).isInstanceOf(Arrival.Answered.class);
  }

  @Test
  void conflictingRequest_withARightPassword_endsTheWaitOfTheOlder() throws Exception {
    Exchange older = arriveNew("nas", 1, 1);
    assertThat(older.claimIdentifier()).isTrue();
    Exchange newer = arriveNew("nas", 1, 2);
    assertThat(older.isWaiting()).as("before the newer one's password is known").isTrue();
    assertThat(newer.claimIdentifier()).isTrue();
    assertThat(older.isWaiting()).isFalse();
    assertThat(exchanges.waiting()).isEqualTo(1);
    assertThat(exchanges.answer(older, new byte[] {1})).isFalse();
    assertThat(arrive("nas", 1, 1)).as("a late copy").isInstanceOf(Arrival.Answered.class);
    exchanges.answer(newer, new byte[] {2});
    assertThat(receive()).as("the only reply").containsExactly(2);
  }

  @Test
  void conflictingRequest_whoseOlderOneClaimsLater_keepsTheIdentifier() {
    Exchange older = arriveNew("nas", 1, 1);
    Exchange newer = arriveNew("nas", 1, 2);
    assertThat(newer.claimIdentifier()).isTrue();
    assertThat(older.claimIdentifier()).isFalse();
    assertThat(older.isWaiting()).isFalse();
    assertThat(newer.isWaiting()).isTrue();
  }

  @Test
  void identifier_usedAgain_makesRoomForReplies() {
    for (int login = 0; login < 20; login++) {
      Exchange exchange = arriveNew("nas", 1, login);
      exchange.claimIdentifier();
      exchanges.answer(exchange, new byte[] {1});
    }
    assertThat(arrive("nas", 1, 19)).isInstanceOf(Arrival.Answered.class);
  }

  @Test
  void interruption_ofAWait_endsItNowAndFromThenOn() {
    Exchange exchange = arriveNew("nas", 1);
    assertThatThrownBy(
            () ->
                exchange.interruptibly(
                    () -> {
                      exchange.endTime();
                      Thread.sleep(60_000);
                      return "slept";
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).as("what follows is left alone").isFalse();
    assertThatThrownBy(() -> exchange.interruptibly(() -> "went on"))
        .isInstanceOf(InterruptedException.class);
  }
}
