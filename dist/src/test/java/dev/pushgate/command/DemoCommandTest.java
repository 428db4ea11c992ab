package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoCommandTest {
  private static final String HINT = "dist/pushgate ";

  @Test
  void demo_once_playsALoginAndEnds(@TempDir Path path) throws Exception {
    PushgateProcess.Result result =
        PushgateProcess.run(
                "demo",
                "--once",
                "--dir",
                path.resolve("demo").toString(),
                "--radius-port",
                String.valueOf(CommandFolder.freeUdpPort()),
                "--callback-port",
                String.valueOf(CommandFolder.freeTcpPort()))
            .done();

    assertThat(result.out()).anyMatch(line -> line.endsWith("NAS    Access-Accept"));
    assertThat(path.resolve("demo/pushgate.conf")).exists();
  }

  @Test
  void demo_staysAndCanBeTriedByHandUntilItIsTerminated(@TempDir Path path) throws Exception {
    try (PushgateProcess demo =
        PushgateProcess.start("demo", "--radius-port", "0", "--callback-port", "0")) {
      demo.awaitLine("Ctrl-C ends it.");
      String link = lineWith(demo.out(), "/enroll#").strip();
      String configuration = lineWith(demo.out(), "--config ").replaceAll(".*--config ", "");
      String login = lineWith(demo.out(), HINT + "login ").strip().substring(HINT.length());

      String account = path.resolve("phone.json").toString();
      String certificate = Path.of(configuration, "state/tls.crt").toString();
      PushgateProcess.run("phone", "enrol", link, "--account", account, "--trust", certificate)
          .done();
      try (PushgateProcess typed = PushgateProcess.start(login.split(" ", -1))) {
        PushgateProcess.run("phone", "approve", "--account", account, "--trust", certificate)
            .done();
        typed.end().done();
      }

      assertThat(demo.isRunning()).isTrue();
      assertThat(Path.of(configuration)).isDirectory();
      demo.terminate();
      await().atMost(Duration.ofSeconds(5)).until(() -> !demo.isRunning());
      assertThat(demo.end().exit()).isEqualTo(143);
      assertThat(Path.of(configuration)).doesNotExist();
    }
  }

  @Test
  void demo_forTheNetwork_showsAQrCode_orSaysThatThereIsNone(@TempDir Path path) throws Exception {
    boolean isRouted =
        Files.readAllLines(Path.of("/proc/net/route")).stream()
            .skip(1)
            .anyMatch(line -> line.contains("\t00000000\t0"));
    try (PushgateProcess demo =
        PushgateProcess.start(
            "demo",
            "--lan",
            "--dir",
            path.toString(),
            "--radius-port",
            "0",
            "--callback-port",
            "0")) {
      if (isRouted) {
        demo.awaitLine("Ctrl-C ends it.");
        assertThat(lineWith(demo.out(), "/enroll#")).doesNotContain("127.0.0.1");
        assertThat(demo.out()).anyMatch(line -> line.contains("█") || line.contains("▀"));
        demo.terminate();
        assertThat(demo.end().exit()).isEqualTo(143);
        assertThat(path.resolve("pushgate.conf")).exists();
      } else {
        PushgateProcess.Result ended = demo.end();
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err())
            .contains("pushgate: this machine has no default route, so no network for --lan");
      }
    }
  }

  @Test
  void demo_leavesAConfigurationAloneThatItDidNotMake(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    String before = Files.readString(folder.file("pushgate.conf"));

    PushgateProcess.Result result = PushgateProcess.run("demo", "--once", "--dir", path.toString());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).last().asString().contains("give another folder by --dir");
    assertThat(folder.file("pushgate.conf")).hasContent(before);
  }

  @Test
  void demo_onWhatIsNoPort_exitsTwo() throws Exception {
    PushgateProcess.Result result = PushgateProcess.run("demo", "--radius-port", "65536");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err().getFirst()).isEqualTo("--radius-port: 65536 is not a port");
  }

  private static String lineWith(List<String> lines, String part) {
    return lines.stream()
        .filter(line -> line.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("'" + part + "' in " + lines));
  }
}
