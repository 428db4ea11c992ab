package dev.pushgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
  private final Path folder;

  SetupTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Setup.Reading read(String callback, String users) throws IOException {
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        push.server-ip = "127.0.0.1"
        clients.nas { address = "127.0.0.1", secret = "a-secret-that-is-long" }
        """
            + callback);
    Files.writeString(folder.resolve("users.properties"), users);
    return Setup.read(folder, Map.of(), Set.of(), InstantSource.system());
  }

  @Test
  void allowAccess_thatMatchesNothing_isRefusedAndNeverMeansEverywhere() throws IOException {
    Setup.Reading reading =
        read("callback.allow-access = [ \"no-such-interface0\" ]", "alice = {CLEARTEXT}x");
    assertThat(reading).isInstanceOf(Setup.Reading.Broken.class);
    assertThat(((Setup.Reading.Broken) reading).problems())
        .singleElement()
        .extracting(Problem::key)
        .isEqualTo("callback.allow-access");
  }

  @Test
  void allowAccess_ofWhichSomeMatches_bindsThatAloneAndWarns() throws IOException {
    Setup.Reading reading =
        read(
            "callback.allow-access = [ \"no-such-interface0\", \"127.0.0.1\" ]",
            "alice = {CLEARTEXT}x");
    assertThat(((Setup.Reading.Usable) reading).phoneAddresses())
        .containsExactly(InetAddress.ofLiteral("127.0.0.1"));
    assertThat(reading.warnings()).extracting(Problem::key).contains("callback.allow-access");
  }

  @Test
  void mistakes_inAllFiles_areToldAtOnce() throws IOException {
    Files.writeString(folder.resolve("tls.crt"), "no certificate");
    Files.writeString(folder.resolve("tls.key"), "no key");
    Setup.Reading reading =
        read("callback { certificate = \"tls.crt\", key = \"tls.key\" }", "alice = plain");
    assertThat(((Setup.Reading.Broken) reading).problems())
        .extracting(problem -> Path.of(problem.file()).getFileName().toString())
        .contains("tls.crt", "users.properties");
  }

  @Test
  void users_whoCannotDoWhatIsAskedOfThem_areWarnedOf() throws IOException {
    Setup.Reading reading =
        read(
            "callback.allow-access = [ \"127.0.0.1\" ]\ngroups { vpm.factor = push }",
            """
            alice = {CLEARTEXT}x
            alice.groups = vpn
            alice.factor = number
            bob = {CLEARTEXT}x
            bob.factor = code
            carol = {CLEARTEXT}x
            carol.factor = code
            dora = {CLEARTEXT}x
            dora.factor = code
            erik = {CLEARTEXT}x
            erik.factor = code
            """);

    assertThat(reading.warnings())
        .map(problem -> problem.toString().replace(folder.toString(), "FOLDER"))
        .contains(
            "FOLDER/users.properties: alice.factor: of alice a number is asked for, and no client"
                + " shows one in mode block: they are refused. Set mode = number for a client or a"
                + " group.",
            "FOLDER/users.properties: bob.factor: of bob, carol, dora and 1 more a code is asked for,"
                + " which needs the key file FOLDER/pushgate.key, and there is none. Make it with"
                + " `pushgate key`.",
            "FOLDER/users.properties: bob.factor: of bob, carol, dora and 1 more a code is asked for,"
                + " and no client takes one in mode block without append: they are refused. Set mode ="
                + " challenge or append = on for a client.",
            "pushgate.conf: groups.vpm: no user is in this group. Write vpn if that is meant.");
  }
}
