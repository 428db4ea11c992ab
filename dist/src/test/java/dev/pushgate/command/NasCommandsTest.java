package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.message.Language;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NasCommandsTest {

  private static List<String> commands(ClientKind kind, int seconds) {
    return NasCommands.of(
        Client.of("hq", "192.0.2.1", "a-secret-that-is-long")
            .withDialogue(kind, ClientDialogue.DEFAULT)
            .withAnswerWithin(Duration.ofSeconds(seconds)));
  }

  static Stream<Arguments> linesWithTheBudget() {
    return Stream.of(
        Arguments.of(
            ClientKind.FORTIGATE, 60, List.of("set timeout 60", "set remoteauthtimeout 60")),
        Arguments.of(
            ClientKind.FORTIGATE, 45, List.of("set timeout 45", "set remoteauthtimeout 45")),
        Arguments.of(ClientKind.CISCO_ASA, 30, List.of("timeout 30")),
        Arguments.of(
            ClientKind.PALOALTO,
            30,
            List.of("set shared server-profile radius pushgate timeout 30 retries 1")),
        Arguments.of(ClientKind.OCSERV, 60, List.of("radius_timeout 20", "radius_retries 2")),
        Arguments.of(ClientKind.OCSERV, 61, List.of("radius_timeout 21", "radius_retries 2")),
        Arguments.of(ClientKind.OPENVPN, 60, List.of("wait=2", "retry=30")),
        Arguments.of(ClientKind.OPENVPN, 45, List.of("wait=2", "retry=23")),
        Arguments.of(
            ClientKind.PAM,
            60,
            List.of("PUSHGATE-ADDRESS:1812 SECRET 30", "auth required pam_radius_auth.so retry=1")),
        Arguments.of(
            ClientKind.PAM,
            300,
            List.of("PUSHGATE-ADDRESS:1812 SECRET 60", "auth required pam_radius_auth.so retry=4")),
        Arguments.of(
            ClientKind.STRONGSWAN,
            14,
            List.of("charon.plugins.eap-radius.retransmit_timeout = 2.0")),
        Arguments.of(
            ClientKind.STRONGSWAN,
            60,
            List.of("charon.plugins.eap-radius.retransmit_timeout = 8.5")),
        Arguments.of(
            ClientKind.GENERIC,
            20,
            List.of("its RADIUS timeout, tries included: 20 seconds or more")));
  }

  @ParameterizedTest
  @MethodSource("linesWithTheBudget")
  void of_waitsAsLongAsTheServerTakes(ClientKind kind, int seconds, List<String> expected) {
    assertThat(commands(kind, seconds).stream().map(String::strip)).containsAll(expected);
  }

  /** It sends the answer to a prompt once. */
  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"CHALLENGE", "NUMBER"})
  void of_pamThatShowsPrompts_waitsForTheWholeBudgetByOneTry(Mode mode) {
    assertThat(
            NasCommands.of(
                Client.of("hq", "192.0.2.1", "a-secret-that-is-long")
                    .withDialogue(
                        ClientKind.PAM, new ClientDialogue(mode, false, Language.DEFAULT, null))
                    .withAnswerWithin(Duration.ofSeconds(60))))
        .contains("PUSHGATE-ADDRESS:1812 SECRET 60");
  }

  /** strongSwan's tries are 1.4 times as long each: four of them are 7.1 times the first. */
  @ParameterizedTest
  @CsvSource({"14", "30", "60", "300"})
  void of_strongSwan_addsUpToTheBudget(int seconds) {
    double first =
        commands(ClientKind.STRONGSWAN, seconds).stream()
            .filter(line -> line.contains("retransmit_timeout"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* = ", "")))
            .findFirst()
            .orElseThrow();

    assertThat(first * (1 + 1.4 + 1.4 * 1.4 + 1.4 * 1.4 * 1.4)).isGreaterThanOrEqualTo(seconds);
  }

  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void of_neverShowsTheSecret(ClientKind kind) {
    assertThat(commands(kind, 60)).isNotEmpty().noneMatch(line -> line.contains("a-secret"));
  }
}
