package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that we did not write, at work. */
final class ForeignProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Process process;
  private final Thread reader;
  private final Writer keyboard;
  private final StringWriter said = new StringWriter();

  private ForeignProcess(Process process) {
    this.process = process;
    this.keyboard = process.outputWriter(StandardCharsets.UTF_8);
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts it and leaves its standard input open. */
  static ForeignProcess start(List<String> command) throws IOException {
    return new ForeignProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Starts it and types this line, the only one. */
  static ForeignProcess startAndType(String line, List<String> command) throws IOException {
    ForeignProcess started = start(command);
    started.type(line);
    started.keyboard.close();
    return started;
  }

  /** Types a line; the program should have asked for it, since some read all that is there. */
  void type(String line) throws IOException {
    keyboard.write(line + "\n");
    keyboard.flush();
  }

  /** Not by lines: what asks for something ends without one. */
  private void read() {
    char[] characters = new char[1024];
    try (Reader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (int read = out.read(characters); read >= 0; read = out.read(characters)) {
        said.write(characters, 0, read);
      }
    } catch (IOException e) {
      // The program has been ended by force; its last words are of no interest.
      return;
    }
  }

  /** All that it has said so far, on both outputs. */
  String said() {
    return said.toString();
  }

  /** Waits until it has said this. */
  void awaitWords(String part) {
    await("'" + part + "'")
        .atMost(PATIENCE)
        .until(() -> said().contains(part) || (!process.isAlive() && !reader.isAlive()));
    assertThat(said()).contains(part);
  }

  /** Waits for its end and returns its exit code. */
  int exit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("ends; so far it said %s", said)
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
