package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.Pushgate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A {@code pushgate} command in a process of its own, as a shell would start it. */
final class PushgateProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private PushgateProcess(Process process) {
    this.process = process;
    readers.add(Thread.ofVirtual().start(() -> read(process.getInputStream(), out)));
    readers.add(Thread.ofVirtual().start(() -> read(process.getErrorStream(), err)));
  }

  /**
   * What a command that has ended leaves.
   *
   * @param out lines of standard output
   * @param err lines of standard error
   */
  record Result(int exit, List<String> out, List<String> err) {

    /** Asserts that the command did what it was asked. */
    Result done() {
      assertThat(exit).as("%s", this).isZero();
      return this;
    }
  }

  static PushgateProcess start(String... arguments) throws IOException {
    return start(Map.of(), System.getProperty("java.class.path"), List.of(arguments));
  }

  /**
   * @param environment besides what this process has
   * @param classPath where the command's classes are
   */
  static PushgateProcess start(
      Map<String, String> environment, String classPath, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Pushgate.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PUSHGATE_"));
    builder.environment().putAll(environment);
    return new PushgateProcess(builder.start());
  }

  /** Runs a command to its end. */
  static Result run(String... arguments) throws IOException, InterruptedException {
    try (PushgateProcess process = start(arguments)) {
      return process.end();
    }
  }

  /** Runs a command to its end with a password in the environment. */
  static Result runWithPassword(String password, String... arguments)
      throws IOException, InterruptedException {
    try (PushgateProcess process =
        start(
            Map.of("PUSHGATE_PASSWORD", password),
            System.getProperty("java.class.path"),
            List.of(arguments))) {
      return process.end();
    }
  }

  private static void read(InputStream stream, List<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      // The process has been ended by force; its last words are of no interest.
      return;
    }
  }

  /** Waits for the end. */
  Result end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("ends; so far it said %s %s", out, err)
        .isTrue();
    for (Thread reader : readers) {
      reader.join(PATIENCE);
    }
    return new Result(process.exitValue(), List.copyOf(out), List.copyOf(err));
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Lines of standard output so far. */
  List<String> out() {
    return List.copyOf(out);
  }

  /** Lines of standard error so far. */
  List<String> err() {
    return List.copyOf(err);
  }

  /** Waits until it has said this, on either output. */
  void awaitLine(String part) {
    await("'" + part + "' among " + out + " and " + err)
        .atMost(PATIENCE)
        .until(() -> says(part) || !process.isAlive());
    assertThat(says(part)).as("'%s' is among %s and %s", part, out, err).isTrue();
  }

  private boolean says(String part) {
    return out.stream().anyMatch(line -> line.contains(part))
        || err.stream().anyMatch(line -> line.contains(part));
  }

  /** Sends SIGTERM. */
  void terminate() {
    // Process.destroy would also close the streams, and with them lose the last words.
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** Sends SIGHUP. */
  void hangUp() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
