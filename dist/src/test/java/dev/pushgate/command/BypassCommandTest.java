package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.push.bypass.Bypass;
import dev.pushgate.server.State;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bypass}, {@code status} and {@code forget}, beside a state as a server has it open. */
@Timeout(180)
class BypassCommandTest {
  private static final InetAddress HOME = InetAddress.ofLiteral("203.0.113.7");

  private final CommandFolder folder;

  BypassCommandTest(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper()
        .readTree(String.join("\n", folder.run("status", "--json").done().out()));
  }

  private List<JsonNode> audit() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.state().resolve("audit.jsonl"))) {
      lines.add(json.readTree(line));
    }
    return lines;
  }

  @Test
  void bypass_isInForceRecordedShownAndEnded() throws Exception {
    try (State server = folder.openState()) {
      Instant before = Instant.now();
      assertThat(
              folder.run("bypass", "ALICE", "--for", "1h", "--reason", "lost phone").done().out())
          .singleElement()
          .asString()
          .startsWith("alice needs no second factor until ");
      Bypass bypass = server.bypasses().active("alice").orElseThrow();
      assertThat(bypass.reason()).isEqualTo("lost phone");
      assertThat(bypass.by()).isNotBlank();
      assertThat(bypass.until())
          .isBetween(before.plus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
      assertThat(server.bypasses().active("bob")).isEmpty();

      JsonNode shown = status();
      assertThat(shown.path("bypasses")).hasSize(1);
      assertThat(shown.path("bypasses").get(0).path("user").asText()).isEqualTo("alice");
      assertThat(shown.path("bypasses").get(0).path("reason").asText()).isEqualTo("lost phone");
      assertThat(shown.path("bypassCodes")).isEmpty();
      assertThat(shown.path("keyFile").isNull()).isTrue();
      assertThat(folder.run("status").done().out())
          .contains("bypasses in force: 1", "unused bypass codes: 0")
          .anyMatch(line -> line.startsWith("alice") && line.endsWith("lost phone"));

      assertThat(folder.run("bypass end", "alice").done().out())
          .containsExactly("alice needs the second factor again");
      assertThat(server.bypasses().active("alice")).isEmpty();
      assertThat(folder.run("bypass end", "alice").err())
          .containsExactly("pushgate: alice has no bypass");

      assertThat(audit()).hasSize(2);
      assertThat(audit().get(0).path("event").asText()).isEqualTo("bypass-granted");
      assertThat(audit().get(0).path("way").asText()).isEqualTo("time");
      assertThat(audit().get(0).path("reason").asText()).isEqualTo("lost phone");
      assertThat(audit().get(1).path("event").asText()).isEqualTo("bypass-ended");
      assertThat(audit().get(1).path("user").asText()).isEqualTo("alice");
    }
  }

  @Test
  void code_isGoodOnceAndNotInTheAuditLog() throws Exception {
    try (State server = folder.openState()) {
      PushgateProcess.Result issued =
          folder.run("bypass", "alice", "--code", "--reason", "phone at home").done();
      assertThat(issued.out()).hasSize(1);
      String code = issued.out().getFirst();
      assertThat(issued.err()).singleElement().asString().startsWith("Good for one login of alice");
      Instant until = server.bypassCodes().unused().getFirst().until();
      assertThat(until)
          .isBetween(Instant.now().plusSeconds(600), Instant.now().plus(Duration.ofMinutes(15)));
      assertThat(status().path("bypassCodes").get(0).path("user").asText()).isEqualTo("alice");
      assertThat(Files.readString(folder.state().resolve("audit.jsonl")))
          .contains("\"way\":\"code\"")
          .doesNotContain(code);

      assertThat(server.bypassCodes().use("alice", code)).isTrue();
      assertThat(server.bypassCodes().use("alice", code)).isFalse();

      String ended =
          folder.run("bypass", "alice", "--code", "--reason", "again").done().out().getFirst();
      assertThat(folder.run("bypass end", "alice").done().out())
          .containsExactly("the code of alice is void");
      assertThat(server.bypassCodes().use("alice", ended)).isFalse();
    }
  }

  @Test
  void bypassOfARemovedUser_canBeEnded() throws Exception {
    folder.run("bypass", "bob", "--for", "7d", "--reason", "new phone").done();
    folder.replaceInUsers("bob = ", "# bob = ");

    assertThat(folder.run("bypass end", "bob").done().out())
        .containsExactly("bob needs the second factor again");
    assertThat(folder.run("bypass end", "bob").err().getFirst()).contains("there is no user bob");
  }

  @Test
  void wrongUse_exitsTwo_andAnUnknownUserOne() throws Exception {
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("alice", "--for", "1h"),
            List.of("alice", "--for", "1h", "--reason", " "),
            List.of("alice", "--for", "1h", "--reason", "x".repeat(129)),
            List.of("alice", "--reason", "x"),
            List.of("alice", "--for", "8d", "--reason", "x"),
            List.of("alice", "--for", "0s", "--reason", "x"))) {
      assertThat(folder.run("bypass", wrong.toArray(String[]::new)).exit())
          .as("%s", wrong)
          .isEqualTo(2);
    }
    PushgateProcess.Result unknown =
        folder.run("bypass", "mallory", "--for", "1h", "--reason", "x");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).singleElement().asString().contains("there is no user mallory in ");
    assertThat(folder.state().resolve("audit.jsonl")).doesNotExist();
  }

  @Test
  void forget_endsWhatIsRememberedOfAUser() throws Exception {
    try (State server = folder.openState()) {
      server
          .rememberedLogins()
          .remember("alice", "vpn", HOME, "print", Instant.now().plusSeconds(600));

      assertThat(folder.run("forget", "ALICE").done().out())
          .containsExactly("forgotten: 1 remembered logins of alice");

      assertThat(server.rememberedLogins().covers("alice", "vpn", HOME, "print")).isFalse();
    }
    assertThat(folder.run("forget", "alice").done().out())
        .containsExactly("nothing was remembered of alice");
    assertThat(folder.run("forget", "mallory").exit()).isEqualTo(1);
  }
}
