package dev.pushgate.push.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.push.CapturedLog;
import dev.pushgate.push.command.AdministratorCommand.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministratorCommandTest {
  private static final byte[] INPUT = "said on standard input".getBytes(StandardCharsets.UTF_8);

  private final Path folder;
  private final CapturedLog log = new CapturedLog();

  AdministratorCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private AdministratorCommand command(String script) throws IOException {
    return command(script, Duration.ofSeconds(30));
  }

  private AdministratorCommand command(String script, Duration limit) throws IOException {
    return new AdministratorCommand("mail command", ShellScript.in(folder, script), limit);
  }

  private String awaitFile(String name) {
    Path file = folder.resolve(name);
    await().until(() -> Files.exists(file) && Files.size(file) > 0);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String awaitLine(String part) {
    await().until(() -> log.lines().stream().anyMatch(line -> line.contains(part)));
    return log.lines().stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  @Test
  void command_getsInputAndVariables_andNothingElseOfOurEnvironment() throws Exception {
    try (AdministratorCommand command =
        command("cat > \"$D/in\"; env > \"$D/env.part\"; mv \"$D/env.part\" \"$D/env\"")) {
      assertThat(command.run(INPUT, Map.of("PUSHGATE_MAIL_TO", "a b;$(id)"), Output.SHOWN))
          .isTrue();
      String environment = awaitFile("env");
      assertThat(awaitFile("in")).isEqualTo("said on standard input");
      assertThat(environment.lines()).contains("PUSHGATE_MAIL_TO=a b;$(id)");
      assertThat(environment.lines().map(line -> line.replaceAll("=.*", "")))
          .isSubsetOf(
              "PUSHGATE_MAIL_TO",
              "PATH",
              "HOME",
              "USER",
              "LOGNAME",
              "TZ",
              "LANG",
              "LC_ALL",
              "PWD",
              "OLDPWD",
              "SHLVL",
              "_");
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void commandThatHangs_isKilledWithWhatItStarted() throws Exception {
    try (AdministratorCommand command =
        command(
            "sleep 600 & echo $! > \"$D/child.part\"; mv \"$D/child.part\" \"$D/child\"; wait",
            Duration.ofSeconds(2))) {
      assertThat(command.run(INPUT, Map.of(), Output.SHOWN)).isTrue();
      long child = Long.parseLong(awaitFile("child").strip());
      awaitLine("mail command took longer than 2 s and was ended");
      await().until(() -> ProcessHandle.of(child).map(handle -> !handle.isAlive()).orElse(true));
    }
  }

  @Test
  void commandThatFails_isLoggedWithWhatItPrinted() throws Exception {
    try (AdministratorCommand command = command("echo 'no \033[31mrelay' >&2; exit 3")) {
      var _ = command.run(INPUT, Map.of(), Output.SHOWN);
      assertThat(awaitLine("exit status 3")).endsWith(": no \\u{1b}[31mrelay");
    }
  }

  @Test
  void commandThatRepeatsASecret_isLoggedWithoutWhatItPrinted() throws Exception {
    try (AdministratorCommand command = command("cat; exit 1")) {
      var _ = command.run(INPUT, Map.of(), Output.SECRET);
      assertThat(awaitLine("exit status 1")).contains("not shown").doesNotContain("standard input");
    }
  }

  @Test
  void commandThatPrintsAMegabyte_endsAndIsCutInTheLog() throws Exception {
    try (AdministratorCommand command =
        command("head -c 1048576 /dev/zero | tr '\\0' x; echo > \"$D/done\"; exit 1")) {
      var _ = command.run(INPUT, Map.of(), Output.SHOWN);
      assertThat(awaitLine("exit status 1")).hasSizeLessThan(300).contains("xxxx");
      awaitFile("done");
    }
  }

  @Test
  void commandThatLeavesAProcessWithItsOutput_isNotWaitedFor() throws Exception {
    try (AdministratorCommand command =
        command("setsid sleep 20 & echo > \"$D/done\"; exit 4", Duration.ofSeconds(10))) {
      var _ = command.run(INPUT, Map.of(), Output.SHOWN);
      awaitLine("exit status 4");
    }
  }

  @Test
  void missingCommand_isLogged() {
    try (AdministratorCommand command =
        new AdministratorCommand(
            "mail command", List.of("/nowhere/sendmail"), Duration.ofSeconds(30))) {
      assertThat(command.run(INPUT, Map.of(), Output.SHOWN)).isTrue();
      assertThat(awaitLine("cannot be run")).contains("/nowhere/sendmail");
    }
  }

  @Test
  void manyRuns_areDroppedPastTheBound_withoutBlocking() throws Exception {
    try (AdministratorCommand command = command("sleep 600")) {
      for (int i = 0; i < AdministratorCommand.MOST_WAITING + 2; i++) {
        assertThat(command.run(INPUT, Map.of(), Output.SHOWN)).isTrue();
      }
      assertThat(command.run(INPUT, Map.of(), Output.SHOWN)).isFalse();
    }
  }
}
