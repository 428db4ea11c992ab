package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code enroll} and {@code devices} beside a running server. */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
class DevicesCommandTest {
  private final CommandFolder folder;
  private final PushgateProcess server;

  DevicesCommandTest(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
    server = folder.serve();
  }

  @AfterAll
  void end() {
    server.close();
  }

  @Test
  void enroll_printsTheLinkOnALineOfItsOwn_belowTheCode() throws Exception {
    PushgateProcess.Result result = folder.run("enroll", "ALICE", "--valid-for", "2h").done();

    assertThat(result.out()).hasSizeGreaterThan(10);
    assertThat(result.out())
        .filteredOn(line -> line.startsWith("https://"))
        .singleElement()
        .asString()
        .matches("https://127\\.0\\.0\\.1:" + folder.callbackPort() + "/enroll#[A-Z2-7-]+");
    assertThat(result.err())
        .singleElement()
        .asString()
        .startsWith("Good for one device of alice until ");
  }

  @Test
  void enroll_withoutQrCode_printsTheLinkAlone() throws Exception {
    assertThat(folder.run("enroll", "alice", "--no-qr").done().out())
        .singleElement()
        .asString()
        .startsWith("https://");
  }

  @Test
  void enroll_ofAnUnknownUser_exitsOneAndSaysHowToAddThem() throws Exception {
    PushgateProcess.Result result = folder.run("enroll", "mallory");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsExactly(
            "pushgate: there is no user mallory in "
                + folder.file("users.properties")
                + "; add one with: pushgate passwd mallory");
  }

  @Test
  void devices_areListedAndRemoved() throws Exception {
    Path account = folder.enrol("alice");
    String id = new ObjectMapper().readTree(account.toFile()).path("device").asText();
    try (PushgateProcess phone =
        PushgateProcess.start(folder.phone(account, "watch", "--auto", "approve"))) {
      assertThat(phone.isRunning()).isTrue();
      assertThat(folder.isAccepted("alice", CommandFolder.PASSWORD)).isTrue();

      List<String> table = folder.run("devices list").done().out();
      assertThat(table.getFirst().split(" {2,}", -1))
          .containsExactly(
              "USER", "DEVICE", "NAME", "VIA", "ENROLLED", "LAST SEEN", "LAST PUSH", "LAST ERROR");
      assertThat(table.get(1)).startsWith("alice").contains(id, "Terminal");
      assertThat(folder.run("devices list", "ALICE").done().out()).isEqualTo(table);
      assertThat(folder.run("devices").done().out()).isEqualTo(table);
      assertThat(folder.run("devices", "--json").done().out())
          .isEqualTo(folder.run("devices list", "--json").done().out());
      assertThat(folder.run("devices", "--json", "list").exit()).isEqualTo(2);
      assertThat(folder.run("devices list", "bob").done().out()).containsExactly("no devices");

      JsonNode all =
          new ObjectMapper()
              .readTree(String.join("\n", folder.run("devices list", "--json").done().out()));
      assertThat(all).hasSize(1);
      assertThat(all.get(0).path("device").asText()).isEqualTo(id);
      assertThat(all.get(0).path("user").asText()).isEqualTo("alice");
      assertThat(all.get(0).path("lastSeen").isTextual()).isTrue();

      assertThat(folder.run("devices remove", id).done().out()).containsExactly("removed " + id);
      assertThat(folder.isAccepted("alice", CommandFolder.PASSWORD)).isFalse();
      assertThat(PushgateProcess.run(folder.phone(account, "approve", "--wait", "0")).err())
          .containsExactly("pushgate: the server refused: signature (HTTP 401)");
    }

    PushgateProcess.Result again = folder.run("devices remove", id);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).containsExactly("pushgate: that device has been removed before");
  }

  @Test
  void devices_removeOfAnUnknownOne_exitsOne() throws Exception {
    PushgateProcess.Result result = folder.run("devices remove", "no-such-device");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .containsExactly(
            "pushgate: there is no device no-such-device; 'pushgate devices list' shows them");
  }
}
