package dev.pushgate.configuration;

import static dev.pushgate.configuration.BrokenConfiguration.row;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in the settings of push services, and how it is told. */
class BrokenPushTest {

  static Stream<BrokenConfiguration> rows() {
    return Stream.of(
        row(
            "Apple without anything it needs",
            GOOD + "push.apns.environment = production\n",
            "pushgate.conf:4: push.apns.topic: Apple does not know for which app. Set it to the app's bundle id.",
            "pushgate.conf:4: push.apns.key: Apple takes nothing without it. Set push.apns.key, key-id and team-id, or push.apns.certificate.",
            "pushgate.conf:4: push.apns.key-id: Apple takes nothing without it. Set push.apns.key, key-id and team-id, or push.apns.certificate.",
            "pushgate.conf:4: push.apns.team-id: Apple takes nothing without it. Set push.apns.key, key-id and team-id, or push.apns.certificate."),
        row(
            "Apple's environment, topic and identifiers",
            GOOD
                + "push.apns { key = empty, key-id = abc, team-id = \"DEF123GHI!\", topic = \"com example\", environment = test }\n",
            "pushgate.conf:4: push.apns.environment: 'test' is not known here. Write production or sandbox.",
            "pushgate.conf:4: push.apns.topic: 'com example' is not a bundle identifier. Write the one of your app, such as com.example.vpn.",
            "pushgate.conf:4: push.apns.key-id: 'abc' is not an identifier of Apple's, which has 10 capital letters and digits. Copy it from where the key was made.",
            "pushgate.conf:4: push.apns.team-id: 'DEF123GHI!' is not an identifier of Apple's, which has 10 capital letters and digits. Copy it from Apple's membership page."),
        row(
            "Apple's key that is no key",
            GOOD
                + "push.apns { key = two-lines, key-id = ABC123DEFG, team-id = DEF123GHIJ, topic = com.example.vpn }\n",
            "pushgate.conf:4: push.apns.key: FOLDER/two-lines has no private key as PEM in it (BEGIN PRIVATE KEY). Put the file AuthKey_….p8 from Apple's developer site there."),
        row(
            "Apple's key that is not there",
            GOOD
                + "push.apns { key = none.p8, key-id = ABC123DEFG, team-id = DEF123GHIJ, topic = com.example.vpn }\n",
            "pushgate.conf:4: push.apns.key: there is no file FOLDER/none.p8. Put it there, or name the file that you mean."),
        row(
            "Apple's certificate that is none, its password too long",
            GOOD
                + "push.apns { certificate = two-lines, password-file = long, topic = com.example.vpn }\n",
            "pushgate.conf:4: push.apns.password-file: FOLDER/long is too long for a password. Put nothing but the password into it."),
        row(
            "unknown key of Apple's",
            GOOD + "push.apns { keyid = ABC123DEFG }\n",
            "pushgate.conf:4: push.apns.topic: Apple does not know for which app. Set it to the app's bundle id.",
            "pushgate.conf:4: push.apns.key: Apple takes nothing without it. Set push.apns.key, key-id and team-id, or push.apns.certificate.",
            "pushgate.conf:4: push.apns.key-id: Apple takes nothing without it. Set push.apns.key, key-id and team-id, or push.apns.certificate.",
            "pushgate.conf:4: push.apns.team-id: Apple takes nothing without it. Set push.apns.key, key-id and team-id, or push.apns.certificate.",
            "pushgate.conf:4: push.apns.keyid: there is no such key. Write key-id."),
        row(
            "Google without an account",
            GOOD + "push.fcm { acount = x }\n",
            "pushgate.conf:4: push.fcm.service-account: Google does not know who sends. Set it to the file that the Firebase console makes for a service account.",
            "pushgate.conf:4: push.fcm.acount: there is no such key. Use service-account."),
        row(
            "Google's account that is no JSON",
            GOOD + "push.fcm.service-account = two-lines\n",
            "pushgate.conf:4: push.fcm.service-account: FOLDER/two-lines is not a JSON object. Get a new file in the Firebase console: Project settings, Service accounts, Generate new private key (docs/fcm.md)."),
        row(
            "no contact, no hosts",
            GOOD + "push.webpush { status = on, subject = \"vpn@example.com\", hosts = [] }\n",
            "pushgate.conf:4: push.webpush.status: 'on' is not known here. Write enable or disable.",
            "pushgate.conf:4: push.webpush.subject: 'vpn@example.com' is no contact. Write \"mailto:\" and an address, or an https address with a full host name.",
            "pushgate.conf:4: push.webpush.hosts: no host is named. Remove the key, or write push.webpush.status = disable."),
        row(
            "hosts that are none",
            GOOD
                + "push.webpush.hosts = [ \"https://push.example.com\", \"127.0.0.1\", localhost, \"*\" ]\n",
            "pushgate.conf:4: push.webpush.hosts: 'https://push.example.com' is not the name of a host. Write one such as updates.push.services.mozilla.com, or \"*.push.apple.com\".",
            "pushgate.conf:4: push.webpush.hosts: '127.0.0.1' is not the name of a host. Write one such as updates.push.services.mozilla.com, or \"*.push.apple.com\".",
            "pushgate.conf:4: push.webpush.hosts: 'localhost' is not the name of a host. Write one such as updates.push.services.mozilla.com, or \"*.push.apple.com\".",
            "pushgate.conf:4: push.webpush.hosts: '*' is not the name of a host. Write one such as updates.push.services.mozilla.com, or \"*.push.apple.com\"."),
        row(
            "host with a label that is too long",
            GOOD + "push.webpush.hosts = [ " + "x".repeat(64) + ".example.com ]\n",
            "pushgate.conf:4: push.webpush.hosts: '"
                + "x".repeat(64)
                + ".example.com' is not the name of a host. Write one such as updates.push.services.mozilla.com, or \"*.push.apple.com\"."),
        row(
            "proxy without a port",
            GOOD + "push.proxy = proxy.example.com\n",
            "pushgate.conf:4: push.proxy: 'proxy.example.com' is not the address of a proxy. Write a name or an address and the port, such as \"proxy.example.com:3128\"."),
        row(
            "proxy as a URL",
            GOOD + "push.proxy = \"http://proxy.example.com:3128\"\n",
            "pushgate.conf:4: push.proxy: 'http://proxy.example.com:3128' is not the address of a proxy. Write a name or an address and the port, such as \"proxy.example.com:3128\"."),
        row(
            "authority that is none",
            GOOD + "push.trust = two-lines\n",
            "pushgate.conf:4: push.trust: FOLDER/two-lines cannot be read as certificates. Put certificates in PEM into it."),
        row(
            "authorities in an empty file",
            GOOD + "push.trust = empty\n",
            "pushgate.conf:4: push.trust: FOLDER/empty cannot be read as certificates. Put certificates in PEM into it."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void load_tellsEveryMistake(BrokenConfiguration broken, @TempDir Path folder) {
    broken.assertMessages(folder);
  }
}
