package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.SECRET;
import static dev.pushgate.radius.GateUnderTest.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditRecord.LoginEnd;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.RatchetMemory;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.login.PasswordLimits;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.HashingThreads;
import dev.pushgate.radius.user.UsersFile;
import dev.pushgate.radius.user.UsersFileSource;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the time until a Reject tells who is a user, by Welch's t-test over 10,000 pairs of an
 * unknown user and a wrong password, in turn. The known user's password is a cheap one and an
 * unknown user is charged a costly one, so what is to be hidden is there.
 */
class UnknownUserTimingTest {
  private static final int PAIRS = 10_000;
  private static final int AT_ONCE = 400;

  /** What is usual as the bound beyond which times leak (Goodwill et al., NIAT 2011). */
  private static final double LEAKS = 4.5;

  private static final Duration REJECT_DELAY = Duration.ofMillis(300);

  private static final String USERS =
      """
      alice = {CLEARTEXT}correct-horse
      costly = $argon2id$v=19$m=256,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$D7nl3Ou5IJ56s6aAStf7474UZpc+Vk+qBOX3s+qNnS0
      """;

  @Test
  void timeOfAReject_doesNotTellWhoIsAUser(@TempDir Path folder) throws Exception {
    assertThat(Math.abs(welchsT(Audit.NONE, folder))).isLessThan(LEAKS);
  }

  /** So the test above would see one millisecond. */
  @Test
  void differenceOfAMillisecond_isFound(@TempDir Path folder) throws Exception {
    Audit slowOfUnknown =
        record -> {
          if (record instanceof LoginEnd end && "nobody".equals(end.userName())) {
            holdUp(Duration.ofMillis(1));
          }
        };
    assertThat(Math.abs(welchsT(slowOfUnknown, folder))).isGreaterThan(LEAKS);
  }

  private static void holdUp(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      // Comes back at once where something has woken the thread before.
      LockSupport.parkNanos(left);
    }
  }

  private static double welchsT(Audit audit, Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("users.properties"), USERS);
    UsersFile.Reading reading = new UsersFile(file, Set.of()).read();
    try (HashingThreads hashing = new HashingThreads(2, 10_000);
        RadiusGate gate =
            new RadiusGate(
                new GateSettings(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                    List.of(),
                    REJECT_DELAY,
                    Exchanges.Bounds.DEFAULT),
                Clients.of(Client.of("nas", "127.0.0.1", "a shared secret")),
                new UsersFileSource(
                    ((UsersFile.Reading.Read) reading).users(), hashing, InstantSource.system()),
                Map.of(),
                RatchetMemory.ofThisProcess(),
                PasswordLimits.NONE,
                audit,
                InstantSource.system(),
                new SecureRandom())) {
      gate.start();
      var _ = measure(gate.addresses().getFirst(), AT_ONCE);
      return welchsT(measure(gate.addresses().getFirst(), PAIRS));
    }
  }

  /**
   * @param unknown nanoseconds of an unknown user's Reject
   * @param wrong nanoseconds of a wrong password's
   */
  private record Pair(long unknown, long wrong) {}

  private static List<Pair> measure(InetSocketAddress server, int pairs) throws Exception {
    AtomicInteger left = new AtomicInteger(pairs);
    List<Future<List<Pair>>> nases = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        long offset = REJECT_DELAY.toNanos() / AT_ONCE * i;
        nases.add(threads.submit(() -> pairs(server, offset, left)));
      }
    }
    List<Pair> all = new ArrayList<>();
    for (Future<List<Pair>> nas : nases) {
      all.addAll(nas.get());
    }
    return all;
  }

  /**
   * @param offset nanoseconds by which this NAS begins later than the first, so that they are
   *     spread
   */
  private static List<Pair> pairs(InetSocketAddress server, long offset, AtomicInteger left)
      throws Exception {
    LockSupport.parkNanos(offset);
    List<Pair> pairs = new ArrayList<>();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      socket.setSoTimeout(20_000);
      for (int turn = left.getAndDecrement(); turn > 0; turn = left.getAndDecrement()) {
        boolean unknownFirst = turn % 2 == 0;
        long first = timeOfReject(socket, unknownFirst ? "nobody" : "alice", 2 * turn);
        long second = timeOfReject(socket, unknownFirst ? "alice" : "nobody", 2 * turn + 1);
        pairs.add(unknownFirst ? new Pair(first, second) : new Pair(second, first));
      }
    }
    return pairs;
  }

  private static long timeOfReject(DatagramSocket socket, String user, int number)
      throws Exception {
    // Each from another place, so that nobody has to wait for the tries before.
    String from = "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
    byte[] request =
        new SignedRequest(number & 0xff, SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, utf8(user))
            .add(AttributeType.CALLING_STATION_ID, from.getBytes(UTF_8))
            .addPassword(utf8("wrong-horse"))
            .encode();
    DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
    long begin = System.nanoTime();
    socket.send(new DatagramPacket(request, request.length));
    socket.receive(reply);
    long end = System.nanoTime();
    assertThat(reply.getData()[0]).isEqualTo((byte) REJECT);
    return end - begin;
  }

  private static double welchsT(List<Pair> pairs) {
    double[] unknown = withoutPauses(pairs.stream().mapToLong(Pair::unknown));
    double[] wrong = withoutPauses(pairs.stream().mapToLong(Pair::wrong));
    double error = variance(unknown) / unknown.length + variance(wrong) / wrong.length;
    return (mean(unknown) - mean(wrong)) / Math.sqrt(error);
  }

  /** Without the slowest tenth, which is the machine's. */
  private static double[] withoutPauses(LongStream nanos) {
    double[] sorted = nanos.sorted().asDoubleStream().toArray();
    return Arrays.copyOf(sorted, sorted.length * 9 / 10);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }
}
