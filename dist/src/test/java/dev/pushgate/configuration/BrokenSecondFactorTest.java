package dev.pushgate.configuration;

import static dev.pushgate.configuration.BrokenConfiguration.row;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenSecondFactorTest {
  private static final String FACTORS = "deny, number, push, code, push-or-code or none";

  static Stream<BrokenConfiguration> rows() {
    return Stream.of(
        row(
            "how a client's users are spoken with",
            GOOD
                + "clients.hq {\n append = yes\n language = fr\n remember = 59s\n mode = prompt\n}\n",
            "pushgate.conf:5: clients.hq.append: 'yes' is not known here. Write on or off.",
            "pushgate.conf:6: clients.hq.language: 'fr' is not known here. Write en or de.",
            "pushgate.conf:7: clients.hq.remember: '59s' is too short. Write 60s to 30d.",
            "pushgate.conf:8: clients.hq.mode: 'prompt' is not known here. Write block, challenge or number."),
        row(
            "remembered too long",
            GOOD + "clients.hq.remember = 31d\n",
            "pushgate.conf:4: clients.hq.remember: '31d' is too long. Write 60s to 30d."),
        row(
            "top level",
            GOOD
                + "language = fr\nremember-after-stop = 25h\nkey-file = \"\"\nlangauge = de\nrehash = yes\n",
            "pushgate.conf:4: language: 'fr' is not known here. Write en or de.",
            "pushgate.conf:5: remember-after-stop: '25h' is too long. Write 0s to 24h.",
            "pushgate.conf:6: key-file: the path is empty. Write a path, or remove the key.",
            "pushgate.conf:7: langauge: there is no such key. Write language.",
            "pushgate.conf:8: rehash: 'yes' is not known here. Write on or off."),
        row(
            "groups",
            GOOD
                + "groups {\n admins { factor = pusch, mode = wait }\n staff { factors = push }\n it = push\n}\n",
            "pushgate.conf:5: groups.admins.factor: 'pusch' is not known here. Write "
                + FACTORS
                + ".",
            "pushgate.conf:5: groups.admins.mode: 'wait' is not known here. Write block, challenge or number.",
            "pushgate.conf:6: groups.staff.factors: there is no such key. Write factor.",
            "pushgate.conf:7: groups.it: this is a single value, not a section. Write it { … }."),
        row(
            "group with a dot, not in quotes",
            GOOD + "groups.it.admins { factor = push }\n",
            "pushgate.conf:4: groups.it.admins: there is no such key. Put a group's name that has a dot between double quotes."),
        row(
            "networks",
            GOOD
                + "networks {\n a { address = office, factor = none }\n b { factor = push }\n c { address = 10.0.0.0/8 }\n d { address = [], factor = yubikey, overrides = on }\n}\n",
            "pushgate.conf:5: networks.a.address: 'office' is neither an IP address nor a network. Write one such as \"192.0.2.1\", \"192.0.2.0/24\" or \"2001:db8::/32\".",
            "pushgate.conf:6: networks.b.address: it is not said which network this is. Set it to where users come from, such as \"198.51.100.0/24\".",
            "pushgate.conf:7: networks.c.factor: it is not said what users need who come from there. Write "
                + FACTORS
                + ".",
            "pushgate.conf:8: networks.d.address: the list is empty. Write an address such as \"192.0.2.1\".",
            "pushgate.conf:8: networks.d.factor: 'yubikey' is not known here. Write "
                + FACTORS
                + ".",
            "pushgate.conf:8: networks.d.overrides: 'on' is not known here. Write true or false."),
        row(
            "number",
            GOOD + "number {\n digits = 9\n match = pick\n}\n",
            "pushgate.conf:5: number.digits: 9 is not a number from 2 to 8. Write 2 to 8.",
            "pushgate.conf:6: number.match: 'pick' is not known here. Write enter or choose."),
        row(
            "number of one digit and a half",
            GOOD + "number.digits = 1.5\n",
            "pushgate.conf:4: number.digits: 1.5 is not a number from 2 to 8. Write 2 to 8."),
        row(
            "code",
            GOOD + "code {\n algorithm = md5\n digits = 7\n step = 45s\n}\n",
            "pushgate.conf:5: code.algorithm: 'md5' is not known here. Write sha1 or sha256.",
            "pushgate.conf:6: code.digits: 7 is not known here. Write 6 or 8.",
            "pushgate.conf:7: code.step: 45s is no step that apps have. Write 30s or 60s."),
        row(
            "limits",
            GOOD + "limits {\n pushes = 0\n window = 30s\n report-pause = 31d\n pushs = 1\n}\n",
            "pushgate.conf:5: limits.pushes: 0 is not a number from 1 to 100. Write 1 to 100.",
            "pushgate.conf:6: limits.window: '30s' is too short. Write 60s to 24h.",
            "pushgate.conf:7: limits.report-pause: '31d' is too long. Write 60s to 30d.",
            "pushgate.conf:8: limits.pushs: there is no such key. Write pushes."),
        row(
            "first device at a login, without bounds",
            GOOD + "enroll.inline = on\n",
            "pushgate.conf:4: enroll.until: it is not said when this ends, and a thief of a password could enrol a phone until then. Set it to the last day, such as \"2027-01-31\".",
            "pushgate.conf:4: enroll.networks: it is not said where users must come from to enrol their first phone. Set it to networks that you trust, such as [ \"198.51.100.0/24\" ]."),
        row(
            "first device at a login",
            GOOD
                + "enroll {\n inline = on\n until = 31.1.2027\n networks = [ inside ]\n valid-for = 2d\n mail-command = [ mail ]\n}\n",
            "pushgate.conf:6: enroll.until: '31.1.2027' is not a day. Write one as year, month and day: \"2027-01-31\".",
            "pushgate.conf:7: enroll.networks: 'inside' is neither an IP address nor a network. Write one such as \"192.0.2.1\", \"192.0.2.0/24\" or \"2001:db8::/32\".",
            "pushgate.conf:8: enroll.valid-for: '2d' is too long. Write 60s to 24h.",
            "pushgate.conf:9: enroll.mail-command: 'mail' is not a whole path. Write the whole path and the arguments as a list, such as [ \"/usr/bin/logger\", \"-t\", \"pushgate\" ]."),
        row(
            "alarm",
            GOOD + "alarm {\n webhook = \"http://token@chat.example\"\n command = []\n}\n",
            "pushgate.conf:5: alarm.webhook: this does not begin with https:// and a host name. Write one such as \"https://chat.example.com/hooks/abc\".",
            "pushgate.conf:6: alarm.command: the list is empty. Write the whole path and the arguments as a list, such as [ \"/usr/bin/logger\", \"-t\", \"pushgate\" ]."),
        row(
            "alarm with a user name",
            GOOD + "alarm.webhook = \"https://user:word@chat.example\"\n",
            "pushgate.conf:4: alarm.webhook: there is a user name or a fragment in it. Write one such as \"https://chat.example.com/hooks/abc\"."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void load_tellsEveryMistake(BrokenConfiguration broken, @TempDir Path folder) {
    broken.assertMessages(folder);
  }
}
