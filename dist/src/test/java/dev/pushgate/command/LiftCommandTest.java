package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.limit.PushPermit;
import dev.pushgate.server.State;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lift} and {@code forget}, beside a state as a server has it open. */
@Timeout(180)
class LiftCommandTest {
  private static final Origin HOME = address("203.0.113.7");
  private static final Origin THIEF = address("192.0.2.66");

  private final CommandFolder folder;

  LiftCommandTest(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
  }

  private static Origin address(String literal) {
    return Origin.of(Optional.of(InetAddress.ofLiteral(literal)), "test-vpn");
  }

  private JsonNode stops() throws Exception {
    return new ObjectMapper()
        .readTree(String.join("\n", folder.run("status", "--json").done().out()))
        .required("stops");
  }

  private List<String> audit() throws Exception {
    return Files.readAllLines(folder.state().resolve("audit.jsonl"));
  }

  @Test
  void lift_letsPushesGoAgain_andIsRecorded() throws Exception {
    try (State server = folder.openState()) {
      server.pushLimits().reported("alice", THIEF);
      assertThat(stops()).hasSize(1);
      assertThat(stops().get(0).path("user").asText()).isEqualTo("alice");
      assertThat(stops().get(0).path("from").asText()).isEqualTo("192.0.2.66");
      assertThat(stops().get(0).path("until").isNull()).isTrue();
      assertThat(folder.run("status").done().out())
          .contains("pushes stopped after a report: 1")
          .anyMatch(line -> line.matches("alice +[0-9T:-]+Z +pushgate lift +192\\.0\\.2\\.66"));

      assertThat(folder.run("lift", "ALICE").done().out())
          .containsExactly("alice gets pushes again, wherever the login comes from");

      assertThat(server.pushLimits().outlook("alice", THIEF, false))
          .isInstanceOf(PushPermit.Granted.class);
      assertThat(audit())
          .singleElement()
          .asString()
          .contains("\"event\":\"pushes-lifted\",\"user\":\"alice\",\"by\":");
      PushgateProcess.Result again = folder.run("lift", "alice");
      assertThat(again.exit()).isEqualTo(1);
      assertThat(again.err()).containsExactly("pushgate: pushes to alice are not stopped");
      assertThat(folder.run("lift", "mallory").err().getFirst())
          .contains("there is no user mallory in ");
      assertThat(audit()).hasSize(1);
      assertThat(folder.run("status").done().out()).contains("pushes stopped after a report: 0");
    }
  }

  @Test
  void forget_startsAnewForAUser() throws Exception {
    try (State server = folder.openState()) {
      server.pushLimits().approved("alice", HOME);
      server.pushLimits().reported("alice", THIEF);
      for (int i = 0; i < 100; i++) {
        server.failures().failed("alice");
      }
      server.pushLimits().approved("bob", HOME);

      assertThat(folder.run("forget", "alice").done().out())
          .containsExactly(
              "forgotten: the stop of pushes after a report of alice",
              "forgotten: known places and counted pushes of alice",
              "forgotten: 100 wrong passwords and codes of alice");

      assertThat(server.pushLimits().stops()).isEmpty();
      assertThat(server.pushLimits().isKnown("alice", HOME)).isFalse();
      assertThat(server.pushLimits().isKnown("bob", HOME)).isTrue();
      assertThat(server.failures().isCapped("alice")).isFalse();
      assertThat(audit()).singleElement().asString().contains("pushes-lifted");
    }
    assertThat(folder.run("forget", "alice").done().out())
        .containsExactly("nothing was remembered of alice");
  }
}
