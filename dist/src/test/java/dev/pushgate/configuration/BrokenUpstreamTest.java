package dev.pushgate.configuration;

import static dev.pushgate.configuration.BrokenConfiguration.row;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;
import static dev.pushgate.configuration.ConfigurationFolder.SECRET;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other RADIUS servers, wrongly configured. */
class BrokenUpstreamTest {
  private static final String NPS =
      GOOD + "sources.nps { kind = radius, address = 192.0.2.10, secret = " + SECRET + " }\n";

  static Stream<BrokenConfiguration> rows() {
    return Stream.of(
        row(
            "source without a kind",
            GOOD + "sources.nps { }\n",
            "pushgate.conf:4: sources.nps.kind: it is not said what this source is. Write ldap, active-directory or radius."),
        row(
            "source of an unknown kind",
            GOOD + "sources.nps.kind = radus\n",
            "pushgate.conf:4: sources.nps.kind: 'radus' is not known here. Write ldap, active-directory or radius."),
        row(
            "RADIUS server without anything",
            GOOD + "sources.nps.kind = radius\n",
            "pushgate.conf:4: sources.nps.address: it is not said where the RADIUS server is. Set it to its IP address, such as \"192.0.2.10\", or to a list of them.",
            "pushgate.conf:4: sources.nps.secret: the source has no secret. Set secret-file to a file that holds it, or set secret."),
        row(
            "addresses that are none",
            NPS
                + "sources.nps.address = [ nps.example.com, \"192.0.2.10:0\", 0.0.0.0, 224.0.0.1 ]\n",
            "pushgate.conf:5: sources.nps.address: 'nps.example.com' is not the address of a RADIUS server. Write an IP address, and the port where that is not 1812, such as \"192.0.2.10:1645\".",
            "pushgate.conf:5: sources.nps.address: '192.0.2.10:0' is not the address of a RADIUS server. Write an IP address, and the port where that is not 1812, such as \"192.0.2.10:1645\".",
            "pushgate.conf:5: sources.nps.address: '0.0.0.0' is not the address of a RADIUS server. Write an IP address, and the port where that is not 1812, such as \"192.0.2.10:1645\".",
            "pushgate.conf:5: sources.nps.address: 224.0.0.1 is no address of a single machine. Write that of the RADIUS server."),
        row(
            "the same address twice",
            NPS + "sources.nps.address = [ 192.0.2.10, \"192.0.2.10:1812\" ]\n",
            "pushgate.conf:5: sources.nps.address: the same address stands in the list before. Remove one of the two."),
        row(
            "empty secret of a RADIUS server",
            NPS + "sources.nps.secret = \"\"\n",
            "pushgate.conf:5: sources.nps.secret: the secret is empty. Give a random secret of 16 octets or more, the same as on the RADIUS server."),
        row(
            "words and times",
            NPS
                + """
                sources.nps {
                  message-authenticator = auto
                  timeout = 500ms
                  dead-time = 1h
                  status-server = yes
                  user-name = upper
                  nas-identifier = " "
                }
                """,
            "pushgate.conf:6: sources.nps.message-authenticator: 'auto' is not known here. Write required or optional.",
            "pushgate.conf:7: sources.nps.timeout: '500ms' is too short. Write 1s to 120s.",
            "pushgate.conf:8: sources.nps.dead-time: '1h' is too long. Write 1s to 10m.",
            "pushgate.conf:9: sources.nps.status-server: 'yes' is not known here. Write on or off.",
            "pushgate.conf:10: sources.nps.user-name: 'upper' is not known here. Write canonical or typed.",
            "pushgate.conf:11: sources.nps.nas-identifier: a NAS-Identifier cannot have 1 octets. Write 1 to 253 octets."),
        row(
            "attributes that cannot be passed on",
            NPS
                + "sources.nps.pass-to = [ Class, Calling-Station-Idd, User-Password, State,"
                + " Proxy-State, NAS-Identifier, MS-CHAP2-Response, Tunnel-Password ]\n",
            "pushgate.conf:5: sources.nps.pass-to: no dictionary has an attribute 'Calling-Station-Idd'. Write Calling-Station-Id.",
            "pushgate.conf:5: sources.nps.pass-to: User-Password is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-to: State is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-to: Proxy-State is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-to: NAS-Identifier is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-to: MS-CHAP2-Response is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-to: Tunnel-Password is encrypted for one receiver and cannot be passed on. Remove it."),
        row(
            "attributes that cannot come back",
            NPS
                + "sources.nps.pass-back = [ Class, State, MS-MPPE-Send-Key, EAP-Message,"
                + " Message-Authenticator, Reply-Message, Calling-Station-Id ]\n",
            "pushgate.conf:5: sources.nps.pass-back: State is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-back: MS-MPPE-Send-Key is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-back: EAP-Message is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-back: Message-Authenticator is set by the server itself. Remove it.",
            "pushgate.conf:5: sources.nps.pass-back: Reply-Message is text of another server, which users are not shown with an Accept. Remove it.",
            "pushgate.conf:5: sources.nps.pass-back: Calling-Station-Id may not stand in an Access-Accept. Remove it."),
        row(
            "RADIUS server behind nas, where nobody shows it a password",
            NPS + "clients.hq.source = [ nas, nps ]\n",
            "pushgate.conf:5: clients.hq.source: 'nps' tells nobody who a user is without the password. Name sources that do, or nas alone."),
        row(
            "key that a RADIUS server does not know",
            NPS + "sources.nps.retries = 3\n",
            "pushgate.conf:5: sources.nps.retries: there is no such key. Use kind, address, secret, secret-file, message-authenticator, timeout, dead-time, status-server, user-name, nas-identifier, pass-to, pass-back or password-memory."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void load_tellsEveryMistake(BrokenConfiguration broken, @TempDir Path folder) {
    broken.assertMessages(folder);
  }
}
