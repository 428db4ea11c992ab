package dev.pushgate.configuration;

import static dev.pushgate.configuration.BrokenConfiguration.row;
import static dev.pushgate.configuration.ConfigurationFolder.CLIENT;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;
import static dev.pushgate.configuration.ConfigurationFolder.SECRET;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenSyntaxTest {

  static Stream<BrokenConfiguration> rows() {
    return Stream.of(
        row(
            "empty file",
            "",
            "pushgate.conf: clients: there is no client, so no login could be answered. Write one: clients { NAME { address = \"192.0.2.1\", secret-file = \"NAME.secret\" } }.",
            "pushgate.conf: push.server-ip: phones have no address to call back to. Set push.server-ip, push.server-name or callback.public-url."),
        row(
            "unknown keys",
            "push.expriy = 60s\nserver-port = 4433\nsate = a\ncallback.colour = red\n"
                + GOOD
                + "clients.hq.secrets = "
                + SECRET,
            "pushgate.conf:1: push.expriy: there is no such key. Write expiry.",
            "pushgate.conf:2: server-port: there is no such key. Move it to push.server-port.",
            "pushgate.conf:3: sate: there is no such key. Write state.",
            "pushgate.conf:4: callback.colour: there is no such key. Use allow-access, certificate, key or public-url.",
            "pushgate.conf:8: clients.hq.secrets: there is no such key. Write secret."),
        row(
            "section as text",
            "push = enable\n" + CLIENT,
            "pushgate.conf:1: push: this is a single value, not a section. Write push { … }."),
        row(
            "character outside quotes",
            "push.server-ip = 1.2.3.4\nclients.hq.secret = " + SECRET + ":x\n",
            "pushgate.conf:2: the character : stands where it cannot. Put the whole text that it belongs to between double quotes."),
        row(
            "colon in a URL",
            "callback.public-url = https://a.example\n" + GOOD,
            "pushgate.conf:1: the character : stands where it cannot. Put the whole text that it belongs to between double quotes."),
        row(
            "open quote",
            GOOD + "clients.hq.secret = \"" + SECRET + "\n",
            "pushgate.conf:4: a double quote is opened and not closed. Close it on the same line."),
        row(
            "open brace",
            GOOD + "clients {\n b { secret = " + SECRET + "\n",
            "pushgate.conf:6: a brace or bracket is opened and not closed. Close each { by } and each [ by ]."),
        row(
            "closed too often",
            GOOD + "}\n",
            "pushgate.conf:4: a brace is closed that was not opened. Remove the } or open it by {."),
        row(
            "no equals sign",
            "push.server-ip = 1.2.3.4\nclients.hq.secret \"" + SECRET + "\"\n\n" + GOOD,
            "pushgate.conf:4: here or on a line before, a key has no value. Write KEY = VALUE or KEY { … }."),
        row(
            "dollar",
            GOOD + "clients.hq.secret = " + SECRET + "$1\n",
            "pushgate.conf:4: the character $ stands where it cannot. Put the whole text that it belongs to between double quotes."),
        row(
            "plus",
            GOOD + "clients.hq.secret = " + SECRET + "+1\n",
            "pushgate.conf:4: the character + stands where it cannot. Put the whole text that it belongs to between double quotes."),
        row(
            "two values",
            GOOD + "clients.hq.secret = \"" + SECRET + "\" = b\n",
            "pushgate.conf:4: the character = stands where it cannot. Put the whole text that it belongs to between double quotes."),
        row(
            "include without quotes",
            GOOD + "include more.conf\n",
            "pushgate.conf:4: this is not HOCON. Compare the line with pushgate.conf.example."),
        row(
            "empty key",
            GOOD + "clients..secret = " + SECRET + "\n",
            "pushgate.conf:4: this is not HOCON. Compare the line with pushgate.conf.example."),
        row(
            "backslash",
            GOOD + "clients.hq.secret = \"" + SECRET + "\\d\"\n",
            "pushgate.conf:4: a backslash between double quotes is followed by a letter it cannot go with. Write \\\\ for one backslash."),
        row(
            "a list",
            "[ " + SECRET + " ]\n",
            "pushgate.conf:1: the file is a list. Write KEY = VALUE on the first level."),
        row(
            "text beside a section",
            GOOD + "clients.hq.secret = " + SECRET + " { a = b }\n",
            "pushgate.conf:4: a text, a list or a section stand side by side as one value. Write one of them."),
        row(
            "unset variables",
            GOOD
                + "push.service = ${SERVICE}\nclients.hq.secret = \""
                + SECRET
                + "\"${SECRET}\ncallback.allow-access = [ ${INTERFACE} ]\nstate = ${push.place}\n",
            "pushgate.conf:4: push.service: ${SERVICE} is neither an environment variable nor a key of this file. Set the variable, or write ${?SERVICE} if it may be missing.",
            "pushgate.conf:5: clients.hq.secret: ${SECRET} is neither an environment variable nor a key of this file. Set the variable, or write ${?SECRET} if it may be missing.",
            "pushgate.conf:6: callback.allow-access: ${INTERFACE} is neither an environment variable nor a key of this file. Set the variable, or write ${?INTERFACE} if it may be missing.",
            "pushgate.conf:7: state: ${push.place} is neither an environment variable nor a key of this file. Set the variable, or write ${?push.place} if it may be missing."),
        row(
            "unset variable for a section",
            GOOD + "clients.b = ${TEMPLATE} { address = 192.0.2.2 }\nclients.b.kind = pam\n",
            "pushgate.conf:4: clients.b: ${TEMPLATE} is neither an environment variable nor a key of this file. Set the variable, or write ${?TEMPLATE} if it may be missing."),
        row(
            "circle",
            GOOD + "state = ${users}\nusers = ${state}\n",
            "pushgate.conf:5: a ${…} refers to itself. Write the value itself in one of the places."),
        row(
            "include of nothing",
            "include \"none.conf\"\ninclude url(\"http://127.0.0.1:1/a\")\ninclude classpath(\"x\")\n"
                + GOOD,
            "pushgate.conf:1: include: there is no file FOLDER/none.conf. Write it, or remove the include statement.",
            "pushgate.conf:2: include: 'http://127.0.0.1:1/a' is not a file. Include a file, by its path from the including file.",
            "pushgate.conf:3: include: 'x' is not a file. Include a file, by its path from the including file."),
        row(
            "mistakes in an included file",
            "include \"more\"\n" + GOOD,
            "more.conf:2: push.server-port: 70000 is not a port. Give a number from 1 to 65535.",
            "more.conf:3: push.colour: there is no such key. Use status, server-ip, server-name, server-port, expiry, service, apns, fcm, webpush, proxy, trust or privacyidea."),
        row(
            "mistake of syntax in an included file",
            "include required(file(\"open.conf\"))\n" + GOOD,
            "open.conf:3: a brace or bracket is opened and not closed. Close each { by } and each [ by ]."),
        row(
            "include of itself",
            GOOD + "include \"pushgate.conf\"\n",
            "pushgate.conf:4: include: pushgate.conf includes itself. Remove one of the includes."),
        row(
            "several mistakes",
            "push {\n  server-ip = 203.0.113.5\n  server-port = 70000\n  expiry = 60\n}\nclients {\n  a { address = 192.0.2.1 }\n  b { address = 192.0.2.1, secret = x, kind = y }\n}\n",
            "pushgate.conf:3: push.server-port: 70000 is not a port. Give a number from 1 to 65535.",
            "pushgate.conf:4: push.expiry: 60 has no unit. Write 60s.",
            "pushgate.conf:7: clients.a.secret: the client has no secret. Set secret-file to a file that holds it, or set secret.",
            "pushgate.conf:8: clients.b.address: 192.0.2.1/32 belongs to client a (pushgate.conf:7) already. Leave it with one of the two.",
            "pushgate.conf:8: clients.b.kind: 'y' is not known here. Write generic, pam, openvpn, strongswan, fortigate, ocserv, cisco-asa or paloalto."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void load_tellsEveryMistake(BrokenConfiguration broken, @TempDir Path folder) {
    broken.assertMessages(folder);
  }
}
