package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
  void demo_showsHowToTryANumber(@TempDir Path path) throws Exception {
    try (PushgateProcess demo =
        PushgateProcess.start("demo", "--radius-port", "0", "--callback-port", "0")) {
      demo.awaitLine("Ctrl-C ends it.");
      assumeThat(demo.out()).as("IPv6").anyMatch(line -> line.contains("--server [::1]:"));
      String link = lineWith(demo.out(), "/enroll#").strip();
      String configuration = lineWith(demo.out(), "--config ").replaceAll(".*--config ", "");
      String hint = lineWith(demo.out(), "--server [::1]:").strip().substring(HINT.length());
      List<String> login = new ArrayList<>(List.of(hint.split(" ", -1)));
      login.addAll(List.of("--answer", ""));

      String account = path.resolve("phone.json").toString();
      String certificate = Path.of(configuration, "state/tls.crt").toString();
      PushgateProcess.run("phone", "enrol", link, "--account", account, "--trust", certificate)
          .done();
      try (PushgateProcess typed = PushgateProcess.start(login.toArray(String[]::new))) {
        typed.awaitLine("Reply-Message = Enter ");
        String number =
            lineWith(typed.out(), "Reply-Message = Enter ")
                .replaceAll(".*Enter ([0-9 ]+) on your phone, then press OK.*", "$1")
                .replace(" ", "");
        assertThat(number).matches("[0-9]{6}");
        PushgateProcess.run(
                "phone", "approve", "--match", number, "--account", account, "--trust", certificate)
            .done();
        PushgateProcess.Result ended = typed.end().done();
        assertThat(ended.out()).anyMatch(line -> line.endsWith(" Access-Challenge"));
        assertThat(ended.out()).anyMatch(line -> line.endsWith(" Access-Accept"));
      }

      PushgateProcess.Result codes =
          PushgateProcess.run("recovery-codes", "alice", "--config", configuration).done();
      login.set(login.size() - 1, codes.out().getFirst());
      PushgateProcess.run(login.toArray(String[]::new)).done();

      login.set(login.size() - 1, "123456");
      PushgateProcess.Result wrong = PushgateProcess.run(login.toArray(String[]::new));
      assertThat(wrong.exit()).isEqualTo(1);
      assertThat(wrong.out())
          .last()
          .isEqualTo("          Reply-Message = The code is wrong. Please sign in again.");

      PushgateProcess.Result silent =
          PushgateProcess.run(login.subList(0, login.size() - 2).toArray(String[]::new));
      assertThat(silent.exit()).isEqualTo(1);
      assertThat(silent.out())
          .last()
          .asString()
          .endsWith("no answer: give one by --answer, or run this in a terminal");
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
