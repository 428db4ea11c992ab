package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.packet.SharedSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code clients}, and the ratchet of {@code message-authenticator = auto} over restarts. */
@Timeout(240)
class ClientsCommandTest {
  private final CommandFolder folder;

  ClientsCommandTest(@TempDir Path path) throws IOException {
    folder = CommandFolder.in(path);
  }

  /** Whether an unsigned request gets an answer, which here is a Reject: alice has no device. */
  private boolean isUnsignedAnswered(Duration atMost) throws IOException {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), folder.radiusPort());
    try (Nas nas = new Nas(server, SharedSecret.of(CommandFolder.SECRET), new SecureRandom())) {
      byte[] password = CommandFolder.PASSWORD.getBytes(StandardCharsets.UTF_8);
      return nas.ask(nas.request("alice", password).unsigned(), atMost, atMost, Nas.Progress.NONE)
          .isPresent();
    }
  }

  @Test
  void ratchet_outlivesAKilledServer_andIsForgottenByCommandWithoutARestart() throws Exception {
    try (PushgateProcess server = folder.serve()) {
      assertThat(isUnsignedAnswered(Duration.ofSeconds(20))).isTrue();
      assertThat(folder.ask("alice", CommandFolder.PASSWORD)).as("signed").isPresent();
      assertThat(server.isRunning()).as("until it gets a SIGKILL, right now").isTrue();
    }
    try (PushgateProcess server = folder.serve()) {
      assertThat(isUnsignedAnswered(Duration.ofSeconds(1))).isFalse();
      server.awaitLine("'pushgate clients forget-ratchet test-vpn 127.0.0.1'");

      List<String> table = folder.run("clients").done().out();
      assertThat(table.get(0).split(" {2,}", -1))
          .containsExactly("CLIENT", "ADDRESSES", "KIND", "MESSAGE-AUTHENTICATOR", "ANSWER WITHIN");
      assertThat(table.get(1).split(" {2,}", -1))
          .containsExactly("test-vpn", "127.0.0.1/32", "generic", "auto", "60s");
      assertThat(table.get(2)).startsWith("  127.0.0.1 signs since 20");

      JsonNode json =
          new ObjectMapper()
              .readTree(String.join("\n", folder.run("clients", "--json").done().out()));
      assertThat(json).hasSize(1);
      assertThat(json.get(0).path("client").asText()).isEqualTo("test-vpn");
      assertThat(json.get(0).path("addresses").get(0).asText()).isEqualTo("127.0.0.1/32");
      assertThat(json.get(0).path("kind").asText()).isEqualTo("generic");
      assertThat(json.get(0).path("messageAuthenticator").asText()).isEqualTo("auto");
      assertThat(json.get(0).path("answerWithinSeconds").asInt()).isEqualTo(60);
      assertThat(json.get(0).path("signing").get(0).path("address").asText())
          .isEqualTo("127.0.0.1");

      PushgateProcess.Result forgotten =
          folder.run("clients forget-ratchet", "test-vpn", "127.0.0.1").done();
      assertThat(forgotten.out()).containsExactly("forgotten: 127.0.0.1 signs its requests");
      assertThat(forgotten.err()).isEmpty();
      assertThat(Files.readString(folder.path().resolve("state/audit.jsonl")))
          .contains("\"event\":\"ratchet-forgotten\",\"client\":\"test-vpn\"");
      await().atMost(Duration.ofSeconds(3)).until(() -> isUnsignedAnswered(Duration.ofMillis(300)));
      server.awaitLine("it was forgotten that 127.0.0.1 of client test-vpn signs its requests");
      assertThat(folder.run("clients").done().out()).hasSize(2);
    }
  }

  @Test
  void forgetRatchet_ofNoSuchClient_orAddress_orNothing_exitsOneAndSaysWhy() throws Exception {
    assertRefused(
        "there is no client test-vpm (test-vpn?); 'pushgate clients' shows them", "test-vpm");
    assertRefused(
        "192.0.2.7 is not an address of client test-vpn; 'pushgate clients' shows them",
        "test-vpn",
        "192.0.2.7");
    assertRefused(
        "there is nothing to forget, client test-vpn has not signed a request", "test-vpn");
    assertRefused(
        "there is nothing to forget, 127.0.0.1 has not signed a request", "test-vpn", "127.0.0.1");
  }

  private void assertRefused(String message, String... arguments) throws Exception {
    PushgateProcess.Result result = folder.run("clients forget-ratchet", arguments);
    assertThat(result.err()).containsExactly("pushgate: " + message);
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void forgetRatchet_usedWrongly_exitsTwo() throws Exception {
    assertThat(folder.run("clients forget-ratchet").exit()).isEqualTo(2);
    PushgateProcess.Result name = folder.run("clients forget-ratchet", "test-vpn", "vpn.example");
    assertThat(name.exit()).isEqualTo(2);
    assertThat(name.err()).contains("'vpn.example' is not an IP address");
    PushgateProcess.Result early =
        PushgateProcess.run(
            "clients", "--config", folder.path().toString(), "forget-ratchet", "test-vpn");
    assertThat(early.exit()).isEqualTo(2);
    assertThat(early.err()).contains("options go behind 'forget-ratchet'");
  }

  @Test
  void forgetRatchet_whereTheSettingRequiresSignatures_saysSo() throws Exception {
    try (PushgateProcess server = folder.serve()) {
      assertThat(folder.ask("alice", CommandFolder.PASSWORD)).isPresent();
      server.terminate();
      server.end();
    }
    String configuration = Files.readString(folder.file("pushgate.conf"));
    folder.write(
        "pushgate.conf", configuration + "clients.test-vpn.message-authenticator = required\n");

    assertThat(folder.run("clients forget-ratchet", "test-vpn").done().out())
        .containsExactly(
            "forgotten: 127.0.0.1 signs its requests",
            "unsigned ones are discarded all the same:"
                + " clients.test-vpn.message-authenticator = required");
  }
}
