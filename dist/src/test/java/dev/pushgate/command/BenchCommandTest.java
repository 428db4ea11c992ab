package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.ForeignProgram;
import dev.pushgate.Pushgate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the benchmark reports and tidies up. Nothing here says how fast anything must be. */
@Timeout(180)
class BenchCommandTest {
  private final Path temporary;

  BenchCommandTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  /** With the temporary folder as the one where the benchmark puts its own. */
  private PushgateProcess bench(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("bench", "radius"));
    all.addAll(List.of(arguments));
    return PushgateProcess.start(
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
        System.getProperty("java.class.path"),
        all);
  }

  private static JsonNode report(PushgateProcess.Result result) throws IOException {
    return new ObjectMapper().readTree(String.join("\n", result.done().out()));
  }

  private boolean anyServerRuns() {
    return ProcessHandle.allProcesses()
        .anyMatch(
            process -> process.info().commandLine().orElse("").contains(temporary.toString()));
  }

  @Test
  void users_ofWhomThereAreTooFew_exitTwo() {
    assertThat(Pushgate.commandLine().execute("bench", "users", "--users", "1")).isEqualTo(2);
  }

  @Test
  void radius_alone_reportsEachRoundAndLeavesNothingBehind() throws Exception {
    try (PushgateProcess process =
        bench("--alone", "--json", "--logins", "600", "--rounds", "2", "--warm-up", "1")) {
      JsonNode report = report(process.end());

      assertThat(report.get("servers")).hasSize(1);
      JsonNode server = report.get("servers").get(0);
      assertThat(server.get("server").asText()).startsWith("pushgate");
      assertThat(server.get("rounds")).hasSize(2);
      for (JsonNode round : server.get("rounds")) {
        assertThat(round.get("logins").asInt()).isEqualTo(576);
        assertThat(round.get("loginsPerSecond").asDouble()).isPositive();
        assertThat(round.get("failures")).isEmpty();
      }
      assertThat(report.has("ratio")).isFalse();
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(anyServerRuns()).isFalse();
  }

  @Test
  void radius_besideFreeRadius_tellsTheRatio() throws Exception {
    Path freeRadius = ForeignProgram.require("freeradius");
    try (PushgateProcess process =
        bench(
            "--freeradius",
            freeRadius.toString(),
            "--json",
            "--logins",
            "600",
            "--rounds",
            "1",
            "--warm-up",
            "1")) {
      JsonNode report = report(process.end());

      assertThat(report.get("servers")).hasSize(2);
      assertThat(report.get("servers").get(1).get("server").asText()).matches("FreeRADIUS [0-9.]+");
      assertThat(report.get("servers").get(1).get("rounds").get(0).get("failures")).isEmpty();
      assertThat(report.get("ratio").asDouble()).isPositive();
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(anyServerRuns()).isFalse();
  }

  @Test
  void radius_terminated_endsItsServersAndLeavesNothingBehind() throws Exception {
    try (PushgateProcess process = bench("--alone", "--rounds", "1000")) {
      process.awaitLine("ROUND");
      assertThat(anyServerRuns()).isTrue();

      process.terminate();

      PushgateProcess.Result result = process.end();
      assertThat(result.exit()).isEqualTo(143);
      assertThat(result.err()).noneMatch(line -> line.startsWith("pushgate: "));
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(anyServerRuns()).isFalse();
  }

  @Test
  void radius_killed_takesItsServersAlong() throws Exception {
    try (PushgateProcess process = bench("--alone", "--rounds", "1000")) {
      process.awaitLine("ROUND");
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> !anyServerRuns());
  }

  @Test
  void radius_withAProgramThatIsNoServer_saysSo() throws Exception {
    try (PushgateProcess process = bench("--freeradius", "/bin/false")) {
      PushgateProcess.Result result = process.end();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(String.join("\n", result.err()))
          .containsAnyOf("does not answer; it has ended", "ended at once");
    }
    assertThat(anyServerRuns()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--logins 0",
        "--rounds 0",
        "--warm-up -1",
        "--in-flight 0",
        "--in-flight 2049",
        "--freeradius /nowhere/radiusd",
      })
  void radius_usedWrongly_exitsTwo(String arguments) throws Exception {
    try (PushgateProcess process = bench(arguments.split(" ", -1))) {
      PushgateProcess.Result result = process.end();

      assertThat(result.exit()).isEqualTo(2);
      assertThat(String.join("\n", result.err())).contains(arguments.split(" ", -1)[0]);
    }
  }
}
