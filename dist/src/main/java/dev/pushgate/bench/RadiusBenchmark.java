package dev.pushgate.bench;

import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Password-only logins: how many a second Pushgate answers, and FreeRADIUS beside it.
 *
 * <p>Both run from the beginning to the end and are asked by turns, the very same requests, each of
 * them first every other time.
 */
public final class RadiusBenchmark implements AutoCloseable {
  private static final int USERS = 1000;
  private static final int PORTS = 16;
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration ASK_AGAIN_EVERY = Duration.ofMillis(250);
  private static final Duration LOOK_AGAIN_EVERY = Duration.ofSeconds(1);

  private final Options options;
  private final Cast cast = Cast.of(USERS);
  private final SecureRandom random = new SecureRandom();
  private final Path folder;
  private final List<MeasuredServer> servers = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();
  private volatile boolean interrupted;

  /**
   * What to measure.
   *
   * @param logins in each round
   * @param rounds that count
   * @param warmUp rounds before them, which do not
   * @param inFlight requests that are under way at once
   */
  public record Options(int logins, int rounds, int warmUp, int inFlight) {
    Requests.Shape shape() {
      int ports = Math.min(PORTS, inFlight);
      int chains = inFlight / ports;
      return new Requests.Shape(ports, chains, Math.max(1, logins / (ports * chains)));
    }
  }

  /** Is told how it goes. */
  public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {};

    /** All servers answer. */
    default void started(RadiusReport report) {}

    /** A round that counts has been played on all servers. */
    default void played(RadiusReport report) {}
  }

  private RadiusBenchmark(Options options) throws IOException {
    this.options = options;
    this.folder = Files.createTempDirectory("pushgate-bench");
  }

  /**
   * Starts the servers.
   *
   * @param version Pushgate's, as the report shall call it
   * @param freeRadius FreeRADIUS's server, or null to measure Pushgate alone
   * @throws IOException when one does not start; none runs then
   */
  public static RadiusBenchmark start(Options options, String version, @Nullable Path freeRadius)
      throws IOException {
    RadiusBenchmark benchmark = new RadiusBenchmark(options);
    Runtime.getRuntime().addShutdownHook(new Thread(benchmark::interrupt, "shutdown"));
    try {
      benchmark.servers.add(
          PushgateUnderTest.start(benchmark.newFolder("pushgate"), benchmark.cast, version));
      if (freeRadius != null) {
        benchmark.servers.add(
            FreeRadiusUnderTest.start(
                freeRadius, benchmark.newFolder("freeradius"), benchmark.cast));
      }
      for (MeasuredServer server : benchmark.servers) {
        benchmark.requireAccept(server);
        benchmark.loads.add(new Load(server, benchmark.options.shape().ports()));
      }
      return benchmark;
    } catch (IOException | RuntimeException e) {
      benchmark.close();
      throw e;
    }
  }

  private Path newFolder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private void requireAccept(MeasuredServer server) throws IOException {
    Cast.Person person = cast.people().getFirst();
    byte[] password = person.password().getBytes(StandardCharsets.US_ASCII);
    long end = System.nanoTime() + LONGEST_START.toNanos();
    Optional<NasAnswer> answer;
    try (Nas nas = new Nas(server.address(), cast.sharedSecret(), random)) {
      do {
        answer =
            nas.ask(
                nas.request(person.name(), password),
                ASK_AGAIN_EVERY,
                LOOK_AGAIN_EVERY,
                Nas.Progress.NONE);
      } while (answer.isEmpty() && server.process().isAlive() && System.nanoTime() - end < 0);
    }
    if (answer.isEmpty()) {
      throw server.failure("does not answer");
    }
    if (!answer.get().isAccept()) {
      throw server.failure("refuses the right password");
    }
  }

  /** By a signal: this process ends as soon as all is tidy. */
  private void interrupt() {
    interrupted = true;
    close();
  }

  /** Plays all rounds. */
  public RadiusReport run(Progress progress) throws IOException, InterruptedException {
    try {
      return play(progress);
    } catch (IOException e) {
      if (interrupted) {
        // The servers were ended, so what failed is no news, and this thread's work is over.
        new CountDownLatch(1).await();
      }
      throw e;
    }
  }

  private RadiusReport play(Progress progress) throws IOException {
    Requests.Shape shape = options.shape();
    RadiusReport report = RadiusReport.begun(shape, servers);
    progress.started(report);
    for (int round = -options.warmUp(); round < options.rounds(); round++) {
      Requests requests = Requests.make(shape, cast, random);
      List<Round> played = new ArrayList<>(Collections.nCopies(loads.size(), null));
      for (int turn = 0; turn < loads.size(); turn++) {
        int place = Math.floorMod(turn + round, loads.size());
        played.set(place, loads.get(place).play(requests));
      }
      if (round >= 0) {
        report = report.with(played);
        progress.played(report);
      }
    }
    return report;
  }

  /** Ends the servers and deletes what was written for them. May be called again. */
  @Override
  public synchronized void close() {
    servers.forEach(MeasuredServer::close);
    try {
      for (Load load : loads) {
        load.close();
      }
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(file);
          }
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
