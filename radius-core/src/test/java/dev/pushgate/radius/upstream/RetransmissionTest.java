package dev.pushgate.radius.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.packet.SharedSecret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** When requests are sent again, and to whom, by a clock of the test's own. */
class RetransmissionTest {
  private final ClockedLines network = new ClockedLines();

  private static UpstreamServer server(int port) {
    return new UpstreamServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SharedSecret.of("secret"));
  }

  private UpstreamClient client(Duration timeout, int... ports) {
    return new UpstreamClient(
        new UpstreamSettings(
            Arrays.stream(ports).mapToObj(RetransmissionTest::server).toList(),
            timeout,
            Duration.ofSeconds(4),
            false,
            10),
        network,
        network,
        new SecureRandom());
  }

  private static UpstreamReply ask(UpstreamClient client) throws InterruptedException {
    return client.ask(request -> request.addPassword(new byte[] {'x'}), Instant.MAX);
  }

  private List<Integer> ports() {
    return network.sent().stream().map(ClockedLines.Sent::port).toList();
  }

  /** RFC 5080 section 2.2.1: IRT 2 s, MRT 16 s, RAND a tenth. */
  @RepeatedTest(20)
  void pauses_areThoseOfRfc5080() {
    Retransmission pauses = new Retransmission(new Random(), 7);
    double before = pauses.next().toNanos() / 1e9;
    assertThat(before).isBetween(1.8, 2.2);
    for (int i = 1; i < 7; i++) {
      double pause = pauses.next().toNanos() / 1e9;
      if (pause > before * 1.9 - 1e-6 && pause < before * 2.1 + 1e-6 && pause <= 16) {
        assertThat(pause).isGreaterThan(before);
      } else {
        assertThat(before * 2.1).as("would be longer than 16 s").isGreaterThan(16);
        assertThat(pause).isBetween(14.4, 17.6);
      }
      before = pause;
    }
    assertThat(pauses.hasNext()).isFalse();
  }

  @Test
  void silentServer_isSentTheSameOctetsUntilTheTimeIsOver() throws Exception {
    assertThat(ask(client(Duration.ofSeconds(60), 1))).isInstanceOf(UpstreamReply.Unanswered.class);

    assertThat(network.sent()).hasSizeBetween(5, 6);
    assertThat(network.sent())
        .extracting(ClockedLines.Sent::octets)
        .containsOnly(network.sent().getFirst().octets());
    assertThat(network.instant()).isEqualTo(ClockedLines.START.plusSeconds(60));
  }

  @Test
  void deadline_endsItEarlier() throws Exception {
    var _ = client(Duration.ofSeconds(60), 1).ask(_ -> {}, ClockedLines.START.plusSeconds(3));

    assertThat(network.sent()).hasSize(2);
    assertThat(network.instant()).isEqualTo(ClockedLines.START.plusSeconds(3));
  }

  @Test
  void silentServer_isGivenUpAfterThreeTriesForANewPacketToTheNext() throws Exception {
    assertThat(ask(client(Duration.ofSeconds(60), 1, 2)))
        .isInstanceOfSatisfying(
            UpstreamReply.Unanswered.class,
            unanswered -> assertThat(unanswered.why()).contains("127.0.0.1:1 ", "127.0.0.1:2 "));

    assertThat(ports()).startsWith(1, 1, 1, 2, 2, 2).hasSizeGreaterThan(7);
    assertThat(network.sent().get(3).after())
        .isBetween(Duration.ofSeconds(11), Duration.ofSeconds(17));
    assertThat(network.sent().get(3).octets()).isNotEqualTo(network.sent().getFirst().octets());
  }

  @Test
  void shortTime_isShared() throws Exception {
    var _ = ask(client(Duration.ofSeconds(5), 1, 2));

    assertThat(ports()).containsExactly(1, 1, 2, 2);
    assertThat(network.sent().get(2).after()).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void closedPort_isGivenUpAtOnceWhereThereIsAnother() throws Exception {
    network.refuse(1);
    var _ = ask(client(Duration.ofSeconds(10), 1, 2));

    assertThat(ports()).startsWith(1, 2, 2);
    assertThat(network.sent().get(1).after()).isZero();
  }

  /** The one server may be starting. */
  @Test
  void closedPort_ofTheLastServer_isAskedAgain() throws Exception {
    network.refuse(1);
    assertThat(ask(client(Duration.ofSeconds(10), 1)))
        .isInstanceOfSatisfying(
            UpstreamReply.Unanswered.class,
            unanswered ->
                assertThat(unanswered.why()).startsWith("nothing listens on 127.0.0.1:1"));

    assertThat(ports()).containsExactly(1, 1, 1);
  }

  @Test
  void serverThatIsDown_isPassedOverAndThenTriedByOneRequestOnce() throws Exception {
    network.refuse(1);
    UpstreamClient client = client(Duration.ofSeconds(3), 1, 2);
    var _ = ask(client);
    network.sent().clear();

    // Its second server is down, too, by now; still the one that failed longer ago is tried first.
    var _ = ask(client);
    assertThat(ports()).startsWith(1, 2);
  }

  @Test
  void askingOne_asksNoOther() throws Exception {
    UpstreamClient client = client(Duration.ofSeconds(30), 1, 2);
    var _ = client.ask(server(2), _ -> {}, Instant.MAX);

    assertThat(ports()).containsOnly(2);
    assertThat(network.instant()).isEqualTo(ClockedLines.START.plusSeconds(30));
  }
}
