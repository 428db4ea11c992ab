package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.push.code.CodeCheck;
import dev.pushgate.server.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code enroll --app totp} and {@code recovery-codes}. */
@Timeout(180)
class EnrollTotpTest {
  private final CommandFolder folder;

  EnrollTotpTest(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
  }

  @Test
  void enroll_printsTheAddressOnALineOfItsOwn_andTheAppIsADeviceToList() throws Exception {
    folder.run("key").done();
    PushgateProcess.Result enrolled = folder.run("enroll", "ALICE", "--app", "totp").done();
    assertThat(enrolled.out()).hasSizeGreaterThan(10);
    assertThat(enrolled.err())
        .singleElement()
        .asString()
        .startsWith("The codes of the app that reads it are good for alice from now on.");
    TotpApp app = TotpApp.scanning(enrolled);
    assertThat(app.algorithm()).isEqualTo("HmacSHA1");
    assertThat(app.digits()).isEqualTo(6);
    assertThat(app.step()).isEqualTo(30);
    TotpApp other =
        TotpApp.scanning(
            folder
                .run(
                    "enroll",
                    "bob",
                    "--app",
                    "totp",
                    "--no-qr",
                    "--algorithm",
                    "SHA256",
                    "--digits",
                    "8",
                    "--step",
                    "60s")
                .done());
    try (State server = folder.openState()) {
      assertThat(server.oneTimeCodes().check("alice", app.code())).isEqualTo(new CodeCheck.Right());
      assertThat(server.oneTimeCodes().check("bob", other.code())).isEqualTo(new CodeCheck.Right());

      JsonNode all = json(folder.run("devices list", "--json").done());
      assertThat(all).hasSize(2);
      JsonNode alices = all.get(0);
      String id = alices.path("device").asText();
      assertThat(alices.path("user").asText()).isEqualTo("alice");
      assertThat(alices.path("via").asText()).isEqualTo("totp");
      assertThat(alices.path("name").asText()).isEqualTo("6 digits, 30 s, SHA1");
      assertThat(alices.path("lastSeen").isTextual()).isTrue();
      assertThat(alices.path("lastPush").isNull()).isTrue();
      assertThat(all.get(1).path("name").asText()).isEqualTo("8 digits, 60 s, SHA256");
      List<String> table = folder.run("devices list", "alice").done().out();
      assertThat(table).hasSize(2);
      assertThat(table.get(1).split(" {2,}", -1)).contains("alice", id, "totp");

      assertThat(folder.run("devices remove", id).done().out()).containsExactly("removed " + id);
      assertThat(server.oneTimeCodes().has("alice")).isFalse();
      assertThat(folder.run("devices remove", id).exit()).isEqualTo(1);
    }
  }

  private static JsonNode json(PushgateProcess.Result result) throws Exception {
    return new ObjectMapper().readTree(String.join("\n", result.out()));
  }

  @Test
  void enrollWithoutAKeyFile_namesTheCommandThatMakesOne() throws Exception {
    PushgateProcess.Result result = folder.run("enroll", "alice", "--app", "totp");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsExactly(
            "pushgate: there is no key file "
                + folder.file("pushgate.key")
                + " to encrypt the secret with; make one with: pushgate key");
  }

  @Test
  void optionsThatDoNotGoTogether_exitTwo() throws Exception {
    assertThat(folder.run("enroll", "alice", "--digits", "8").exit()).isEqualTo(2);
    assertThat(folder.run("enroll", "alice", "--app", "totp", "--digits", "7").exit()).isEqualTo(2);
    assertThat(folder.run("enroll", "alice", "--app", "totp", "--valid-for", "1h").exit())
        .isEqualTo(2);
  }

  @Test
  void recoveryCodes_areShownOnceAndReplaceThoseOfBefore() throws Exception {
    PushgateProcess.Result first = folder.run("recovery-codes", "ALICE").done();
    assertThat(first.out())
        .hasSize(10)
        .allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
    assertThat(first.err())
        .singleElement()
        .asString()
        .startsWith("Each is good for one login of alice; codes of before are void.");
    try (State server = folder.openState()) {
      assertThat(server.recoveryCodes().use("alice", first.out().get(3))).isTrue();
      assertThat(folder.run("recovery-codes", "alice", "--left").done().out()).containsExactly("9");

      folder.run("recovery-codes", "alice").done();
      assertThat(server.recoveryCodes().use("alice", first.out().get(4))).isFalse();
      assertThat(server.recoveryCodes().left("alice")).isEqualTo(10);
    }

    PushgateProcess.Result unknown = folder.run("recovery-codes", "mallory");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).singleElement().asString().contains("there is no user mallory in ");
  }

  @Test
  void enroll_takesWhatTheConfigurationSays_unlessAnOptionSaysOtherwise() throws Exception {
    String before = Files.readString(folder.file("pushgate.conf"));
    folder.write("pushgate.conf", before + "code { digits = 8, step = 60s, algorithm = sha256 }\n");
    folder.run("key").done();

    TotpApp app =
        TotpApp.scanning(folder.run("enroll", "alice", "--app", "totp", "--digits", "6").done());

    assertThat(app.digits()).isEqualTo(6);
    assertThat(app.step()).isEqualTo(60);
    assertThat(app.algorithm()).isEqualTo("HmacSHA256");
  }
}
