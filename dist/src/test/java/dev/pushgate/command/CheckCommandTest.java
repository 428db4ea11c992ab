package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CheckCommandTest {

  private static CommandFolder broken(Path path) throws IOException {
    CommandFolder folder = CommandFolder.in(path);
    folder.write("tls.crt", "no certificate");
    folder.write("tls.key", "no key");
    folder.write("staff.properties", "alice = bare-password\nalice.groups = a,,b\n");
    folder.write(
        "pushgate.conf",
        """
        push { server-ip = "127.0.0.1", expriy = 60s }
        callback { allow-access = [ "127.0.0.1" ], certificate = "tls.crt", key = "tls.key" }
        users = "staff.properties"
        clients.test-vpn { address = "127.0.0.300", secret-file = "missing.secret" }
        """);
    return folder;
  }

  @Test
  void check_ofAGoodConfiguration_tellsWhatItSaysAndExitsZero(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);

    PushgateProcess.Result result = folder.run("check").done();

    assertThat(result.out())
        .containsExactly(
            "warning: pushgate.conf:1: push.server-name: phones call an IP address, so the web app"
                + " gets no notifications and asks by itself. Set push.server-name, to which a"
                + " certificate can be made out.",
            "warning: pushgate.conf:2: callback.certificate: none is given, so phones get a"
                + " self-signed one that they do not trust. Set callback.certificate and"
                + " callback.key.",
            "phones call https://127.0.0.1:" + folder.callbackPort(),
            "client test-vpn: 127.0.0.1/32, kind generic, answered within 60 s: the NAS must wait at"
                + " least as long",
            "  mode block (preset), factor push-or-code (preset), append off, remember off, language"
                + " en",
            "  passwords are checked by the file of users",
            "  users see nothing new: the VPN waits until they have answered on the phone",
            "  on the NAS:",
            "    its RADIUS timeout, tries included: 60 seconds or more",
            "2 users",
            "no mistakes");
    assertThat(result.err()).isEmpty();
    assertThat(folder.state()).doesNotExist();
  }

  @Test
  void check_explainsEachClientAndWhatToTypeOnIt(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    folder.write(
        "pushgate.conf",
        """
        push.server-name = "vpn.example.com"
        callback.allow-access = [ "127.0.0.1" ]
        language = de
        clients {
          hq { address = "192.0.2.1", secret = "%1$s", kind = fortigate, answer-within = 45s, append = on }
          door { address = "192.0.2.2", secret = "%1$s", kind = ocserv, factor = push, language = en }
        }
        networks.office { address = "198.51.100.0/24", factor = push, overrides = true }
        """
            .formatted(CommandFolder.SECRET));

    assertThat(folder.run("check").done().out())
        .containsSubsequence(
            "client door: 192.0.2.2/32, kind ocserv, answered within 60 s: the NAS must wait at least"
                + " as long",
            "  mode number (preset), factor push, append off, remember off, language en",
            "  users see a number, and type it on the phone",
            "  on the NAS:",
            "    radius_timeout 20",
            "client hq: 192.0.2.1/32, kind fortigate, answered within 45 s: the NAS must wait at least"
                + " as long",
            "  mode challenge (preset), factor push-or-code (preset), append on, remember off,"
                + " language de",
            "  users are asked for a code; what is empty, or push, sends a notification",
            "  users may type PASSWORD,123456 or PASSWORD,push instead",
            "    config system global",
            "        set remoteauthtimeout 45",
            "network office: 198.51.100.0/24, factor push, overrides other rules");
    JsonNode all =
        new ObjectMapper().readTree(String.join("\n", folder.run("check", "--json").done().out()));
    JsonNode hq =
        all.valueStream()
            .filter(each -> each.path("key").asText().equals("clients.hq"))
            .findFirst()
            .orElseThrow()
            .path("client");
    assertThat(hq.path("mode").asText()).isEqualTo("challenge");
    assertThat(hq.path("factor").asText()).isEqualTo("push-or-code");
    assertThat(hq.path("append").asBoolean()).isTrue();
    assertThat(hq.path("rememberSeconds").isNull()).isTrue();
    assertThat(hq.path("onTheNas").valueStream().map(JsonNode::asText))
        .contains("    set remoteauthtimeout 45");
  }

  @Test
  void check_notesWhichPasswordsCannotServeWhichMethods(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    folder.write(
        "users.properties",
        CommandFolder.USERS
            + "carol = $2b$10$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS\n");
    String note = "carol's bcrypt password cannot serve CHAP or MS-CHAPv2";

    assertThat(folder.run("check").done().out())
        .anyMatch(
            line -> line.startsWith("note: " + folder.file("users.properties") + ": " + note));
    JsonNode all =
        new ObjectMapper().readTree(String.join("\n", folder.run("check", "--json").done().out()));
    assertThat(all.valueStream())
        .anyMatch(
            each ->
                each.path("severity").asText().equals("note")
                    && each.path("what").asText().equals(note));
    try (PushgateProcess server = folder.serve()) {
      await()
          .untilAsserted(
              () ->
                  assertThat(server.err())
                      .anyMatch(line -> line.contains(" INFO ") && line.contains(": " + note)));
    }
  }

  @Test
  void check_ofABrokenConfiguration_tellsTheMistakesOfAllFilesAtOnce(@TempDir Path path)
      throws Exception {
    PushgateProcess.Result result = broken(path).run("check");

    assertThat(result.exit()).isEqualTo(1);
    String shownPath = path + "/";
    assertThat(result.out().stream().map(line -> line.replace(shownPath, "")))
        .containsExactlyInAnyOrder(
            "pushgate.conf:1: push.expriy: there is no such key. Write expiry.",
            "pushgate.conf:4: clients.test-vpn.address: '127.0.0.300' is neither an IP address nor a"
                + " network. Write one such as \"192.0.2.1\", \"192.0.2.0/24\" or \"2001:db8::/32\".",
            "pushgate.conf:4: clients.test-vpn.secret-file: there is no file missing.secret. Put it"
                + " there, or name the file that you mean.",
            "staff.properties:1: alice: the value has no known password scheme. Hash the password"
                + " with `pushgate passwd alice`, or write {CLEARTEXT} before it on purpose.",
            "staff.properties:2: alice.groups: a group has no name. Separate the groups by single"
                + " commas.",
            "tls.crt: there is no certificate in it. Put the server's certificate there as PEM, then those between it and the root.",
            "tls.key: there is no private key in it. Put the certificate's private key there as PEM.",
            "7 mistakes");
  }

  @Test
  void check_asJson_givesEachPartOfAMistakeItsOwnMember(@TempDir Path path) throws Exception {
    PushgateProcess.Result result = broken(path).run("check", "--json");

    assertThat(result.exit()).isEqualTo(1);
    JsonNode all = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(all).hasSizeGreaterThan(5);
    JsonNode unknownKey =
        all.valueStream()
            .filter(each -> each.path("key").asText().equals("push.expriy"))
            .findFirst()
            .orElseThrow();
    assertThat(unknownKey)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"severity": "error", "file": "pushgate.conf", "line": 1,
                     "key": "push.expriy", "what": "there is no such key",
                     "remedy": "Write expiry"}
                    """));
    assertThat(all.valueStream().map(each -> each.path("file").asText()))
        .anyMatch(file -> file.endsWith("staff.properties"))
        .anyMatch(file -> file.endsWith("tls.crt"));
  }

  @Test
  void check_asJson_ofAGoodConfiguration_listsWarningsAndClients(@TempDir Path path)
      throws Exception {
    PushgateProcess.Result result = CommandFolder.in(path).run("check", "--json").done();

    JsonNode all = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(all.valueStream().map(each -> each.path("severity").asText()))
        .containsExactly("warning", "warning", "client");
  }

  @Test
  void check_refusesInterfacesOfWhichNoneIsThere(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    folder.write(
        "pushgate.conf",
        """
        push.server-ip = "127.0.0.1"
        callback.allow-access = [ "absent0" ]
        clients.test-vpn { address = "127.0.0.1", secret = "%s" }
        """
            .formatted(CommandFolder.SECRET));

    PushgateProcess.Result result = folder.run("check");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .anyMatch(
            line ->
                line.startsWith(
                    "pushgate.conf: callback.allow-access: no interface is called 'absent0', or it"
                        + " has no address. Use one of these: "));
  }

  @Test
  void check_usedWrongly_exitsTwo() throws Exception {
    PushgateProcess.Result result = PushgateProcess.run("check", "--confg", "/x");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err().getFirst()).contains("--confg");
    assertThat(result.out()).isEqualTo(List.of());
  }
}
