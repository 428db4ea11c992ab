package dev.pushgate.configuration;

import static dev.pushgate.configuration.ConfigurationFolder.CLIENT;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;
import static dev.pushgate.configuration.ConfigurationFolder.PUSH;
import static dev.pushgate.configuration.ConfigurationFolder.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pushgate.push.alarm.AlarmSettings;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.dialogue.NumberSettings;
import dev.pushgate.push.limit.LimitSettings;
import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.push.notifier.webpush.WebPushSettings;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
  private static final PushServices BROWSERS_ONLY =
      new PushServices(
          Optional.empty(),
          Optional.empty(),
          Optional.of(new PushServices.Browsers(Optional.empty(), WebPushSettings.DEFAULT_HOSTS)),
          Uplink.DIRECT);

  private static final String NO_NAME =
      "pushgate.conf:1: push.server-name: phones call an IP address, so the web app gets no"
          + " notifications and asks by itself. Set push.server-name, to which a certificate can be"
          + " made out.";

  private static final String SAMPLE_HEAD =
      """
      push {
        status = enable                 # the words of FortiOS's `config system ftm-push`
        server-ip = 203.0.113.5         # the address phones call back to (or a name: server-name)
        server-port = 4433              # 1-65535
        expiry = 60s
      }
      callback.allow-access = [ eth0 ]  # interfaces (names, globs or addresses) on which phones may call; the others are not
                                        # bound at all. None given: all, with a warning
      callback { certificate = "tls.crt", key = "tls.key" }   # none given: self-signed in the state folder, with a warning
      # base address of phones: callback.public-url, else push.server-name, else push.server-ip; IPv6 in brackets, no ":443"
      radius.listen = [ "0.0.0.0:1812", "[::]:1812" ]
      radius.accounting = [ "0.0.0.0:1813", "[::]:1813" ]
      """;
  private static final String SAMPLE_TAIL =
      """
      state = "/var/lib/pushgate"
      clients {
        fortigate-hq { address = "192.0.2.1/32", secret = ${?FORTIGATE_SECRET}, secret-file = "fortigate.secret",
                       message-authenticator = auto, kind = fortigate, mode = block, factor = push }
      }
      """;

  private ConfigurationFolder folder = new ConfigurationFolder(Path.of(""));

  @BeforeEach
  void makeFolder(@TempDir Path path) {
    folder = new ConfigurationFolder(path).withTls();
  }

  private Configuration loaded(String text) {
    return folder.with("pushgate.conf", text).loaded();
  }

  private static Client client(Configuration configuration, String name) {
    assertThat(configuration.clients()).containsKey(name);
    return Objects.requireNonNull(configuration.clients().get(name));
  }

  @Test
  void load_readsTheSampleOfTheDesign() {
    folder.with("fortigate.secret", SECRET + "\n");
    folder.with("pushgate.conf", SAMPLE_HEAD + SAMPLE_TAIL);

    ConfigurationFile.Result result = folder.load(Map.of());

    assertThat(folder.problems(result)).isEmpty();
    assertThat(folder.warnings(result)).containsExactly(NO_NAME);
    assertThat(folder.loaded())
        .isEqualTo(
            new Configuration(
                folder.path(),
                new PushSettings(
                    true,
                    InetAddress.ofLiteral("203.0.113.5"),
                    null,
                    4433,
                    Duration.ofMinutes(1),
                    "VPN",
                    BROWSERS_ONLY,
                    false),
                new CallbackSettings(
                    List.of("eth0"),
                    new CallbackSettings.Tls(
                        folder.path().resolve("tls.crt"), folder.path().resolve("tls.key")),
                    null),
                new RadiusSettings(
                    List.of(
                        new InetSocketAddress("0.0.0.0", 1812), new InetSocketAddress("::", 1812)),
                    List.of(
                        new InetSocketAddress("0.0.0.0", 1813), new InetSocketAddress("::", 1813)),
                    Duration.ofSeconds(1)),
                Path.of("/var/lib/pushgate"),
                folder.path().resolve("users.properties"),
                true,
                SourcesSettings.DEFAULT,
                Map.of(
                    "fortigate-hq",
                    new Client(
                        "fortigate-hq",
                        List.of(Network.parse("192.0.2.1")),
                        SharedSecret.of(SECRET),
                        ClientKind.FORTIGATE,
                        MessageAuthenticatorRule.AUTO,
                        Duration.ofMinutes(1),
                        "push",
                        null,
                        ClientSources.DEFAULT,
                        ClientDialogue.DEFAULT,
                        ReplyAttributes.NONE)),
                new SecondFactorSettings(
                    folder.loaded().secondFactor().policy(),
                    NumberSettings.DEFAULT,
                    TotpSettings.USUAL,
                    LimitSettings.DEFAULT,
                    folder.path().resolve("pushgate.key"),
                    null,
                    null,
                    AlarmSettings.DEFAULT)));
  }

  @Test
  void load_takesTheVariableOfTheSampleOverItsFileAndSaysSo() {
    folder.with("fortigate.secret", "of-the-file-not-the-variable");
    folder.with("pushgate.conf", SAMPLE_HEAD + SAMPLE_TAIL);
    Map<String, String> environment = Map.of("FORTIGATE_SECRET", SECRET);

    ConfigurationFile.Result result = folder.load(environment);

    assertThat(client(folder.loaded(environment), "fortigate-hq").secret())
        .isEqualTo(SharedSecret.of(SECRET));
    assertThat(folder.warnings(result))
        .containsExactly(
            NO_NAME,
            "pushgate.conf:15: clients.fortigate-hq.secret-file: secret is set too, so the file is"
                + " not used. Remove one of the two.");
    assertThat(result.toString()).doesNotContain(SECRET);
  }

  @Test
  void load_warnsOfANameThatPushServicesTakeForNoContact() {
    folder.withTls();
    folder.with("pushgate.conf", GOOD + "push.server-name = vpn\n");
    assertThat(folder.warnings(folder.load(Map.of())))
        .singleElement()
        .asString()
        .endsWith(
            ": push.webpush.subject: push services take no contact like https://vpn:4433, so the web"
                + " app gets no notifications and asks by itself. Set it to \"mailto:\" and an"
                + " address.");
    folder.with(
        "pushgate.conf",
        GOOD + "push.server-name = vpn\npush.webpush.subject = \"mailto:vpn@example.com\"\n");
    assertThat(folder.warnings(folder.load(Map.of()))).isEmpty();
  }

  @Test
  void load_takesTheFileWhereTheVariableIsEmpty() {
    folder.with("fortigate.secret", SECRET);
    folder.with("pushgate.conf", SAMPLE_HEAD + SAMPLE_TAIL);
    Map<String, String> environment = Map.of("FORTIGATE_SECRET", "");

    assertThat(client(folder.loaded(environment), "fortigate-hq").secret())
        .isEqualTo(SharedSecret.of(SECRET));
    assertThat(folder.warnings(folder.load(environment))).containsExactly(NO_NAME);
  }

  @Test
  void load_withAnEmptyListOfAccounting_hasNone() {
    assertThat(loaded("push.server-name = vpn\nradius.accounting = []\n" + CLIENT).radius())
        .isEqualTo(
            new RadiusSettings(
                RadiusSettings.defaultListen(), List.of(), RadiusSettings.DEFAULT_REJECT_DELAY));
  }

  @Test
  void load_readsTheShippedExample() throws IOException {
    folder.with("fortigate.secret", SECRET);
    folder.with(
        "pushgate.conf", Files.readAllBytes(Path.of("src/main/dist/pushgate.conf.example")));

    ConfigurationFile.Result result = folder.load(Map.of());

    assertThat(folder.problems(result)).isEmpty();
    assertThat(folder.warnings(result))
        .singleElement()
        .asString()
        .matches("pushgate.conf:[0-9]+: .*")
        .endsWith(
            ": callback.certificate: none is given, so phones get a self-signed one"
                + " that they do not trust. Set callback.certificate and callback.key.");
  }

  @Test
  void load_readsTheShippedExampleWithEveryKeySet() throws IOException {
    String example = Files.readString(Path.of("src/main/dist/pushgate.conf.example"));
    String uncommented = example.replaceAll("(?m)^( *)# ([a-z-]+ (?:= |\\{$)|}$)", "$1$2");
    folder
        .withPushCredentials()
        .with("fortigate.secret", SECRET)
        .with("nps.secret", SECRET)
        .with("corp.password", SECRET);
    folder.with("pushgate.conf", uncommented);
    ConfigurationFile.Result result = folder.load(Map.of());

    assertThat(folder.problems(result)).isEmpty();
    for (Vocabulary section : Vocabulary.values()) {
      assertThat(section.keys())
          .allSatisfy(key -> assertThat(uncommented).containsPattern("(?m)^ *" + key + " [={]"));
    }
  }

  @Test
  void load_readsReplyAttributesOfAClientByTheDictionariesThatAreNamed() {
    folder.with("dictionary.acme", "VENDOR Acme 32473\nATTRIBUTE Acme-Role 1 string Acme\n");
    folder.with(
        "pushgate.conf",
        GOOD
            + """
            radius.dictionaries = [ "dictionary.acme" ]
            clients.hq.reply {
              Filter-Id = "a, b"
              Acme-Role = [ x, y ]
              "Tunnel-Type:1" = VLAN
              Session-Timeout = 3600
            }
            """);

    assertThat(client(folder.loaded(), "hq").reply().encoded())
        .extracting(EncodedAttribute::toString)
        .containsExactlyInAnyOrder(
            "11=0x612c2062",
            "26=0x00007ed9010378",
            "26=0x00007ed9010379",
            "64=0x0100000d",
            "27=0x00000e10");
    assertThat(folder.load(Map.of()).files()).contains(folder.path().resolve("dictionary.acme"));
  }

  @Test
  void load_warnsOfWhatANasMayNotTake() {
    folder.withTls();
    folder.with(
        "pushgate.conf",
        GOOD
            + """
            clients.hq { kind = ocserv, reply.Service-Type = NAS-Prompt-User }
            clients.pam { address = 192.0.2.9, secret = %s, kind = pam }
            clients.pam.reply.Filter-Id = [ %s ]
            """
                .formatted(SECRET, ("x".repeat(240) + ", ").repeat(5)));

    assertThat(folder.warnings(folder.load(Map.of())))
        .containsExactly(
            "pushgate.conf:4: clients.hq.reply.Service-Type: ocserv fails logins whose Service-Type"
                + " is not Framed-User. Write Framed-User, or remove the key.",
            "pushgate.conf:6: clients.pam.reply: the attributes have 1210 octets, and pam_radius"
                + " takes 986. Remove some.");
  }

  @Test
  void load_warnsOfWhatMayNotBeMeant() throws IOException {
    folder.with("open.secret", "short\r\n");
    Path secretFile = folder.path().resolve("open.secret");
    folder.with(
        "pushgate.conf",
        """
        push { status = disable, server-ip = 203.0.113.5 }
        clients.hq { address = 192.0.2.1, secret-file = open.secret }
        clients.b { address = 192.0.2.2, secret = short2 }
        """);
    Path file = folder.path().resolve("pushgate.conf");
    Files.setPosixFilePermissions(secretFile, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    ConfigurationFile.Result result = folder.load(Map.of());

    assertThat(folder.problems(result)).isEmpty();
    assertThat(folder.warnings(result))
        .containsExactly(
            "pushgate.conf: callback.allow-access: no interface is named, so phones may call on all"
                + " of them. Name those that phones reach, for example [ eth0 ].",
            "pushgate.conf: callback.certificate: none is given, so phones get a self-signed one"
                + " that they do not trust. Set callback.certificate and callback.key.",
            "pushgate.conf:1: push.status: no pushes are sent, so phones are asked only while their"
                + " app is open. Write enable if they shall light up by themselves.",
            "pushgate.conf:2: clients.hq.secret-file: every user of this machine can read"
                + " FOLDER/open.secret. Run chmod o-rwx FOLDER/open.secret.",
            "pushgate.conf:2: clients.hq.secret-file: the secret has 5 octets, few enough to be"
                + " guessed from one packet. Give 16 or more, the same as on the NAS.",
            "pushgate.conf:3: clients.b.secret: every user of this machine can read"
                + " FOLDER/pushgate.conf. Run chmod o-rwx FOLDER/pushgate.conf.",
            "pushgate.conf:3: clients.b.secret: the secret has 6 octets, few enough to be guessed"
                + " from one packet. Give 16 or more, the same as on the NAS.");
  }

  @Test
  void load_takesDefaultsWhereTheFileIsSilent() {
    Configuration configuration = loaded("push.server-name = VPN.Example.com\n" + CLIENT);

    assertThat(configuration.push())
        .isEqualTo(
            new PushSettings(
                true,
                null,
                "vpn.example.com",
                4433,
                Duration.ofSeconds(60),
                "VPN",
                BROWSERS_ONLY,
                false));
    assertThat(configuration.callback()).isEqualTo(new CallbackSettings(List.of(), null, null));
    assertThat(configuration.radius())
        .isEqualTo(
            new RadiusSettings(
                RadiusSettings.defaultListen(),
                RadiusSettings.defaultAccounting(),
                Duration.ofSeconds(1)));
    assertThat(configuration.state()).isEqualTo(Path.of("/var/lib/pushgate"));
    assertThat(configuration.users()).isEqualTo(folder.path().resolve("users.properties"));
    assertThat(client(configuration, "hq")).isEqualTo(Client.of("hq", "192.0.2.1/32", SECRET));
  }

  @ParameterizedTest
  @CsvSource({
    "generic, 60",
    "pam, 60",
    "openvpn, 60",
    "ocserv, 60",
    "fortigate, 60",
    "strongswan, 14",
    "paloalto, 30",
    "cisco-asa, 30",
  })
  void load_presetsTheBudgetByKind(String kind, int seconds) {
    Configuration configuration = loaded(GOOD + "clients.hq.kind = " + kind);

    assertThat(client(configuration, "hq").answerWithin()).hasSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "'push.server-ip = 203.0.113.5', https://203.0.113.5:4433",
    "'push.server-ip = 203.0.113.5, push.server-port = 443', https://203.0.113.5",
    "'push.server-ip = \"2001:DB8:0:0::1\"', https://[2001:db8::1]:4433",
    "'push.server-ip = \"2001:db8::1:0:0:1\"', https://[2001:db8::1:0:0:1]:4433",
    "'push.server-ip = \"2001:0:0:1::1\"', https://[2001:0:0:1::1]:4433",
    "'push.server-ip = \"fd00:1:0:2:3:4:5:6\"', https://[fd00:1:0:2:3:4:5:6]:4433",
    "'push.server-ip = \"::1\"', https://[::1]:4433",
    "'push.server-ip = 203.0.113.5, push.server-name = A.example', https://a.example:4433",
    "'callback.public-url = \"https://A.example\"', https://a.example",
    "'callback.public-url = \"HTTPS://a.example:443/\"', https://a.example",
    "'callback.public-url = \"https://a.example:8443/b/./c//\"', https://a.example:8443/b/c",
    "'callback.public-url = \"https://[2001:DB8::0]:4433/\"', https://[2001:db8::]:4433",
    "'push.server-name = b, callback.public-url = \"https://a\"', https://a",
  })
  void baseAddress_isWrittenInOneWay(String text, String expected) {
    assertThat(loaded(text + "\n" + CLIENT).baseAddress()).isEqualTo(expected);
  }

  @Test
  void load_takesAPluginAsFactor() {
    folder.with("pushgate.conf", GOOD + "clients.hq.factor = yubikey");

    assertThat(client(folder.loaded(Map.of(), "yubikey"), "hq").factor()).isEqualTo("yubikey");
  }

  @Test
  void load_readsGroupsOfClients_andWarnsOfAGroupOfOne() {
    folder.with(
        "pushgate.conf",
        GOOD
            + """
            clients.hq.login-group = hq
            clients.portal { address = 192.0.2.2, secret = %1$s, login-group = hq }
            clients.lone { address = 192.0.2.3, secret = %1$s, login-group = lnoe }
            clients.none { address = 192.0.2.4, secret = %1$s }
            """
                .formatted(SECRET));

    Configuration configuration = folder.loaded();

    assertThat(configuration.clients().values())
        .extracting(Client::name, Client::loginScope)
        .containsExactlyInAnyOrder(
            tuple("hq", "hq"), tuple("portal", "hq"), tuple("lone", "lnoe"), tuple("none", "none"));
    assertThat(folder.warnings(folder.load(Map.of())))
        .containsExactly(
            "pushgate.conf:6: clients.lone.login-group: no other client is in group 'lnoe'. Write"
                + " it at each client that belongs to it, or remove the key.");
  }

  @Test
  void load_neverTakesAPluginForAWordOfItsOwn() {
    folder.with("pushgate.conf", GOOD + "clients.hq.factor = yubikei");

    assertThat(folder.problems(folder.load(Map.of(), "none", "code", "yubikey")))
        .containsExactly(
            "pushgate.conf:4: clients.hq.factor: 'yubikei' is neither a factor nor an installed"
                + " plugin. Write deny, number, push, code, push-or-code or none, or the plugin"
                + " yubikey; or install the plugin.");
  }

  @Test
  void load_letsNetworksOfClientsNest() {
    Configuration configuration =
        loaded(
            GOOD
                + "clients.wide { address = [ 192.0.2.0/24, \"2001:db8::/32\", 192.0.2.0/24 ],"
                + " secret = "
                + SECRET
                + " }");

    assertThat(client(configuration, "wide").addresses())
        .containsExactly(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::/32"));
  }

  @Test
  void load_keepsSecretsThatLookLikeNumbers() {
    Configuration configuration =
        loaded(PUSH + "clients.hq { address = 192.0.2.1, secret = 0012345678901234567 }");

    assertThat(client(configuration, "hq").secret())
        .isEqualTo(SharedSecret.of("0012345678901234567"));
  }

  @Test
  void load_keepsSpacesAndAllButOneLineBreakOfASecretFile() {
    folder.with("spaced", " a secret with spaces \r\n");

    Configuration configuration =
        loaded(PUSH + "clients.hq { address = 192.0.2.1, secret-file = spaced }");

    assertThat(client(configuration, "hq").secret())
        .isEqualTo(SharedSecret.of(" a secret with spaces "));
  }

  @Test
  void load_readsIncludedFilesAndNamesAllFiles() {
    folder.with("clients.conf", "hq { address = 192.0.2.1, secret-file = ${NAME}\".secret\" }");
    folder.with("hq.secret", SECRET);
    folder.with("pushgate.conf", PUSH + "clients { include \"clients\" }");

    ConfigurationFile.Result result = folder.load(Map.of("NAME", "hq"));

    assertThat(folder.problems(result)).isEmpty();
    assertThat(result.files())
        .map(file -> folder.path().relativize(file).toString())
        .containsExactlyInAnyOrder(
            "pushgate.conf",
            "clients.conf",
            "users.properties",
            "hq.secret",
            "tls.crt",
            "tls.key",
            "pushgate.key");
  }

  @Test
  void load_namesTheVariableThatAnIncludedFileMisses() {
    folder.with("clients.conf", "hq { address = 192.0.2.1, secret = ${SECRET} }");
    folder.with("pushgate.conf", PUSH + "clients { include \"clients.conf\" }");

    assertThat(folder.problems(folder.load(Map.of())))
        .containsExactly(
            "clients.conf:1: clients.hq.secret: ${SECRET} is neither an environment variable nor a"
                + " key of this file. Set the variable, or write ${?SECRET} if it may be missing.");
  }

  @Test
  void load_placesAWrongVariableWhereItIsUsed() {
    folder.with("pushgate.conf", GOOD + "push.server-port = ${?PORT}");

    assertThat(folder.problems(folder.load(Map.of("PORT", "0"))))
        .containsExactly(
            "pushgate.conf:4: push.server-port: '0' is not a port. Give a number from 1 to 65535.");
  }

  @Test
  void load_doesNotTakeAVariableForAKey() {
    folder.with("pushgate.conf", GOOD + "state = ${?UNSET}");

    assertThat(
            folder.loaded(
                Map.of("state", "/wrong", "users", "/wrong", "language", "de", "other", "x")))
        .isEqualTo(folder.loaded());
  }

  @Test
  void load_refusesAnUnknownKeyWhoseVariableIsUnset() {
    folder.with("pushgate.conf", GOOD + "push.expriy = ${?UNSET}");

    assertThat(folder.problems(folder.load(Map.of())))
        .containsExactly("pushgate.conf:4: push.expriy: there is no such key. Write expiry.");
  }

  @Test
  void load_tellsTheLineThatIsNotUtf8() {
    byte[] octets = (GOOD + "push.service = \"B?ro\"\n").getBytes(StandardCharsets.UTF_8);
    octets[new String(octets, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xfc;
    folder.with("pushgate.conf", octets);

    assertThat(folder.problems(folder.load(Map.of())))
        .containsExactly(
            "pushgate.conf:4: there is a letter that is not UTF-8. Save the file in the encoding"
                + " UTF-8.");
  }

  @Test
  void load_tellsOfAMissingFile() {
    assertThat(folder.problems(folder.load(Map.of())))
        .containsExactly(
            "FOLDER/pushgate.conf: there is no such file. Write it (pushgate.conf.example shows"
                + " how), or name another folder by --config DIR.");
  }

  @Test
  void load_tellsOfAMissingFolder() {
    ConfigurationFolder missing = new ConfigurationFolder(folder.path().resolve("missing"));

    ConfigurationFile.Result result = missing.load(Map.of());

    assertThat(missing.problems(result))
        .containsExactly(
            "FOLDER: there is no such folder. Make it and write pushgate.conf in it, or name"
                + " another by --config DIR.");
    assertThat(result.files()).containsExactly(missing.path().resolve("pushgate.conf"));
  }

  @Test
  void load_refusesAFolderInPlaceOfTheFile() throws IOException {
    Files.createDirectory(folder.path().resolve("pushgate.conf"));

    assertThat(folder.problems(folder.load(Map.of())))
        .containsExactly(
            "FOLDER/pushgate.conf: it is not a file. Put a file at FOLDER/pushgate.conf.");
  }
}
