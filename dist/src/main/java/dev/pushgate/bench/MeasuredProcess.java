package dev.pushgate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which ends with this one, however this one ends.
 *
 * <p>A shell stands between the two. It ends the server as soon as nobody holds the other end of
 * its standard input any more.
 */
final class MeasuredProcess implements AutoCloseable {
  /**
   * The server's output goes to the file $1; what follows is its command. Ends when the server has
   * ended; a second process waits for the end of the standard input meanwhile.
   */
  private static final String KEEPER =
      """
      log=$1; shift
      exec 3<&0
      "$@" >"$log" 2>&1 </dev/null 3<&- &
      server=$!
      trap 'kill $server' HUP INT TERM
      echo $server
      (read -r _ <&3; kill $server) >/dev/null 2>&1 &
      wait $server
      wait $server
      kill $!
      """;

  private static final Duration LONGEST_END = Duration.ofSeconds(10);
  private static final int LAST_WORDS = 5;

  private final Path log;
  private final Process keeper;
  private final ProcessHandle server;

  private MeasuredProcess(Path log, Process keeper, ProcessHandle server) {
    this.log = log;
    this.keeper = keeper;
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param command program and arguments
   * @param log where its output goes
   */
  static MeasuredProcess start(List<String> command, Path log) throws IOException {
    List<String> kept = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh", log.toString()));
    kept.addAll(command);
    Process keeper =
        new ProcessBuilder(kept).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      BufferedReader told = keeper.inputReader(StandardCharsets.US_ASCII);
      String pid = told.readLine();
      if (pid == null) {
        throw new IOException("cannot start " + command.getFirst());
      }
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(pid))
              .orElseThrow(() -> new IOException(command.getFirst() + " ended at once"));
      return new MeasuredProcess(log, keeper, server);
    } catch (IOException | RuntimeException e) {
      keeper.destroy();
      throw e;
    }
  }

  boolean isAlive() {
    return keeper.isAlive();
  }

  /** Processor time that the server has used so far. */
  Duration cpuTime() {
    return server.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The last lines that the server has printed. */
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log, Charset.forName("ISO-8859-1"));
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
  }

  /** Ends the server; returns when it has ended. May be called again. */
  @Override
  public void close() {
    try {
      keeper.outputWriter().close();
      if (!keeper.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        server.destroyForcibly();
        keeper.destroyForcibly();
      }
    } catch (IOException e) {
      server.destroyForcibly();
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
