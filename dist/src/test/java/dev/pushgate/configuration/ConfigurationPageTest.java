package dev.pushgate.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md, against the example file and the keys that the server knows. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Path EXAMPLE = Path.of("src/main/dist/pushgate.conf.example");

  /** A key of the example, also one that is commented out to show its default. */
  private static final Pattern SETTING = Pattern.compile("(?:# )?([a-z-]+) = (.+)");

  private static final Pattern OPENING = Pattern.compile("(?:# )?([a-z-]+) \\{");
  private static final Pattern ENTRY = Pattern.compile("(?m)^### `([^`]+)`\\n((?:(?!^##).*\\n?)*)");

  private static final Set<String> SECTIONS =
      Set.of(
          "push",
          "push.apns",
          "push.fcm",
          "push.webpush",
          "callback",
          "radius",
          "clients",
          "realms",
          "sources",
          "sources.NAME.groups",
          "groups",
          "networks",
          "number",
          "code",
          "limits",
          "enroll",
          "alarm");

  /** How the keys begin that only a RADIUS server as a source has. */
  private static final String OF_RADIUS =
      "address|secret|message-auth|dead-time|status-server|user-name|nas-identifier|pass-";

  /** Sections of the example whose names an administrator chooses. */
  private static final Set<String> NAMED =
      Set.of("fortigate-hq", "nps", "corp", "admins", "office");

  /** What the page says of each key. */
  private static Map<String, String> entries() throws IOException {
    return ENTRY
        .matcher(Files.readString(PAGE))
        .results()
        .collect(
            Collectors.toMap(
                entry -> entry.group(1), entry -> entry.group(2), (a, b) -> a + b, TreeMap::new));
  }

  /** The keys of the example and their values as written, by their whole path. */
  private static Map<String, List<String>> example() throws IOException {
    Map<String, List<String>> keys = new TreeMap<>();
    Deque<String> sections = new ArrayDeque<>();
    for (String line : Files.readAllLines(EXAMPLE)) {
      Matcher opening = OPENING.matcher(line.strip());
      Matcher setting = SETTING.matcher(line.strip());
      if (opening.matches()) {
        sections.addLast(NAMED.contains(opening.group(1)) ? "NAME" : opening.group(1));
      } else if (line.strip().matches("(?:# )?}")) {
        sections.removeLast();
      } else if (setting.matches()) {
        List<String> path = new ArrayList<>(sections);
        path.add(setting.group(1));
        keys.computeIfAbsent(String.join(".", path), _ -> new ArrayList<>()).add(setting.group(2));
      }
    }
    return keys;
  }

  @Test
  void page_describesTheKeysOfTheExampleAndNoOthers() throws IOException {
    assertThat(entries().keySet()).isEqualTo(example().keySet());
  }

  @Test
  void page_describesEveryKeyThatTheServerKnows() throws IOException {
    Set<String> known = new TreeSet<>();
    for (Vocabulary section : Vocabulary.values()) {
      for (String key : section.keys()) {
        String path = section == Vocabulary.ROOT ? key : prefix(section) + key;
        if (!SECTIONS.contains(path)) {
          known.add(path);
        }
      }
    }
    assertThat(entries().keySet()).isEqualTo(known);
  }

  private static String prefix(Vocabulary section) {
    return switch (section) {
      case ROOT -> "";
      case PUSH -> "push.";
      case CALLBACK -> "callback.";
      case RADIUS -> "radius.";
      case CLIENT -> "clients.NAME.";
      case APNS -> "push.apns.";
      case FCM -> "push.fcm.";
      case WEBPUSH -> "push.webpush.";
      case REALM -> "realms.NAME.";
      case LDAP, RADIUS_SOURCE -> "sources.NAME.";
      case LDAP_GROUPS -> "sources.NAME.groups.";
      case GROUP -> "groups.NAME.";
      case NETWORK -> "networks.NAME.";
      case NUMBER -> "number.";
      case CODE -> "code.";
      case LIMITS -> "limits.";
      case ENROLL -> "enroll.";
      case ALARM -> "alarm.";
    };
  }

  @Test
  void page_tellsDefaultRangeReloadAndAnExampleOfEachKey() throws IOException {
    assertThat(entries())
        .allSatisfy(
            (key, text) ->
                assertThat(text.replace('\n', ' '))
                    .as(key)
                    .contains("Default: ", " Range: ", "Reload: ", " Example: `" + example(key)));
  }

  private static String example(String key) {
    return key.replace("clients.NAME.", "clients.fortigate-hq.")
        .replaceAll("sources\\.NAME\\.(?=" + OF_RADIUS + ")", "sources.nps.")
        .replace("realms.NAME.", "realms.corp.")
        .replace("sources.NAME.user-dn", "sources.people { kind = ldap,")
        .replace("sources.NAME.user-bind", "sources.branch { kind = active-directory,")
        .replace("sources.NAME.name-suffix", "sources.branch.name-suffix")
        .replace("sources.NAME.groups.", "sources.people.groups.")
        .replace("sources.NAME.", "sources.corp.")
        .replace("groups.NAME.", "groups.admins.")
        .replace("networks.NAME.", "networks.office.");
  }

  /** What stands commented out in the example is a default, and the page tells the same. */
  @Test
  void page_tellsTheDefaultsOfTheExample() throws IOException {
    Map<String, String> entries = entries();
    for (Map.Entry<String, List<String>> key : commentedOut().entrySet()) {
      assertThat(entries.get(key.getKey()))
          .as(key.getKey())
          .contains(
              "Default: `" + key.getValue().getFirst().replaceAll("^\"(.*[./].*)\"$", "$1") + "`");
    }
  }

  private static Map<String, List<String>> commentedOut() throws IOException {
    Map<String, List<String>> all = example();
    all.keySet()
        .removeAll(
            Set.of(
                "push.server-ip",
                "push.server-name",
                "callback.allow-access",
                "callback.certificate",
                "callback.key",
                "callback.public-url",
                "push.apns.key",
                "push.apns.key-id",
                "push.apns.team-id",
                "push.apns.certificate",
                "push.apns.password-file",
                "push.apns.topic",
                "push.fcm.service-account",
                "push.webpush.subject",
                "push.proxy",
                "push.trust",
                "clients.NAME.address",
                "clients.NAME.secret",
                "clients.NAME.secret-file",
                "clients.NAME.kind",
                "clients.NAME.login-group",
                "clients.NAME.mode",
                "clients.NAME.source",
                "sources.NAME.kind",
                "sources.NAME.address",
                "sources.NAME.secret",
                "sources.NAME.secret-file",
                "sources.NAME.servers",
                "sources.NAME.trust",
                "sources.NAME.bind-dn",
                "sources.NAME.bind-password-file",
                "sources.NAME.user-dn",
                "sources.NAME.user-bind",
                "sources.NAME.base",
                "sources.NAME.filter",
                "sources.NAME.name-suffix",
                "sources.NAME.groups.base",
                "sources.NAME.mail-attribute",
                "sources.NAME.language-attribute",
                "sources.NAME.factor-attribute",
                "sources.NAME.reply",
                "sources.NAME.referral-hosts",
                "realms.NAME.names",
                "realms.NAME.source",
                "groups.NAME.factor",
                "groups.NAME.mode",
                "networks.NAME.address",
                "networks.NAME.factor",
                "limits.report-pause",
                "enroll.until",
                "enroll.networks",
                "enroll.mail-command",
                "alarm.webhook",
                "alarm.command",
                "remember-after-stop"));
    return all;
  }

  /** All examples of the page in one file are a configuration without a mistake. */
  @Test
  void page_hasExamplesThatAreTaken(@TempDir Path path) throws IOException {
    String examples =
        Pattern.compile("(?m)^Example: `(.+)`$")
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult example) -> example.group(1))
            .collect(Collectors.joining("\n"));
    ConfigurationFolder folder =
        new ConfigurationFolder(path)
            .withTls()
            .withPushCredentials()
            .with("fortigate.secret", ConfigurationFolder.SECRET)
            .with("nps.secret", ConfigurationFolder.SECRET)
            .with("corp.password", ConfigurationFolder.SECRET)
            .with("dictionary.acme", "# nothing yet\n")
            .with("pushgate.conf", examples + "\n");

    assertThat(folder.problems(folder.load(Map.of()))).isEmpty();
    assertThat(examples.lines()).hasSize(entries().size());
  }
}
