package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.RunningPushgate;
import dev.pushgate.configuration.FileWatch;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.server.Setup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand saves of users.properties while users log in, in all the ways in which editors and
 * people save: by renaming, in place, in pieces, cut off, broken.
 *
 * <p>The files are looked at twenty times as often as a server does it, and saved as much faster.
 */
@Timeout(180)
class HotEditTest {
  private static final int SAVES = 1000;
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private static final Nas.Progress SILENT =
      new Nas.Progress() {
        @Override
        public void sent(int attempt, int octets) {}

        @Override
        public void ignored(String why) {}
      };

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicInteger reads = new AtomicInteger();
  private final Random random = new Random(20261124);

  /** Alice stands last, so that whatever is cut off is she. */
  private static String users(int version) {
    StringBuilder users = new StringBuilder("# version " + version + "\n");
    for (int i = 0; i < 500 + version % 50; i++) {
      users.append("user").append(i).append(" = {CLEARTEXT}secret\n");
    }
    return users + "alice = {CLEARTEXT}right\nalice.factor = none\n";
  }

  @Test
  void savesOfAnyKind_letNobodyBeWronglyRefusedOrAccepted(@TempDir Path folder) throws Exception {
    RunningPushgate.writeConfiguration(
        folder,
        RunningPushgate.freeUdpPort(),
        RunningPushgate.freeTcpPort(),
        "answer-within = 60s");
    Files.writeString(
        folder.resolve("pushgate.conf"), "radius.reject-delay = 0s\n", StandardOpenOption.APPEND);
    Path file = Files.writeString(folder.resolve("users.properties"), users(0));
    Reload reload =
        new Reload(
            () -> {
              reads.incrementAndGet();
              return Setup.read(folder, Map.of(), Set.of(), InstantSource.system());
            });
    try (RunningPushgate pushgate = RunningPushgate.startIn(folder);
        FileWatch watch = new FileWatch(reload, INTERVAL);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      reload.into(pushgate.server(), watch);
      watch.watch(Set.of(file));
      watch.start();
      List<CompletableFuture<Integer>> logins = new ArrayList<>();
      logins.add(logins(threads, pushgate.radius(), "alice", "right", 2));
      logins.add(logins(threads, pushgate.radius(), "alice", "right", 2));
      logins.add(logins(threads, pushgate.radius(), "mallory", "right", 3));
      logins.add(logins(threads, pushgate.radius(), "user1", "wrong", 3));
      try {
        for (int version = 1; version <= SAVES; version++) {
          save(file, version);
          // Now and then long enough for the file to be read, or for half of it to be.
          pause(version % 40 == 0 ? 450 : random.nextInt(4));
        }
        Files.writeString(file, users(SAVES).replace("user1 ", "zoe.factor = none\nzoe "));
        try (Nas nas = nas(pushgate.radius())) {
          await().until(() -> code(nas, "zoe", "secret", "0") == 2);
          assertThat(code(nas, "user1", "secret", "0")).isEqualTo(3);
        }
      } finally {
        done.set(true);
      }
      assertThat(logins).allSatisfy(each -> assertThat(each.get()).isGreaterThan(100));
      assertThat(reads.get()).isBetween(15, SAVES);
    }
  }

  private void save(Path file, int version) throws IOException {
    byte[] whole = users(version).getBytes(StandardCharsets.UTF_8);
    String broken = users(version) + "mallory = {CLEARTEXT}right\nmallory.factor = none\n";
    switch (version % 7) {
      case 0, 1 -> {
        Path fresh = file.resolveSibling(".new");
        Files.write(fresh, whole);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      case 2 -> Files.write(file, whole);
      case 3 -> Files.writeString(file, broken + "bob = hunter2\n");
      case 4 ->
          Files.writeString(file, broken + "# gr\u00fc\u00dfe\n", StandardCharsets.ISO_8859_1);
      default -> {
        // In two pieces, of which the first is a valid file without some of the users.
        int cut = new String(whole, StandardCharsets.UTF_8).indexOf('\n', whole.length / 2) + 1;
        Files.write(file, Arrays.copyOf(whole, cut));
        pause(random.nextInt(30));
        Files.write(file, Arrays.copyOfRange(whole, cut, whole.length), StandardOpenOption.APPEND);
      }
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  /** Logs in again and again, and tells how often, if the answer has always been the same. */
  private CompletableFuture<Integer> logins(
      ExecutorService threads, InetSocketAddress server, String user, String password, int code) {
    return CompletableFuture.supplyAsync(
        () -> {
          int count = 0;
          try (Nas nas = nas(server)) {
            while (!done.get()) {
              assertThat(code(nas, user, password, Integer.toString(count++)))
                  .as("answer %d to %s", count, user)
                  .isEqualTo(code);
            }
            return count;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }

  private static Nas nas(InetSocketAddress server) throws IOException {
    return new Nas(server, SharedSecret.of(RunningPushgate.SECRET), new SecureRandom());
  }

  private static int code(Nas nas, String user, String password, String from) throws IOException {
    SignedRequest request =
        nas.request(user, password.getBytes(StandardCharsets.UTF_8))
            .add(AttributeType.CALLING_STATION_ID, from.getBytes(StandardCharsets.UTF_8));
    return nas.ask(request, Duration.ofSeconds(5), Duration.ofSeconds(30), SILENT)
        .map(answer -> answer.packet().getPacketType())
        .orElseThrow(() -> new IOException("no answer to " + user));
  }
}
