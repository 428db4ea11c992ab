package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.Pushgate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
class UsersCommandTest {
  private static final String USERS =
      """
      # the staff
      alice = {CLEARTEXT}correct-horse
      alice.groups = vpn, admins

      ! and Bob
      Bob = {NT}8846F7EAEE8FB117AD06BDD830B7586C
      Bob.valid-until = 2020-01-31T12:00:00Z
      """;

  private record Ran(int exit, List<String> out, List<String> err) {}

  private static Ran run(CommandFolder folder, String subcommand, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Pushgate.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("users"));
    arguments.addAll(List.of(folder.arguments(subcommand, more)));
    int exit = command.execute(arguments.toArray(String[]::new));
    return new Ran(exit, out.toString().lines().toList(), err.toString().lines().toList());
  }

  private static CommandFolder folder(Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    folder.write("users.properties", USERS);
    return folder;
  }

  private static String[] users(CommandFolder folder, String subcommand, String... more) {
    List<String> arguments = new ArrayList<>(List.of("users"));
    arguments.addAll(List.of(folder.arguments(subcommand, more)));
    return arguments.toArray(String[]::new);
  }

  @Test
  void list_showsEverybodyAndNoPassword(@TempDir Path path) throws Exception {
    Ran ran = run(folder(path), "list");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .satisfiesExactly(
            line -> assertThat(line).matches("USER +SCHEME +GROUPS +FACTOR +REFUSED *"),
            line -> assertThat(line).matches("alice +clear-text +admins, vpn *"),
            line ->
                assertThat(line)
                    .matches("Bob +NT +the account was valid until 2020-01-31T12:00:00Z *"));
  }

  @Test
  void show_tellsWhatTheFileSays(@TempDir Path path) throws Exception {
    CommandFolder folder = folder(path);
    Ran ran = run(folder, "show", "ALICE");
    JsonNode json =
        new ObjectMapper().readTree(String.join("\n", run(folder, "show", "bob", "--json").out()));

    assertThat(ran.out())
        .containsExactly(
            "user: alice",
            "password: clear-text",
            "groups: admins, vpn",
            "factor: -",
            "language: -",
            "mail: -",
            "valid from: -",
            "valid until: -",
            "may log in: yes");
    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"user": "Bob", "scheme": "NT", "weakness": null, "groups": [], "factor": null,
                     "language": null, "mail": null, "disabled": false, "validFrom": null,
                     "validUntil": "2020-01-31T12:00:00Z",
                     "refused": "the account was valid until 2020-01-31T12:00:00Z"}
                    """));
    assertThat(run(folder, "show", "eve").exit()).isEqualTo(1);
  }

  @Test
  void disableEnableAndRemove_changeTheLinesOfTheUserAndNothingElse(@TempDir Path path)
      throws Exception {
    CommandFolder folder = folder(path);
    Path file = folder.file("users.properties");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(run(folder, "disable", "ALICE").out())
        .containsExactly("disabled alice: " + file + ":3");
    assertThat(run(folder, "disable", "alice").out()).containsExactly("alice is disabled already");
    assertThat(run(folder, "enable", "alice").out())
        .containsExactly("enabled alice: " + file + ":3");
    assertThat(Files.readString(file))
        .isEqualTo(USERS.replace("horse\n", "horse\nalice.disabled = false\n"));
    assertThat(run(folder, "remove", "Alice").out())
        .containsExactly("removed alice: 3 lines of " + file);
    assertThat(Files.readString(file))
        .isEqualTo("# the staff\n" + USERS.substring(USERS.indexOf("\n! and Bob")));
    assertThat(run(folder, "remove", "alice").err())
        .last()
        .isEqualTo("pushgate: nothing was changed");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void remove_tellsWhichDevicesStay(@TempDir Path path) throws Exception {
    CommandFolder folder = folder(path);
    try (PushgateProcess server = folder.serve()) {
      var _ = folder.enrol("alice");
      assertThat(server.err()).isNotEmpty();
    }
    String device;
    try (var state = folder.openState()) {
      device = state.devices().ofUser("alice").getFirst().id();
    }

    assertThat(run(folder, "remove", "alice").out())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("removed alice: 2 lines of "),
            line ->
                assertThat(line).isEqualTo("whoever gets the name alice later would have these:"),
            line ->
                assertThat(line)
                    .startsWith("device " + device + " (")
                    .endsWith("; remove it with: pushgate devices remove " + device));
  }

  @Test
  void add_writesAllThatIsGiven(@TempDir Path path) throws Exception {
    CommandFolder folder = folder(path);
    PushgateProcess.Result added =
        PushgateProcess.runWithPassword(
                "password",
                users(
                    folder,
                    "add",
                    "dora",
                    "--scheme",
                    "nt",
                    "--groups",
                    "vpn, staff",
                    "--factor",
                    "push",
                    "--mail",
                    "dora@example.com",
                    "--valid-until",
                    "2999-12-31"))
            .done();

    assertThat(added.out())
        .containsExactly("added dora: " + folder.file("users.properties") + ":8");
    assertThat(Files.readString(folder.file("users.properties")))
        .isEqualTo(
            USERS
                + """
                dora = {NT}8846F7EAEE8FB117AD06BDD830B7586C
                dora.groups = vpn, staff
                dora.factor = push
                dora.valid-until = 2999-12-31
                dora.mail = dora@example.com
                """);
  }

  /** Processes of their own, as two administrators would start them. */
  @Test
  void commandsAtTheSameTime_allHaveTheirWay(@TempDir Path path) throws Exception {
    CommandFolder folder = folder(path);
    List<CompletableFuture<PushgateProcess.Result>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String[] add = users(folder, "add", "user" + i, "--scheme", "nt");
      running.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return PushgateProcess.runWithPassword("password", add);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (CompletableFuture<PushgateProcess.Result> each : running) {
      assertThat(each.get().exit()).isZero();
    }

    assertThat(Files.readString(folder.file("users.properties"))).startsWith(USERS);
    assertThat(Files.readAllLines(folder.file("users.properties")).subList(7, 10))
        .containsExactlyInAnyOrder(
            "user0 = {NT}8846F7EAEE8FB117AD06BDD830B7586C",
            "user1 = {NT}8846F7EAEE8FB117AD06BDD830B7586C",
            "user2 = {NT}8846F7EAEE8FB117AD06BDD830B7586C");
  }
}
