package dev.pushgate.configuration;

import static dev.pushgate.configuration.BrokenConfiguration.row;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;
import static dev.pushgate.configuration.ConfigurationFolder.PUSH;
import static dev.pushgate.configuration.ConfigurationFolder.SECRET;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenClientsTest {

  static Stream<BrokenConfiguration> rows() {
    return Stream.of(
        row(
            "no clients",
            PUSH,
            "pushgate.conf: clients: there is no client, so no login could be answered. Write one: clients { NAME { address = \"192.0.2.1\", secret-file = \"NAME.secret\" } }."),
        row(
            "no client in clients",
            PUSH + "clients { }\n",
            "pushgate.conf:3: clients: there is no client, so no login could be answered. Write one: clients { NAME { address = \"192.0.2.1\", secret-file = \"NAME.secret\" } }."),
        row(
            "client without anything",
            PUSH + "clients {\n  hq { }\n}\n",
            "pushgate.conf:4: clients.hq.address: the client has no address. Set it to the address that its datagrams come from, such as \"192.0.2.1\".",
            "pushgate.conf:4: clients.hq.secret: the client has no secret. Set secret-file to a file that holds it, or set secret."),
        row(
            "client as a text",
            PUSH + "clients.hq = 192.0.2.1\n",
            "pushgate.conf:3: clients.hq: this is a single value, not a section. Write hq { … }."),
        row(
            "clients as a list",
            PUSH + "clients = [ hq ]\n",
            "pushgate.conf:3: clients: this is a list, not a section. Write clients { … }."),
        row(
            "name with a space",
            GOOD + "clients.\"h q\" { address = 192.0.2.2, secret = " + SECRET + " }\n",
            "pushgate.conf:4: clients.\"h q\": the name of a client cannot be 'h q'. Use 1 to 64 letters, digits, dots, hyphens and underscores."),
        row(
            "name with a dot, not in quotes",
            GOOD + "clients.fw.example { address = 192.0.2.2, secret = " + SECRET + " }\n",
            "pushgate.conf:4: clients.fw.address: the client has no address. Set it to the address that its datagrams come from, such as \"192.0.2.1\".",
            "pushgate.conf:4: clients.fw.secret: the client has no secret. Set secret-file to a file that holds it, or set secret.",
            "pushgate.conf:4: clients.fw.example: there is no such key. Put a client's name that has a dot between double quotes."),
        row(
            "addresses that are none",
            GOOD
                + "clients.hq.address = [ vpn, 10, 192.0.2.0/33, 192.0.2.5/24, \"2001:db8::1/32\" ]\n",
            "pushgate.conf:4: clients.hq.address: 'vpn' is neither an IP address nor a network. Write one such as \"192.0.2.1\", \"192.0.2.0/24\" or \"2001:db8::/32\".",
            "pushgate.conf:4: clients.hq.address: '10' is neither an IP address nor a network. Write one such as \"192.0.2.1\", \"192.0.2.0/24\" or \"2001:db8::/32\".",
            "pushgate.conf:4: clients.hq.address: '192.0.2.0/33' is neither an IP address nor a network. Write one such as \"192.0.2.1\", \"192.0.2.0/24\" or \"2001:db8::/32\".",
            "pushgate.conf:4: clients.hq.address: '192.0.2.5/24' has bits set behind the prefix. Write \"192.0.2.0/24\" for the network or \"192.0.2.5\" for the one address.",
            "pushgate.conf:4: clients.hq.address: '2001:db8::1/32' has bits set behind the prefix. Write \"2001:db8::/32\" for the network or \"2001:db8::1\" for the one address."),
        row(
            "no address in the list",
            GOOD + "clients.hq.address = []\n",
            "pushgate.conf:4: clients.hq.address: the list is empty. Write an address such as \"192.0.2.1\"."),
        row(
            "the same address in two clients",
            GOOD
                + "clients.b { address = [ 192.0.2.1/32, 198.51.100.1 ], secret = "
                + SECRET
                + " }\n",
            "pushgate.conf:4: clients.b.address: 192.0.2.1/32 belongs to client hq (pushgate.conf:3) already. Leave it with one of the two."),
        row(
            "empty secret",
            GOOD + "clients.hq.secret = \"\"\n",
            "pushgate.conf:4: clients.hq.secret: the secret is empty. Give a random secret of 16 octets or more, the same as on the NAS."),
        row(
            "secret as a section",
            GOOD + "clients.hq.secret = { a = " + SECRET + " }\n",
            "pushgate.conf:4: clients.hq.secret: this is a section, not a single value. Write one value."),
        row(
            "no secret but an unset variable",
            PUSH + "clients.hq { address = 192.0.2.1, secret = ${?UNSET} }\n",
            "pushgate.conf:3: clients.hq.secret: the client has no secret. Set secret-file to a file that holds it, or set secret."),
        row(
            "no such secret file",
            PUSH + "clients.hq { address = 192.0.2.1, secret-file = none }\n",
            "pushgate.conf:3: clients.hq.secret-file: there is no file FOLDER/none. Put it there, or name the file that you mean."),
        row(
            "folder as secret file",
            PUSH + "clients.hq { address = 192.0.2.1, secret-file = \".\" }\n",
            "pushgate.conf:3: clients.hq.secret-file: FOLDER is not a file. Name a file."),
        row(
            "empty secret file",
            PUSH + "clients.hq { address = 192.0.2.1, secret-file = empty }\n",
            "pushgate.conf:3: clients.hq.secret-file: FOLDER/empty is empty. Give a random secret of 16 octets or more, the same as on the NAS."),
        row(
            "secret file of two lines",
            PUSH + "clients.hq { address = 192.0.2.1, secret-file = two-lines }\n",
            "pushgate.conf:3: clients.hq.secret-file: the secret has more than one line or a NUL. Write it on one line."),
        row(
            "secret file too long",
            PUSH + "clients.hq { address = 192.0.2.1, secret-file = long }\n",
            "pushgate.conf:3: clients.hq.secret-file: FOLDER/long has more than 1024 octets. Name a file that holds the secret and nothing else."),
        row(
            "kind",
            GOOD + "clients.hq.kind = asa\n",
            "pushgate.conf:4: clients.hq.kind: 'asa' is not known here. Write generic, pam, openvpn, strongswan, fortigate, ocserv, cisco-asa or paloalto."),
        row(
            "rule",
            GOOD + "clients.hq.message-authenticator = always\n",
            "pushgate.conf:4: clients.hq.message-authenticator: 'always' is not known here. Write auto, required or optional."),
        row(
            "budget",
            GOOD + "clients.hq.answer-within = 2s\n",
            "pushgate.conf:4: clients.hq.answer-within: '2s' is too short. Write 3s to 300s."),
        row(
            "budget too long",
            GOOD + "clients.hq.answer-within = 301s\n",
            "pushgate.conf:4: clients.hq.answer-within: '301s' is too long. Write 3s to 300s."),
        row(
            "mode",
            GOOD + "clients.hq.mode = wait\n",
            "pushgate.conf:4: clients.hq.mode: 'wait' is not known here. Write block, challenge or number."),
        row(
            "reply attributes",
            GOOD
                + """
                clients.hq.reply {
                  Filter-Idd = x
                  Session-Timeout = 1h
                  Class = []
                  Framed-Route = { a = b }
                  "Filter-Id:1" = x
                  Framed-IP-Address = [ 192.0.2.1, 192.0.2.2 ]
                }
                """,
            "pushgate.conf:5: clients.hq.reply.Filter-Idd: no dictionary has an attribute 'Filter-Idd'. Write Filter-Id.",
            "pushgate.conf:6: clients.hq.reply.Session-Timeout: '1h' is not a value of Session-Timeout. Write a number from 0 to 4294967295.",
            "pushgate.conf:7: clients.hq.reply.Class: the list is empty. Write a value, or remove the key.",
            "pushgate.conf:8: clients.hq.reply.Framed-Route: this is a section, not a single value. Write one value.",
            "pushgate.conf:9: clients.hq.reply.\"Filter-Id:1\": Filter-Id has no tags. Write Filter-Id.",
            "pushgate.conf:10: clients.hq.reply.Framed-IP-Address: Framed-IP-Address can be sent once only, and there are 2 values. Write one value."),
        row(
            "too many reply attributes",
            GOOD
                + "clients.hq.reply.Class = [ "
                + ("\"" + "x".repeat(253) + "\", ").repeat(17)
                + " ]\n",
            "pushgate.conf:4: clients.hq.reply: the attributes have 4335 octets, and a packet can carry 4058. Remove some."),
        row(
            "no such dictionary, and so no wrong name",
            GOOD + "radius.dictionaries = [ none ]\nclients.hq.reply.Acme-Role = x\n",
            "pushgate.conf:4: radius.dictionaries: there is no file FOLDER/none. Put it there, or name the file that you mean."),
        row(
            "dictionary with a mistake",
            GOOD + "radius.dictionaries = two-lines\nclients.hq.reply.Acme-Role = x\n",
            "two-lines:1: ONE: there is no such statement. Write ATTRIBUTE, VALUE, VENDOR, BEGIN-VENDOR, END-VENDOR or $INCLUDE.",
            "two-lines:2: TWO: there is no such statement. Write ATTRIBUTE, VALUE, VENDOR, BEGIN-VENDOR, END-VENDOR or $INCLUDE."),
        row(
            "factor",
            GOOD + "clients.hq.factor = yubikey\n",
            "pushgate.conf:4: clients.hq.factor: 'yubikey' is neither a factor nor an installed plugin. Write deny, number, push, code, push-or-code or none; or install the plugin."),
        row(
            "group with a space",
            GOOD + "clients.hq.login-group = \"our portal\"\n",
            "pushgate.conf:4: clients.hq.login-group: the name of a group cannot be 'our portal'. Use 1 to 64 letters, digits, dots, hyphens and underscores."),
        row(
            "group as a list",
            GOOD + "clients.hq.login-group = [ portal ]\n",
            "pushgate.conf:4: clients.hq.login-group: this is a list, not a single value. Write one value."),
        row(
            "group called like a client outside of it",
            GOOD
                + "clients.b { address = 192.0.2.2, secret = "
                + SECRET
                + ", login-group = hq }\nclients.c { address = 192.0.2.3, login-group = hq }\n",
            "pushgate.conf:4: clients.b.login-group: 'hq' is the name of a client that is not in this group. Call the group otherwise, or put clients.hq into it.",
            "pushgate.conf:5: clients.c.secret: the client has no secret. Set secret-file to a file that holds it, or set secret.",
            "pushgate.conf:5: clients.c.login-group: 'hq' is the name of a client that is not in this group. Call the group otherwise, or put clients.hq into it."),
        row(
            "group called like a client of another group",
            GOOD
                + "clients.hq.login-group = other\nclients.b { address = 192.0.2.2, secret = "
                + SECRET
                + ", login-group = hq }\n",
            "pushgate.conf:5: clients.b.login-group: 'hq' is the name of a client that is not in this group. Call the group otherwise, or put clients.hq into it."),
        row(
            "sources that there are not",
            GOOD + "source = [ users, ad, users ]\nclients.hq.source = [ users, nas ]\n",
            "pushgate.conf:4: source: 'ad' is no source. Write users.",
            "pushgate.conf:4: source: 'users' is named twice. Remove one of the two.",
            "pushgate.conf:5: clients.hq.source: nas is no list of users: it says that a NAS checks the passwords itself. Write it at that client only, and first: clients.NAME.source = nas."),
        row(
            "no source",
            GOOD + "source = []\nclients.hq { source = [], on-unavailable = ignore }\n",
            "pushgate.conf:4: source: no source is named. Name one, or remove the key.",
            "pushgate.conf:5: clients.hq.source: no source is named. Name one, or remove the key.",
            "pushgate.conf:5: clients.hq.on-unavailable: 'ignore' is not known here. Write reject or silent."),
        row(
            "sources of no kind, and with names that are taken",
            GOOD
                + "sources.nas { }\nsources.users { kind = file }\nsources.\"a b\" { kind = file }\n",
            "pushgate.conf:4: sources.nas: nas has a meaning of its own where sources are named. Call the source otherwise.",
            "pushgate.conf:4: sources.nas.kind: it is not said what this source is. Write ldap, active-directory or radius.",
            "pushgate.conf:5: sources.users: users has a meaning of its own where sources are named. Call the source otherwise.",
            "pushgate.conf:5: sources.users.kind: 'file' is not known here. Write ldap, active-directory or radius.",
            "pushgate.conf:6: sources.\"a b\": the name of a source cannot be 'a b'. Use 1 to 64 letters, digits, dots, hyphens and underscores.",
            "pushgate.conf:6: sources.\"a b\".kind: 'file' is not known here. Write ldap, active-directory or radius."),
        row(
            "realms",
            GOOD
                + "realms { a { }, b { names = [ x, X, \"y@z\" ], source = nowhere, colour = red } }\n",
            "pushgate.conf:4: realms.a.names: it is not said what users write. Set it to what stands behind the @ or before the backslash, such as [ \"CORP\", \"corp.example.com\" ].",
            "pushgate.conf:4: realms.b.names: 'X' stands for realm 'b' already. Remove one of the two.",
            "pushgate.conf:4: realms.b.names: 'y@z' cannot be the name of a realm. Write it without @, slash or backslash.",
            "pushgate.conf:4: realms.b.source: 'nowhere' is no source. Write users.",
            "pushgate.conf:4: realms.b.colour: there is no such key. Use names or source."),
        row(
            "nothing proved",
            GOOD
                + "clients.hq { source = nas, factor = none, remember = 8h }\n"
                + "networks.office { address = 192.0.2.0/24, factor = none, overrides = true }\n",
            "pushgate.conf:4: clients.hq.factor: hq checks the passwords itself (source = nas), so users would come in without any proof here. Write push-or-code.",
            "pushgate.conf:4: clients.hq.remember: hq checks the passwords itself (source = nas), so users would come in without any proof here. Remove the key.",
            "pushgate.conf:5: networks.office.factor: hq checks the passwords itself (source = nas), so users would come in without any proof here. Write push-or-code, or remove overrides."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void load_tellsEveryMistake(BrokenConfiguration broken, @TempDir Path folder) {
    broken.assertMessages(folder);
  }
}
