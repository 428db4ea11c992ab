package dev.pushgate.push.command;

import dev.pushgate.radius.packet.UntrustedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of the administrator's, run as often as there is something for it, beside the server's
 * work.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>There is no shell: the words of the command are those that the administrator wrote, and
 * nothing from a packet becomes one of them. What changes goes to its standard input and into named
 * environment variables. Of the server's own environment, where shared secrets may stand, it gets
 * {@code PATH}, {@code HOME}, {@code USER}, {@code LOGNAME}, {@code TZ} and the language alone.
 *
 * <p>A run that lasts too long is killed, with the processes that it has started. Two run at once
 * and {@value #MOST_WAITING} wait; past that, runs are dropped. {@link #run} never blocks.
 */
public final class AdministratorCommand implements AutoCloseable {
  /** How long a run may take where nobody says otherwise. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  static final int MOST_WAITING = 100;
  private static final int AT_ONCE = 2;

  /** As much of what it prints is kept for the log. */
  private static final int KEPT_OCTETS = 4096;

  private static final int BUFFER_OCTETS = 8192;
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Set<String> INHERITED =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "TZ", "LANG", "LC_ALL");

  private static final Logger log = LoggerFactory.getLogger(AdministratorCommand.class);

  private final String name;
  private final List<String> words;
  private final Duration limit;
  private final ThreadPoolExecutor threads;

  /** What the program prints may be shown in the log when it fails, or may hold a secret. */
  public enum Output {
    SHOWN,
    SECRET
  }

  /**
   * @param name what it is called in the log, such as {@code mail command}
   * @param words the program and its arguments, at least the program
   * @param limit how long a run may take
   */
  public AdministratorCommand(String name, List<String> words, Duration limit) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command has one word at least");
    }
    this.name = name;
    this.words = List.copyOf(words);
    this.limit = limit;
    // Waits for a process are native calls, which would hold the carriers of virtual threads.
    this.threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name(name.replace(' ', '-') + "-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Has the program run soon. What becomes of it is logged where it fails.
   *
   * @param input for its standard input; less than 60,000 octets
   * @param environment variables that it gets besides
   * @param output {@link Output#SECRET} where the input has a secret that the program might repeat
   * @return false where too many wait, and this one was dropped
   */
  public boolean run(byte[] input, Map<String, String> environment, Output output) {
    try {
      threads.execute(() -> runNow(input, environment, output));
      return true;
    } catch (RejectedExecutionException e) {
      log.warn("{} was not run: too many of its runs wait, or the server stops", name);
      return false;
    }
  }

  private void runNow(byte[] input, Map<String, String> environment, Output output) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      log.warn("{} cannot be run: {}", name, e.getMessage());
      return;
    }
    try {
      await(process, input, output);
    } catch (InterruptedException e) {
      // The server stops, and does not wait for programs.
      Thread.currentThread().interrupt();
    } finally {
      kill(process);
    }
  }

  private void await(Process process, byte[] input, Output output) throws InterruptedException {
    give(process, input);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    long end = System.nanoTime() + limit.toNanos();
    try (InputStream out = process.getInputStream()) {
      // Only what is there is read: whoever inherited the other end might never close it.
      while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        read(out, kept, end);
        if (System.nanoTime() - end >= 0) {
          log.warn("{} took longer than {} s and was ended", name, limit.toSeconds());
          return;
        }
      }
      read(out, kept, end);
    } catch (IOException e) {
      log.warn("what {} printed cannot be read: {}", name, e.getMessage());
      return;
    }
    if (process.exitValue() != 0) {
      String printed = kept.toString(StandardCharsets.UTF_8).strip();
      log.warn(
          "{} failed with exit status {}{}",
          name,
          process.exitValue(),
          output == Output.SECRET
              ? "; what it printed is not shown, for it may hold a secret"
              : printed.isEmpty() ? "" : ": " + UntrustedText.shown(printed));
    }
  }

  /** A pipe takes as much as the longest input without anyone reading, so that this never waits. */
  private static void give(Process process, byte[] input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      // It has ended, or reads nothing; its exit status says whether that is a failure.
    }
  }

  private static void read(InputStream out, ByteArrayOutputStream kept, long end)
      throws IOException {
    byte[] buffer = new byte[BUFFER_OCTETS];
    while (out.available() > 0 && System.nanoTime() - end < 0) {
      int read = out.read(buffer);
      if (read < 0) {
        return;
      }
      kept.write(buffer, 0, Math.min(read, KEPT_OCTETS - kept.size()));
    }
  }

  private static void kill(Process process) {
    Stream<ProcessHandle> started = process.descendants();
    started.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Ends what runs and forgets what waits. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
