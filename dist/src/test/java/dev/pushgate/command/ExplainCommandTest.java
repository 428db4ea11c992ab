package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.Pushgate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Without processes: nothing here depends on one. */
class ExplainCommandTest {
  private CommandFolder folder = new CommandFolder(Path.of(""), 0, 0);

  private record Ran(int exit, List<String> out, List<String> err) {}

  @BeforeEach
  void writeFolder(@TempDir Path path) throws IOException {
    folder = CommandFolder.in(path);
    folder.write(
        "pushgate.conf",
        """
        push.server-name = "vpn.example.com"
        callback.allow-access = [ "127.0.0.1" ]
        clients {
          hq { address = "192.0.2.1", secret = "%1$s", kind = fortigate, factor = push }
          plain { address = "192.0.2.2", secret = "%1$s" }
        }
        groups { admins { factor = number, mode = number }, quiet.mode = block, gone.factor = deny }
        networks {
          office { address = "198.51.100.0/24", factor = none, overrides = true }
          abroad { address = "203.0.113.0/24", factor = deny }
        }
        """
            .formatted(CommandFolder.SECRET));
    folder.write(
        "users.properties",
        """
        alice = {CLEARTEXT}x
        alice.groups = admins
        bob = {CLEARTEXT}x
        carol = {CLEARTEXT}x
        carol.factor = code
        dora = {CLEARTEXT}x
        dora.disabled = true
        erik = {CLEARTEXT}x
        erik.groups = admins, quiet
        fred = {CLEARTEXT}x
        fred.groups = gone
        """);
  }

  private Ran explain(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Pushgate.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int exit = command.execute(folder.arguments("explain", arguments));
    return new Ran(exit, out.toString().lines().toList(), err.toString().lines().toList());
  }

  @Test
  void explain_tellsEveryRuleThatMatchedAndWhatComesOfIt() {
    Ran ran = explain("ALICE", "--client", "hq", "--from", "203.0.114.7");

    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                List.of(
                    "user alice at client hq from 203.0.114.7",
                    "  group admins: factor number wins (the strictest that matches)",
                    "  client hq: factor push loses (another rule is stricter)",
                    "  group admins: mode number wins (a group goes before the client)",
                    "  client hq: mode challenge loses (a group goes before the client)",
                    "factor: number",
                    "mode: number",
                    "next: alice must approve on the phone, with the number that the VPN shows"),
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice | hq    | 203.0.113.7  | deny         | refused",
        "alice | hq    | 198.51.100.7 | none         | let in by the password alone",
        "bob   | hq    | 192.0.2.99   | push         | bob must approve on the phone: users are asked for a code; what is empty, or push, sends a notification",
        "bob   | plain | 192.0.2.99   | push-or-code | bob must approve on the phone or give a one-time code: users see nothing new: the VPN waits until they have answered on the phone",
        "carol | plain | 192.0.2.99   | code         | carol must give a one-time code",
        "carol | hq    | 2001:db8::1  | push         | carol must approve on the phone: users are asked for a code; what is empty, or push, sends a notification",
        "dora  | hq    | 192.0.2.99   | push         | refused: the user is disabled",
        "fred  | hq    | 192.0.2.99   | deny         | refused",
      })
  void explain_tellsTheFactorAndWhatHappensNext(
      String user, String client, String from, String factor, String next) {
    Ran ran = explain(user, "--client", client, "--from", from);

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("factor: " + factor, "next: " + next);
  }

  @Test
  void explain_withoutAnAddress_matchesNoNetwork() {
    assertThat(explain("bob", "--client", "plain").out())
        .containsExactly(
            "user bob at client plain",
            "  default: factor push-or-code wins (nothing else is said)",
            "  client plain: mode block wins (nothing else is said)",
            "factor: push-or-code",
            "mode: block",
            "next: bob must approve on the phone or give a one-time code: users see nothing new: the"
                + " VPN waits until they have answered on the phone");
  }

  @Test
  void explain_asJson_hasTheSame() throws Exception {
    Ran ran = explain("alice", "--client", "hq", "--from", "203.0.113.7", "--json");

    JsonNode json = new ObjectMapper().readTree(String.join("\n", ran.out()));
    assertThat(json.path("user").asText()).isEqualTo("alice");
    assertThat(json.path("client").asText()).isEqualTo("hq");
    assertThat(json.path("from").asText()).isEqualTo("203.0.113.7");
    assertThat(json.path("factor").asText()).isEqualTo("deny");
    assertThat(json.path("mode").asText()).isEqualTo("number");
    assertThat(json.path("next").valueStream().map(JsonNode::asText)).containsExactly("refused");
    assertThat(json.path("grounds")).hasSize(5);
    assertThat(json.path("grounds").get(2))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"origin": "network", "name": "abroad", "aspect": "factor", "word": "deny",
                     "wins": true, "why": "the strictest that matches"}
                    """));
  }

  @Test
  void explain_ofAnUnknownUserOrClient_exitsOneAndNamesTheNearest() {
    assertThat(explain("zoe", "--client", "hq"))
        .isEqualTo(
            new Ran(
                1,
                List.of(),
                List.of("pushgate: there is no user zoe in " + folder.file("users.properties"))));
    assertThat(explain("alice", "--client", "hqq"))
        .isEqualTo(
            new Ran(
                1,
                List.of(),
                List.of("pushgate: there is no client hqq (hq?); 'pushgate clients' shows them")));
  }

  @Test
  void explain_ofWhatIsNoAddress_exitsTwo() {
    assertThat(explain("alice", "--client", "hq", "--from", "office").exit()).isEqualTo(2);
    assertThat(explain("alice").exit()).isEqualTo(2);
  }
}
