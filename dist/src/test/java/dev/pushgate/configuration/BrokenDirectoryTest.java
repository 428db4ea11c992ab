package dev.pushgate.configuration;

import static dev.pushgate.configuration.BrokenConfiguration.row;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenDirectoryTest {
  private static final String WHOLE =
      "sources.corp { kind = ldap, servers = \"ldaps://a.example\", base = \"dc=example\","
          + " user-dn = \"uid={user},dc=example\" }\n";

  static Stream<BrokenConfiguration> rows() {
    return Stream.of(
        row(
            "directory of which nothing is said",
            GOOD + "sources.corp.kind = ldap\n",
            "pushgate.conf:4: sources.corp.servers: it is not said where the directory is. Write its servers, such as [ \"ldaps://ldap1.example.com\" ].",
            "pushgate.conf:4: sources.corp.bind-dn: it is not said how users are found. Set bind-dn and bind-password-file to an account that may search; or user-dn or user-bind.",
            "pushgate.conf:4: sources.corp.base: it is not said where users are. Set it to what they are under, such as \"ou=people,dc=example,dc=com\"."),
        row(
            "servers that are none",
            GOOD
                + WHOLE
                + "sources.corp.servers = [ \"http://a\", a.example, \"ldaps://a/dc=x\", \"ldap://a\", \"LDAP://A:389\" ]\n",
            "pushgate.conf:5: sources.corp.servers: 'http://a' is not the URL of a directory server. Write \"ldaps://HOST\", or \"ldap://HOST\" for StartTLS, with a port behind it if that is another.",
            "pushgate.conf:5: sources.corp.servers: 'a.example' is not the URL of a directory server. Write \"ldaps://HOST\", or \"ldap://HOST\" for StartTLS, with a port behind it if that is another.",
            "pushgate.conf:5: sources.corp.servers: 'ldaps://a/dc=x' is not the URL of a directory server. Write \"ldaps://HOST\", or \"ldap://HOST\" for StartTLS, with a port behind it if that is another.",
            "pushgate.conf:5: sources.corp.servers: 'LDAP://A:389' is named twice. Remove one of the two."),
        row(
            "no server in the list",
            GOOD + WHOLE + "sources.corp.servers = []\n",
            "pushgate.conf:5: sources.corp.servers: no server is named. Name one."),
        row(
            "authorities that are none",
            GOOD + WHOLE + "sources.corp { trust = empty, timeout = 60s, referrals = always }\n",
            "pushgate.conf:5: sources.corp.trust: FOLDER/empty cannot be read as certificates. Put certificates in PEM into it.",
            "pushgate.conf:5: sources.corp.referrals: 'always' is not known here. Write ignore or follow.",
            "pushgate.conf:5: sources.corp.timeout: '60s' is too long. Write 1s to 30s."),
        row(
            "account without a password",
            GOOD + WHOLE + "sources.corp.bind-dn = reader\n",
            "pushgate.conf:4: sources.corp.bind-password-file: the directory asks for the password of bind-dn. Set it to a file with nothing but the password in it.",
            "pushgate.conf:5: sources.corp.bind-dn: 'reader' is not a DN. Write one such as \"cn=pushgate,ou=services,dc=example,dc=com\"."),
        row(
            "account with an empty password",
            GOOD + WHOLE + "sources.corp { bind-dn = \"cn=a\", bind-password-file = empty }\n",
            "pushgate.conf:5: sources.corp.bind-password-file: FOLDER/empty is empty. Put the password into it."),
        row(
            "templates that find nobody",
            GOOD
                + WHOLE
                + "sources.corp { user-dn = \"uid=alice,dc=example\", filter = \"(uid=alice)\" }\n",
            "pushgate.conf:4: sources.corp: filter does not find one user. Write {user} in it, and not {dn}.",
            "pushgate.conf:5: sources.corp.user-dn: 'uid=alice,dc=example' cannot be used: it does not have {user} in it. Write one such as \"uid={user},ou=people,dc=example,dc=com\"."),
        row(
            "filters that are none",
            GOOD
                + WHOLE
                + "sources.corp { filter = \"(uid={user}\" }\nsources.corp.groups.filter = \"(member={dn}*)\"\n",
            "pushgate.conf:5: sources.corp.filter: '(uid={user}' cannot be used: it is no filter as RFC 4515 has it. Write one such as \"(uid={user})\".",
            "pushgate.conf:6: sources.corp.groups.filter: '(member={dn}*)' cannot be used: a gap stands elsewhere than in the value of a comparison by =. Write one such as \"(uid={user})\"."),
        row(
            "attributes that are none",
            GOOD
                + WHOLE
                + "sources.corp {\n name-attribute = \"uid name\"\n reply = { Framed-IP-Adress = ip, User-Password = userPassword }\n nested = on\n}\n",
            "pushgate.conf:4: sources.corp: groups of groups are to count, but no groups are read. Set group-attribute, or write groups { … }.",
            "pushgate.conf:6: sources.corp.name-attribute: 'uid name' is not the name of an LDAP attribute. Write one such as mail.",
            "pushgate.conf:7: sources.corp.reply.Framed-IP-Adress: no dictionary has an attribute 'Framed-IP-Adress'. Write Framed-IP-Address.",
            "pushgate.conf:7: sources.corp.reply.User-Password: User-Password is set by the server itself. Remove it."),
        row(
            "key that a directory does not have",
            GOOD + WHOLE + "sources.corp.server = \"ldaps://b.example\"\n",
            "pushgate.conf:5: sources.corp.server: there is no such key. Write servers."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void load_tellsEveryMistake(BrokenConfiguration broken, @TempDir Path folder) {
    broken.assertMessages(folder);
  }
}
