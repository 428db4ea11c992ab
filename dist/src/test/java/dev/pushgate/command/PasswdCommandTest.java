package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class PasswdCommandTest {
  private static final int NOBODY = 65534;

  /** How soon a running server shall know of an edit. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void passwd_addsAndChangesAndLeavesTheRestAsItIs(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    Path users = folder.file("users.properties");

    PushgateProcess.Result changed =
        PushgateProcess.runWithPassword("first-password", folder.arguments("passwd", "ALICE"))
            .done();
    PushgateProcess.Result added =
        PushgateProcess.runWithPassword("second-password", folder.arguments("passwd", "dora"))
            .done();

    assertThat(changed.out()).containsExactly("changed the password of alice: " + users + ":2");
    assertThat(added.out()).containsExactly("added dora: " + users + ":4");
    assertThat(Files.readAllLines(users))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("# the staff"),
            line -> assertThat(line).startsWith("alice = $argon2id$"),
            line -> assertThat(line).startsWith("bob = {CLEARTEXT}"),
            line -> assertThat(line).startsWith("dora = $argon2id$"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({
    "argon2id, 'alice = \\$argon2id\\$.*'",
    "nt, 'alice = \\{NT}8846F7EAEE8FB117AD06BDD830B7586C'",
    "cleartext, 'alice = \\{CLEARTEXT}password'",
  })
  void passwd_keepsThePasswordByTheSchemeThatIsAskedFor(
      String scheme, String line, @TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);

    PushgateProcess.runWithPassword(
            "password", folder.arguments("passwd", "alice", "--scheme", scheme))
        .done();

    assertThat(Files.readAllLines(folder.file("users.properties")).get(1)).matches(line);
  }

  @Test
  void passwd_withoutAPassword_exitsTwoAndSaysWhereToPutIt(@TempDir Path path) throws Exception {
    PushgateProcess.Result result = CommandFolder.in(path).run("passwd", "alice");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err().getFirst())
        .isEqualTo("New password is missing: set PUSHGATE_PASSWORD or run this in a terminal");
  }

  @Test
  void passwd_refused_changesNothing(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    Files.delete(folder.file("users.properties"));

    PushgateProcess.Result result =
        PushgateProcess.runWithPassword("a-password", folder.arguments("passwd", "alice.groups"));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).last().isEqualTo("pushgate: nothing was changed");
    assertThat(folder.file("users.properties")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"true, 65534, 65534, rw-------", "false, 0, 65534, rw-r-----"})
  void passwd_byRoot_makesAFileThatTheServersUserCanRead(
      boolean hasState, int owner, int group, String permissions, @TempDir Path path)
      throws Exception {
    Root.assume();
    CommandFolder folder = CommandFolder.in(path);
    Path users = folder.file("users.properties");
    Files.delete(users);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setAttribute(path, "unix:gid", NOBODY);
    if (hasState) {
      Root.give(Files.createDirectory(folder.state()), NOBODY);
    }

    PushgateProcess.runWithPassword("a-password", folder.arguments("passwd", "alice")).done();

    assertThat(Files.getAttribute(users, "unix:uid")).isEqualTo(owner);
    assertThat(Files.getAttribute(users, "unix:gid")).isEqualTo(group);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
        .isEqualTo(permissions);
    assertThat(Files.getAttribute(folder.file(".users.properties.lock"), "unix:uid"))
        .isEqualTo(owner);
  }

  @Test
  void runningServer_takesOverWhatWasEdited(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    try (PushgateProcess server = folder.serve()) {
      Path account = folder.enrol("alice");
      try (PushgateProcess phone =
          PushgateProcess.start(folder.phone(account, "watch", "--auto", "approve"))) {
        assertThat(folder.isAccepted("alice", CommandFolder.PASSWORD)).isTrue();

        PushgateProcess.runWithPassword("another-password", folder.arguments("passwd", "alice"))
            .done();
        await().atMost(SOON).until(() -> folder.isAccepted("alice", "another-password"));
        assertThat(folder.isAccepted("alice", CommandFolder.PASSWORD)).isFalse();

        folder.replaceInUsers("bob = {CLEARTEXT}", "bob = ");
        server.awaitLine("the last good version stays in force");
        assertThat(server.err())
            .anyMatch(
                line ->
                    line.contains("not reloaded: ") && line.contains("users.properties:3: bob"));
        assertThat(folder.isAccepted("alice", "another-password")).isTrue();

        assertThat(phone.isRunning()).isTrue();
        assertThat(server.isRunning()).isTrue();
      }
    }
  }

  @Test
  void hangUp_reloadsAtOnce(@TempDir Path path) throws Exception {
    CommandFolder folder = CommandFolder.in(path);
    try (PushgateProcess server = folder.serve()) {
      server.hangUp();

      server.awaitLine("reloaded: 1 clients, 2 users");
      assertThat(server.isRunning()).isTrue();
    }
  }
}
