package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.Pushgate;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.Redemption;
import dev.pushgate.push.limit.Origin;
import dev.pushgate.push.limit.PushPermit;
import dev.pushgate.push.signed.PhoneKey;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        state = "state"
        clients {
          hq { address = "192.0.2.1", secret = "%1$s", kind = fortigate, factor = push }
          plain { address = "192.0.2.2", secret = "%1$s" }
          door { address = "192.0.2.3", secret = "%1$s", mode = number, remember = 8h, append = on }
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

  private List<String> next(String... arguments) {
    Ran ran = explain(arguments);
    assertThat(ran.exit()).as("%s", ran).isZero();
    return ran.out().stream()
        .filter(line -> line.startsWith("next: "))
        .map(line -> line.substring("next: ".length()))
        .toList();
  }

  private static void enrol(State state, String user) throws Exception {
    String url =
        state.enrolmentCodes().issue(user, Duration.ofHours(1), "https://vpn.example.com").url();
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    ECPublicKey key = (ECPublicKey) keys.generateKeyPair().getPublic();
    assertThat(
            state
                .enrolmentCodes()
                .redeem(
                    url.substring(url.indexOf('#') + 1),
                    "Test phone",
                    PhoneKey.of(key),
                    new PushAddress.Poll(),
                    InetAddress.ofLiteral("198.51.100.1")))
        .isInstanceOf(Redemption.Enrolled.class);
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
                    "has: devices: none; apps for codes: 0; recovery codes: 0",
                    "place: 203.0.114.7, not known: not accepted from there within 30 days",
                    "next: refused: alice has no device; make one with: pushgate enroll alice"),
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice | hq    | 203.0.113.7  | deny         | refused: alice may not sign in here",
        "alice | hq    | 198.51.100.7 | none         | let in by the password alone",
        "bob   | hq    | 192.0.2.99   | push         | refused: bob has no device; make one with: pushgate enroll bob",
        "carol | plain | 192.0.2.99   | code         | refused: carol has no app for codes; make one with: pushgate enroll carol --app totp",
        "dora  | hq    | 192.0.2.99   | push         | refused: user is disabled",
        "fred  | hq    | 192.0.2.99   | deny         | refused: fred may not sign in here",
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
            "has: devices: none; apps for codes: 0; recovery codes: 0",
            "place: no address at plain, which is never known",
            "next: refused: bob has no device; make one with: pushgate enroll bob");
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
    assertThat(json.path("next").valueStream().map(JsonNode::asText))
        .containsExactly("refused: alice may not sign in here");
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
                List.of(
                    "pushgate: there is no user zoe in "
                        + folder.file("users.properties")
                        + "; add one with: pushgate passwd zoe")));
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

  @Test
  void explain_followsTheLoginThroughTheState() throws Exception {
    String[] there = {"bob", "--client", "plain", "--from", "203.0.114.7"};
    Origin origin = Origin.of(Optional.of(InetAddress.ofLiteral("203.0.114.7")), "plain");
    try (State state = folder.openState()) {
      enrol(state, "bob");
      assertThat(next(there))
          .containsExactly("a push goes to the phone, and the VPN waits until it is answered");

      for (int i = 0; i < 3; i++) {
        assertThat(state.pushLimits().reserve("bob", origin, false))
            .isInstanceOf(PushPermit.Granted.class);
      }
      assertThat(next(there))
          .singleElement()
          .asString()
          .startsWith("refused: too many pushes were not approved; the next may go at ");
      assertThat(next("bob", "--client", "door", "--from", "203.0.114.7"))
          .containsExactly(
              "where a comma and a code, or push, is typed behind the password, that is taken",
              "the VPN shows \"Enter 471 604 on your phone, then press OK\"",
              "a push goes to the phone at the same time, where the number has to be typed");

      state.pushLimits().reported("bob", origin);
      assertThat(next(there))
          .containsExactly(
              "refused: bob reported a login, so pushes go to known places only; let them go again"
                  + " with: pushgate lift bob");

      state.pushLimits().approved("bob", origin);
      assertThat(next(there))
          .containsExactly("a push goes to the phone, and the VPN waits until it is answered");
      assertThat(explain(there).out())
          .contains(
              "has: devices: Test phone; apps for codes: 0; recovery codes: 0",
              "place: 203.0.114.7, known: accepted from there within 30 days");

      for (int i = 0; i < 100; i++) {
        state.failures().failed("bob");
      }
      assertThat(next(there))
          .containsExactly("a push goes to the phone, and the VPN waits until it is answered");
      assertThat(next("bob", "--client", "plain"))
          .containsExactly(
              "refused: 100 wrong passwords and codes in a row, so only known places are served; start"
                  + " anew with: pushgate forget bob");
    }
  }

  @Test
  void explain_tellsWhatPassesTheSecondFactorBy() throws Exception {
    String[] there = {"bob", "--client", "door", "--from", "203.0.114.7"};
    InetAddress address = InetAddress.ofLiteral("203.0.114.7");
    try (State state = folder.openState()) {
      enrol(state, "bob");
      Instant end = Instant.now().plusSeconds(3600);
      state.rememberedLogins().remember("bob", "door", address, "print", end);
      assertThat(next(there).getFirst())
          .isEqualTo(
              "let in by the password alone, if it is the one that the login had which is remembered"
                  + " until "
                  + end.truncatedTo(ChronoUnit.SECONDS)
                  + "; else:");
      assertThat(next("bob", "--client", "door").getFirst())
          .isEqualTo("nothing is remembered, for there is no address");

      var _ = state.bypasses().grant("bob", end, "lost phone", "root");
      assertThat(next(there))
          .containsExactly(
              "let in by the password alone: a bypass is in force until "
                  + end.truncatedTo(ChronoUnit.SECONDS)
                  + " (lost phone)");
      List<String> arguments = new ArrayList<>(List.of(there));
      arguments.add("--json");
      JsonNode json =
          new ObjectMapper()
              .readTree(String.join("\n", explain(arguments.toArray(String[]::new)).out()));
      assertThat(json.path("known").asBoolean()).isFalse();
      assertThat(json.path("failures").asInt()).isZero();
      assertThat(json.path("bypassUntil").asText())
          .isEqualTo(end.truncatedTo(ChronoUnit.SECONDS).toString());
      assertThat(json.path("rememberedUntil").asText()).isNotEmpty();
      assertThat(json.path("devices").valueStream().map(JsonNode::asText))
          .containsExactly("Test phone");
      assertThat(json.path("pushes").asText()).isEqualTo("granted");
    }
  }

  @Test
  void explain_asksNobodyAndCountsNothing() throws Exception {
    try (State state = folder.openState()) {
      enrol(state, "bob");
      for (int i = 0; i < 5; i++) {
        assertThat(next("bob", "--client", "plain"))
            .containsExactly("a push goes to the phone, and the VPN waits until it is answered");
      }
    }
  }
}
