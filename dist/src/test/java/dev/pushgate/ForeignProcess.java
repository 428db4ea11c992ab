package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that we did not write, at work. */
final class ForeignProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Process process;
  private final Thread reader;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private ForeignProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts it and leaves its standard input open. */
  static ForeignProcess start(List<String> command) throws IOException {
    return new ForeignProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Starts it and types this line, the only one. */
  static ForeignProcess startAndType(String line, List<String> command) throws IOException {
    ForeignProcess started = start(command);
    try (var in = started.process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(line + "\n");
    }
    return started;
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The program has been ended by force; its last words are of no interest.
      return;
    }
  }

  /** All that it has said so far, on both outputs. */
  String said() {
    return String.join("\n", lines);
  }

  /** Waits until it has said this. */
  void awaitLine(String part) {
    await("'" + part + "'")
        .atMost(PATIENCE)
        .until(() -> said().contains(part) || (!process.isAlive() && !reader.isAlive()));
    assertThat(said()).contains(part);
  }

  /** Waits for its end and returns its exit code. */
  int exit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("ends; so far it said %s", lines)
        .isTrue();
    assertThat(reader.join(PATIENCE)).isTrue();
    return process.exitValue();
  }

  /** Asks it to end, and after a while ends it and all that it has started by force. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    var _ =
        process
            .onExit()
            .completeOnTimeout(process, LAST_WORDS.toSeconds(), TimeUnit.SECONDS)
            .join();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
