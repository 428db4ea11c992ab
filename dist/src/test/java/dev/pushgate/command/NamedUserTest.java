package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands about users who are in no file, where a directory does not tell who they are. */
@Timeout(180)
class NamedUserTest {
  private final CommandFolder folder;

  NamedUserTest(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
  }

  @BeforeEach
  void usersAreInADirectory() throws Exception {
    Files.writeString(
        folder.file("pushgate.conf"),
        """
        source = people
        sources.people {
          kind = ldap
          servers = "ldaps://127.0.0.1:%d"
          user-dn = "uid={user},dc=example,dc=com"
        }
        """
            .formatted(CommandFolder.freeTcpPort()),
        StandardOpenOption.APPEND);
    Files.delete(folder.file("users.properties"));
  }

  @Test
  void fileOfUsers_needNotBeThere() throws Exception {
    assertThat(folder.run("check").done().out())
        .contains("  passwords are checked by people", "0 users", "no mistakes");
  }

  @Test
  void nameThatNoSourceCanTell_isTakenAsItIsWritten() throws Exception {
    PushgateProcess.Result enrolled = folder.run("enroll", "Zoë", "--no-qr").done();

    assertThat(enrolled.out()).anyMatch(line -> line.startsWith("https://"));
    assertThat(enrolled.err())
        .anyMatch(line -> line.contains("the name is taken as it is written"));
  }

  @Test
  void directoryThatIsDown_isSaidToBeTheReason() throws Exception {
    folder.write("bind.password", "secret-of-the-account");
    Files.writeString(
        folder.file("pushgate.conf"),
        """
        sources.people {
          bind-dn = "cn=pushgate,dc=example,dc=com"
          bind-password-file = bind.password
          base = "dc=example,dc=com"
          user-dn = null
        }
        """,
        StandardOpenOption.APPEND);

    PushgateProcess.Result refused = folder.run("enroll", "alice");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .last()
        .asString()
        .startsWith("pushgate: nobody can say who alice is: people: ")
        .contains("cannot be reached");
  }
}
