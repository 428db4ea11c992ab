package dev.pushgate.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.user.UserSource;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a datagram from nobody costs, whatever stands in it. */
class UnknownSourceTest {
  /** A clock reading, and what the JDK makes of a source address that is not that of before. */
  private static final long OCTETS_OF_MEMORY = 320;

  private static final int DATAGRAMS = 20_000;
  private static final int AT_ONCE = 100;

  @Test
  void unknownSource_costsNoAllocationWorthNaming() throws Exception {
    Clients clients =
        Clients.of(
            Client.of("host", "192.0.2.1", "secret"),
            Client.of("network", "198.51.100.0/24", "secret"),
            Client.of("another", "203.0.113.128/25", "secret"),
            Client.of("six", "2001:db8::/32", "secret"));
    try (RadiusGate gate =
            new RadiusGate(
                GateSettings.listeningOn(address("127.0.0.1")),
                clients,
                _ -> new UserSource.Answer.Wrong("nobody is known"),
                Map.of(),
                InstantSource.system(),
                new SecureRandom());
        DatagramSocket one = new DatagramSocket(address("127.0.0.2"));
        DatagramSocket other = new DatagramSocket(address("127.0.0.3"))) {
      gate.start();
      InetSocketAddress server = gate.addresses().getFirst();
      send(gate, one, other, server);

      long before = allocatedBy(server);
      send(gate, one, other, server);

      assertThat((allocatedBy(server) - before) / DATAGRAMS)
          .as("octets of memory for each datagram")
          .isBetween(0L, OCTETS_OF_MEMORY);
    }
  }

  private static InetSocketAddress address(String literal) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), 0);
  }

  private static void send(
      RadiusGate gate, DatagramSocket one, DatagramSocket other, InetSocketAddress server)
      throws Exception {
    byte[] octets = new byte[200];
    octets[0] = 1;
    octets[3] = (byte) octets.length;
    DatagramPacket datagram = new DatagramPacket(octets, octets.length, server);
    for (int sent = 0; sent < DATAGRAMS; sent += AT_ONCE) {
      long wanted = gate.discarded().of(DiscardReason.UNKNOWN_CLIENT) + AT_ONCE;
      for (int i = 0; i < AT_ONCE; i++) {
        (i % 2 == 0 ? one : other).send(datagram);
      }
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> gate.discarded().of(DiscardReason.UNKNOWN_CLIENT) == wanted);
    }
  }

  private static long allocatedBy(InetSocketAddress server) {
    Thread receiver =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("radius-" + server))
            .findFirst()
            .orElseThrow();
    ThreadMXBean threads =
        Objects.requireNonNull(ManagementFactory.getPlatformMXBean(ThreadMXBean.class));
    return threads.getThreadAllocatedBytes(receiver.threadId());
  }
}
