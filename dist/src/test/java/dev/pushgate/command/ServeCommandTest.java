package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServeCommandTest {
  /** SIGTERM is 15, and 128 is added to the number of a signal. */
  private static final int TERMINATED = 143;

  @Test
  void serve_terminatedWhileALoginWaits_rejectsItAndEndsSoon(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    try (PushgateProcess server = folder.serve()) {
      folder.enrol("alice");
      try (PushgateProcess login =
          PushgateProcess.start(
              Map.of("PUSHGATE_PASSWORD", CommandFolder.PASSWORD),
              System.getProperty("java.class.path"),
              List.of(folder.login("alice")))) {
        server.awaitLine("asks 1 devices");
        server.terminate();
        await().atMost(Duration.ofSeconds(5)).until(() -> !server.isRunning());

        PushgateProcess.Result rejected = login.end();
        assertThat(rejected.exit()).isEqualTo(1);
        assertThat(rejected.out()).anyMatch(line -> line.endsWith("Access-Reject"));
      }
      PushgateProcess.Result ended = server.end();
      assertThat(ended.exit()).isEqualTo(TERMINATED);
      assertThat(ended.err())
          .anyMatch(line -> line.endsWith("stopping: 1 logins wait and are rejected"));
      assertThat(ended.err()).noneMatch(line -> line.contains("ERROR"));
    }
  }

  @Test
  void serve_onARadiusPortThatIsInUse_saysSoInOneLine(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), folder.radiusPort());
    try (DatagramSocket occupied = new DatagramSocket(taken)) {
      assertThat(occupied.isBound()).isTrue();

      assertThat(refusal(folder))
          .contains(
              "UDP",
              ":" + folder.radiusPort(),
              "in use",
              "set radius.listen or radius.accounting to another");
    }
  }

  @Test
  void serve_onACallbackPortThatIsInUse_saysSoInOneLine(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    try (ServerSocket occupied =
        new ServerSocket(folder.callbackPort(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(occupied.isBound()).isTrue();

      assertThat(refusal(folder))
          .isEqualTo(
              "pushgate: cannot listen for phones on TCP port "
                  + folder.callbackPort()
                  + ": Address already in use. Stop what uses the port, or set push.server-port to"
                  + " another");
    }
  }

  @Test
  void serve_refusesAStateFolderThatOthersCanWriteTo(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    Files.createDirectory(folder.state());
    Files.setPosixFilePermissions(folder.state(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(refusal(folder))
        .isEqualTo(
            "pushgate: "
                + folder.state()
                + ": users other than its owner can write to the state folder (rwxrwxrwx). Run chmod"
                + " 700 "
                + folder.state()
                + ".");
    assertThat(folder.state()).isEmptyDirectory();
  }

  @Test
  void serve_ofABrokenConfiguration_tellsTheMistakesAndEnds(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    folder.write("users.properties", "alice = bare\n");

    PushgateProcess.Result result = folder.run("serve");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(folder.file("users.properties") + ":1: alice: "),
            line ->
                assertThat(line)
                    .isEqualTo("pushgate: the configuration has mistakes, nothing was done"));
  }

  /** The line by which 'serve' refuses to start; all others are of the log. */
  private static String refusal(CommandFolder folder) throws Exception {
    PushgateProcess.Result result = folder.run("serve");
    assertThat(result.exit()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).noneMatch(line -> line.startsWith("\tat "));
    return result.err().stream()
        .filter(line -> line.startsWith("pushgate: "))
        .reduce((first, second) -> first + "\n" + second)
        .orElseThrow(() -> new AssertionError(result.toString()));
  }
}
