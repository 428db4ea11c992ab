package dev.pushgate.configuration;

import static dev.pushgate.configuration.BrokenConfiguration.row;
import static dev.pushgate.configuration.ConfigurationFolder.CLIENT;
import static dev.pushgate.configuration.ConfigurationFolder.GOOD;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenValuesTest {

  static Stream<BrokenConfiguration> rows() {
    return Stream.of(
        row(
            "port too large",
            "push.server-port = 70000\n" + GOOD,
            "pushgate.conf:1: push.server-port: 70000 is not a port. Give a number from 1 to 65535."),
        row(
            "port of zero",
            "push.server-port = 0\n" + GOOD,
            "pushgate.conf:1: push.server-port: 0 is not a port. Give a number from 1 to 65535."),
        row(
            "port as a word",
            "push.server-port = https\n" + GOOD,
            "pushgate.conf:1: push.server-port: 'https' is not a port. Give a number from 1 to 65535."),
        row(
            "port with a fraction",
            "push.server-port = 4433.5\n" + GOOD,
            "pushgate.conf:1: push.server-port: 4433.5 is not a port. Give a number from 1 to 65535."),
        row(
            "port as a list",
            "push.server-port = [ 4433 ]\n" + GOOD,
            "pushgate.conf:1: push.server-port: this is a list, not a single value. Write one value."),
        row(
            "unknown word",
            "push.status = on\n" + GOOD,
            "pushgate.conf:1: push.status: 'on' is not known here. Write enable or disable."),
        row(
            "duration without a unit",
            "push.expiry = 60\n" + GOOD,
            "pushgate.conf:1: push.expiry: 60 has no unit. Write 60s."),
        row(
            "duration without a unit, as text",
            "push.expiry = \"60000\"\n" + GOOD,
            "pushgate.conf:1: push.expiry: 60000 has no unit. Write 5s to 10m."),
        row(
            "duration in an unknown unit",
            "push.expiry = 60 sec\n" + GOOD,
            "pushgate.conf:1: push.expiry: '60 sec' is not a duration. Write 5s to 10m."),
        row(
            "duration too short",
            "push.expiry = 4999ms\n" + GOOD,
            "pushgate.conf:1: push.expiry: '4999ms' is too short. Write 5s to 10m."),
        row(
            "duration too long",
            "push.expiry = 11m\n" + GOOD,
            "pushgate.conf:1: push.expiry: '11m' is too long. Write 5s to 10m."),
        row(
            "duration below zero",
            "radius.reject-delay = -1s\n" + GOOD,
            "pushgate.conf:1: radius.reject-delay: '-1s' is too short. Write 0s to 5s."),
        row(
            "delay too long",
            "radius.reject-delay = 6s\n" + GOOD,
            "pushgate.conf:1: radius.reject-delay: '6s' is too long. Write 0s to 5s."),
        row(
            "name as address",
            "push.server-ip = vpn.example.com\n" + CLIENT,
            "pushgate.conf:1: push.server-ip: 'vpn.example.com' is not an IP address. Write one such as 203.0.113.5 without a port, or a name as push.server-name."),
        row(
            "address with leading zeros",
            "push.server-ip = \"203.0.113.005\"\n" + CLIENT,
            "pushgate.conf:1: push.server-ip: '203.0.113.005' is not an IP address. Write one such as 203.0.113.5 without a port, or a name as push.server-name."),
        row(
            "address with a zone",
            "push.server-ip = \"fe80::1%lo\"\n" + CLIENT,
            "pushgate.conf:1: push.server-ip: 'fe80::1%lo' is not an IP address. Write one such as 203.0.113.5 without a port, or a name as push.server-name."),
        row(
            "short address",
            "push.server-ip = \"10.1\"\n" + CLIENT,
            "pushgate.conf:1: push.server-ip: '10.1' is not an IP address. Write one such as 203.0.113.5 without a port, or a name as push.server-name."),
        row(
            "address of no machine",
            "push.server-ip = 0.0.0.0\n" + CLIENT,
            "pushgate.conf:1: push.server-ip: '0.0.0.0' is not the address of one machine. Write the address that phones reach this server by."),
        row(
            "address as name",
            GOOD + "push.server-name = 203.0.113.5\n",
            "pushgate.conf:4: push.server-name: '203.0.113.5' is an IP address, not a name. Write it as push.server-ip."),
        row(
            "URL as name",
            GOOD + "push.server-name = \"https://vpn.example.com\"\n",
            "pushgate.conf:4: push.server-name: 'https://vpn.example.com' is not a host name. Write one such as vpn.example.com, without https:// and without a port."),
        row(
            "name in another script",
            GOOD + "push.server-name = \"bücher.example\"\n",
            "pushgate.conf:4: push.server-name: 'bücher.example' is not a host name. Write xn--bcher-kva.example."),
        row(
            "service on two lines",
            "push.service = \"a\\nb\\u001b\"\n" + GOOD,
            "pushgate.conf:1: push.service: 'a\\u{a}b\\u{1b}' cannot be shown on a phone. Write 1 to 64 characters without line breaks, such as \"Example VPN\"."),
        row(
            "no address for phones",
            CLIENT,
            "pushgate.conf: push.server-ip: phones have no address to call back to. Set push.server-ip, push.server-name or callback.public-url."),
        row(
            "public URL by http",
            "callback.public-url = \"http://a.example\"\n" + GOOD,
            "pushgate.conf:1: callback.public-url: 'http://a.example' does not begin with https://. Write https://: phones speak nothing else."),
        row(
            "public URL with query",
            "callback.public-url = \"https://a.example/?b\"\n" + GOOD,
            "pushgate.conf:1: callback.public-url: 'https://a.example/?b' has a query or a fragment. Leave out what begins with ? or #."),
        row(
            "public URL with user",
            "callback.public-url = \"https://u:p@a.example\"\n" + GOOD,
            "pushgate.conf:1: callback.public-url: there is a user name in it. Leave out what stands before @."),
        row(
            "public URL with spaces",
            "callback.public-url = \"https://a b\"\n" + GOOD,
            "pushgate.conf:1: callback.public-url: 'https://a b' is not a URL. Write one such as https://vpn.example.com."),
        row(
            "public URL without a host",
            "callback.public-url = \"https:///a\"\n" + GOOD,
            "pushgate.conf:1: callback.public-url: 'https:///a' has no host name. Write one such as https://vpn.example.com."),
        row(
            "public URL with port 0",
            "callback.public-url = \"https://a:0\"\n" + GOOD,
            "pushgate.conf:1: callback.public-url: 0 is not a port. Give a number from 1 to 65535."),
        row(
            "interface with a space",
            GOOD + "callback.allow-access = [ \"eth 0\", lo ]\n",
            "pushgate.conf:4: callback.allow-access: 'eth 0' is neither an interface nor an IP address. Write an interface such as eth0, a pattern such as \"eth*\", or this machine's address on it."),
        row(
            "no interface",
            GOOD + "callback.allow-access = [ 10.0.0.0/8, 0.0.0.0 ]\n",
            "pushgate.conf:4: callback.allow-access: '10.0.0.0/8' is neither an interface nor an IP address. Write an interface such as eth0, a pattern such as \"eth*\", or this machine's address on it.",
            "pushgate.conf:4: callback.allow-access: '0.0.0.0' is the address of no interface. Name the interface, or write \"*\" for all."),
        row(
            "certificate alone",
            "push.server-ip = 1.2.3.4\ncallback.certificate = tls.crt\n" + CLIENT,
            "pushgate.conf:2: callback.certificate: there is a certificate but no callback.key. Set callback.key to the file of its private key, or remove callback.certificate."),
        row(
            "key alone",
            "push.server-ip = 1.2.3.4\ncallback.key = tls.key\n" + CLIENT,
            "pushgate.conf:2: callback.key: there is a key but no callback.certificate. Set callback.certificate to the file of its certificate, or remove callback.key."),
        row(
            "no such certificate",
            GOOD + "callback.certificate = none.crt\ncallback.key = .\n",
            "pushgate.conf:4: callback.certificate: there is no file FOLDER/none.crt. Put it there, or name the file that you mean.",
            "pushgate.conf:5: callback.key: FOLDER is not a file. Name a file."),
        row(
            "endpoint without a port",
            "radius.listen = [ \"0.0.0.0\", \"::1:1812\", \"[::1]:0\", \"localhost:1812\" ]\n"
                + GOOD,
            "pushgate.conf:1: radius.listen: '0.0.0.0' is not an IP address with a port. Write one such as \"192.0.2.10:1812\" or \"[2001:db8::10]:1812\".",
            "pushgate.conf:1: radius.listen: '::1:1812' is not an IP address with a port. Write one such as \"192.0.2.10:1812\" or \"[2001:db8::10]:1812\".",
            "pushgate.conf:1: radius.listen: '[::1]:0' is not an IP address with a port. Write one such as \"192.0.2.10:1812\" or \"[2001:db8::10]:1812\".",
            "pushgate.conf:1: radius.listen: 'localhost:1812' is not an IP address with a port. Write one such as \"192.0.2.10:1812\" or \"[2001:db8::10]:1812\"."),
        row(
            "endpoints twice",
            "radius.listen = [\n \"0.0.0.0:1812\"\n \"0.0.0.0:1812\" ]\n" + GOOD,
            "pushgate.conf:3: radius.listen: the same address stands in the list before. Remove one of the two."),
        row(
            "no endpoint",
            "radius.listen = []\n" + GOOD,
            "pushgate.conf:1: radius.listen: the list is empty, so no NAS could be answered. Write [ \"0.0.0.0:1812\", \"[::]:1812\" ], or remove the key."),
        row(
            "accounting where logins are received",
            "radius.listen = [ \"192.0.2.9:1812\", \"[::]:1812\" ]\nradius.accounting = [\n \"0.0.0.0:1812\"\n \"[::1]:1812\"\n \"192.0.2.8:1813\"\n \"192.0.2.8:1813\" ]\n"
                + GOOD,
            "pushgate.conf:3: radius.accounting: logins are received on this port by radius.listen. Give another port; accounting is usually on 1813.",
            "pushgate.conf:4: radius.accounting: logins are received on this port by radius.listen. Give another port; accounting is usually on 1813.",
            "pushgate.conf:6: radius.accounting: the same address stands in the list before. Remove one of the two."),
        row(
            "logins where accounting is by default",
            "radius.listen = [ \"192.0.2.9:1813\" ]\n" + GOOD,
            "pushgate.conf:1: radius.accounting: accounting is received on port 1813, which radius.listen takes for logins. Give accounting another port, or turn it off by radius.accounting = []."),
        row(
            "empty path",
            "state = \"\"\n" + GOOD,
            "pushgate.conf:1: state: the path is empty. Write a path, or remove the key."),
        row(
            "path with NUL",
            "users = \"a\\u0000\"\n" + GOOD,
            "pushgate.conf:1: users: 'a\\u{0}' is not a path. Write the path of a file."));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void load_tellsEveryMistake(BrokenConfiguration broken, @TempDir Path folder) {
    broken.assertMessages(folder);
  }
}
