package dev.pushgate.configuration;

import static dev.pushgate.configuration.ConfigurationFolder.GOOD;
import static dev.pushgate.configuration.ConfigurationFolder.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.alarm.AlarmSettings;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.dialogue.NumberSettings;
import dev.pushgate.push.enrolment.InlineEnrolment;
import dev.pushgate.push.limit.LimitSettings;
import dev.pushgate.push.policy.GroupRule;
import dev.pushgate.push.policy.NetworkRule;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.message.Language;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration says of the second factor. */
class SecondFactorSettingsTest {
  private ConfigurationFolder folder = new ConfigurationFolder(Path.of(""));

  @BeforeEach
  void makeFolder(@TempDir Path path) {
    folder = new ConfigurationFolder(path).withTls();
  }

  private Configuration loaded(String text) {
    return folder.with("pushgate.conf", GOOD + text).loaded();
  }

  private Client hq(String text) {
    return Objects.requireNonNull(loaded(text).clients().get("hq"));
  }

  private List<String> warnings(String text) {
    folder.with("pushgate.conf", GOOD + text);
    ConfigurationFile.Result result = folder.load(Map.of());
    assertThat(folder.problems(result)).isEmpty();
    return folder.warnings(result);
  }

  @Test
  void load_takesDefaultsWhereTheFileIsSilent() {
    SecondFactorSettings settings = loaded("").secondFactor();

    assertThat(settings.policy().groups()).isEmpty();
    assertThat(settings.policy().networks()).isEmpty();
    assertThat(settings.number()).isEqualTo(NumberSettings.DEFAULT);
    assertThat(settings.code()).isEqualTo(TotpSettings.USUAL);
    assertThat(settings.limits()).isEqualTo(LimitSettings.DEFAULT);
    assertThat(settings.keyFile()).isEqualTo(folder.path().resolve("pushgate.key"));
    assertThat(settings.rememberAfterStop()).isNull();
    assertThat(settings.inlineEnrolment()).isNull();
    assertThat(settings.alarms()).isEqualTo(AlarmSettings.DEFAULT);
    assertThat(hq("").dialogue()).isEqualTo(ClientDialogue.DEFAULT);
    assertThat(hq("").factor()).isNull();
    assertThat(warnings("")).isEmpty();
  }

  @Test
  void load_readsEverySection() {
    Configuration configuration =
        loaded(
            """
            language = de
            key-file = keys/one.key
            remember-after-stop = 0s
            clients.hq { append = on, remember = 8h, mode = number, factor = number }
            clients.b { address = 192.0.2.2, secret = %s, language = en, remember = off }
            groups { admins { factor = number, mode = number }, staff.mode = challenge }
            networks {
              office { address = [ "198.51.100.0/24", "2001:db8::/32" ], factor = none, overrides = true }
              far { address = "203.0.113.0/24", factor = deny }
            }
            number { digits = 7, match = choose }
            code { algorithm = sha256, digits = 8, step = 60s }
            limits { pushes = 5, window = 1h, report-pause = 2d }
            enroll { inline = on, until = 2999-01-31, networks = "198.51.100.0/24", valid-for = 5m,
                     mail-command = [ "/bin/sh", "-c", "true" ] }
            alarm { webhook = "https://chat.example/hook?token=x", command = [ "/bin/sh" ] }
            """
                .formatted(SECRET));
    SecondFactorSettings settings = configuration.secondFactor();

    assertThat(settings)
        .usingRecursiveComparison()
        .ignoringFields("policy")
        .isEqualTo(
            new SecondFactorSettings(
                settings.policy(),
                new NumberSettings(7, true),
                new TotpSettings(TotpSettings.Algorithm.SHA256, 8, Duration.ofSeconds(60)),
                new LimitSettings(5, Duration.ofHours(1), Duration.ofDays(2)),
                folder.path().resolve("keys/one.key"),
                Duration.ZERO,
                new InlineEnrolment(
                    Instant.parse("2999-02-01T00:00:00Z"),
                    List.of(Network.parse("198.51.100.0/24")),
                    Duration.ofMinutes(5),
                    List.of("/bin/sh", "-c", "true")),
                new AlarmSettings(
                    URI.create("https://chat.example/hook?token=x"), List.of("/bin/sh"))));
    assertThat(settings.policy().groups())
        .isEqualTo(
            Map.of(
                "admins",
                new GroupRule(Requirement.NUMBER, Mode.NUMBER),
                "staff",
                new GroupRule(null, Mode.CHALLENGE)));
    assertThat(settings.policy().networks())
        .containsExactlyInAnyOrder(
            new NetworkRule(
                "office",
                List.of(Network.parse("198.51.100.0/24"), Network.parse("2001:db8::/32")),
                Requirement.NONE,
                true),
            new NetworkRule(
                "far", List.of(Network.parse("203.0.113.0/24")), Requirement.DENY, false));
    assertThat(configuration.clients().values())
        .extracting(Client::dialogue)
        .containsExactlyInAnyOrder(
            new ClientDialogue(Mode.NUMBER, true, Language.DE, Duration.ofHours(8)),
            new ClientDialogue(Mode.BLOCK, false, Language.EN, null));
  }

  @ParameterizedTest
  @CsvSource({
    "generic, BLOCK",
    "pam, BLOCK",
    "openvpn, BLOCK",
    "strongswan, BLOCK",
    "fortigate, CHALLENGE",
    "ocserv, NUMBER",
    "cisco-asa, NUMBER",
    "paloalto, NUMBER",
  })
  void load_presetsTheModeByKind_andTakesWhatIsWritten(String kind, Mode mode) {
    assertThat(hq("clients.hq.kind = " + kind).dialogue().mode()).isEqualTo(mode);
    assertThat(hq("clients.hq { kind = %s, mode = block }".formatted(kind)).dialogue().mode())
        .isEqualTo(Mode.BLOCK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clients.hq.factor = none"
            + "| clients.hq.factor: LETS USERS IN BY THEIR PASSWORD ALONE, without a second factor. Write push-or-code unless this is meant.",
        "groups.a.factor = none"
            + "| groups.a.factor: LETS USERS IN BY THEIR PASSWORD ALONE, without a second factor. Write push-or-code unless this is meant.",
        "networks.a { address = 10.0.0.0/8, factor = none }"
            + "| networks.a.factor: LETS USERS IN BY THEIR PASSWORD ALONE, without a second factor. Write push-or-code unless this is meant.",
        "groups.a { }"
            + "| groups.a: nothing is said of this group. Write factor or mode, or remove it.",
        "number.digits = 5"
            + "| number.digits: NIST SP 800-63B-4 section 3.1.3 asks for 6 digits at least. Write 6 or more.",
        "clients.hq.factor = number"
            + "| clients.hq.factor: a number is asked for, and users see none in mode block: they are refused. Write mode = number or challenge, for the client or the group.",
        "groups.a { factor = number }"
            + "| groups.a.factor: a number is asked for, and users see none in mode block: they are refused. Write mode = number or challenge, for the client or the group.",
        "networks.a { address = 10.0.0.0/8, factor = number }"
            + "| networks.a.factor: a number is asked for, and users see none in mode block: they are refused. Write mode = number or challenge, for the client or the group.",
        "clients.hq { factor = code, append = on }"
            + "| clients.hq.factor: this needs the key file FOLDER/pushgate.key, which is missing. Make it with `pushgate key`.",
        "clients.hq.remember = 8h"
            + "| clients.hq.remember: this needs the key file FOLDER/pushgate.key, which is missing. Make it with `pushgate key`.",
        "clients.hq { kind = openvpn, mode = challenge }"
            + "| clients.hq.mode: openvpn takes a prompt for a refusal, so nobody could log in. Write block.",
        "alarm.command = /no/such/program"
            + "| alarm.command: there is no program '/no/such/program'. Install it, or name the program that you mean.",
        "enroll { inline = on, until = 2020-01-31, networks = 10.0.0.0/8 }"
            + "| enroll.until: that day is over, so users without a device are refused. Set it to a later day, or write inline = off.",
        "enroll { inline = on, until = 2999-01-31, networks = 0.0.0.0/0 }"
            + "| enroll.networks: everybody who has the password of a user without a device can enrol one. Name networks that you trust.",
      })
  void load_warnsOfWhatCannotWork(String text, String warning) {
    assertThat(warnings(text)).containsExactly("pushgate.conf:4: " + warning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clients.hq.factor = code",
        "groups.a.factor = code",
        "groups.a { factor = code, mode = block }, clients.hq.mode = challenge",
        "networks.a { address = 10.0.0.0/8, factor = code }",
      })
  void load_warnsOfCodesThatNobodyCanGive(String text) {
    folder.with("pushgate.key", "not read here");

    assertThat(warnings(text))
        .singleElement()
        .asString()
        .endsWith(
            ".factor: a code is asked for, and nobody can give one in mode block without append:"
                + " they are refused. Write mode = challenge or number, or append = on, for the"
                + " client.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clients.hq { factor = code, mode = number }",
        "clients.hq { factor = code, append = on }",
        "clients.hq.factor = code, groups.a.mode = challenge",
        "groups.a.factor = code, clients.hq.append = on",
        "networks.a { address = 10.0.0.0/8, factor = code }, clients.hq.kind = fortigate",
      })
  void load_warnsOfNoCodesThatCanBeGiven(String text) {
    folder.with("pushgate.key", "not read here");

    assertThat(warnings(text)).isEmpty();
  }

  @Test
  void load_warnsOfRememberingWherePamTellsNoAddress() {
    folder.with("pushgate.key", "not read here");

    assertThat(warnings("clients.hq { kind = pam, remember = 1h }"))
        .containsExactly(
            "pushgate.conf:4: clients.hq.remember: pam_radius tells a host's name or nothing where"
                + " an address is needed, and then nothing is remembered. Remove the key, unless the"
                + " application behind PAM gives addresses.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clients.hq { factor = number, mode = number }",
        "clients.hq { factor = number, kind = fortigate }",
        "groups.a { factor = number, mode = number }",
        "clients.hq.factor = number, groups.a.mode = number",
        "groups.a.factor = number, clients.hq.kind = ocserv",
      })
  void load_warnsOfNoNumberThatCanBeShown(String text) {
    assertThat(warnings(text)).isEmpty();
  }

  @Test
  void load_namesTheKeyFile_soThatAChangeOfItIsSeen() {
    folder.with("pushgate.conf", GOOD);

    assertThat(folder.load(Map.of()).files()).contains(folder.path().resolve("pushgate.key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groups.a.factor = push                          | true",
        "networks.a { address = 10.0.0.0/8, factor = push } | true",
        "number.digits = 8                               | true",
        "limits.pushes = 4                               | true",
        "language = de                                   | true",
        "code.digits = 8                                 | false",
        "key-file = other.key                            | false",
        "remember-after-stop = 1m                        | false",
        "alarm.command = /bin/sh                         | false",
        "enroll { inline = on, until = 2999-01-01, networks = 10.0.0.0/8 } | false",
      })
  void isSameApartFromWhatReloads_tellsWhatNeedsARestart(String text, boolean expected) {
    SecondFactorSettings before = loaded("").secondFactor();

    assertThat(before.isSameApartFromWhatReloads(loaded(text).secondFactor())).isEqualTo(expected);
  }
}
