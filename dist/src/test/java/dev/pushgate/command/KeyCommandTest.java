package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.code.CodeCheck;
import dev.pushgate.server.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code key}, beside a state that is open as in a running server. */
@Timeout(180)
class KeyCommandTest {
  private final CommandFolder folder;
  private final Path file;

  KeyCommandTest(@TempDir Path path) throws Exception {
    folder = CommandFolder.in(path);
    file = folder.file("pushgate.key");
  }

  /** The keys themselves, which no command shows. */
  private List<String> keys() throws Exception {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static String name(String key) {
    return key.substring(0, 8);
  }

  @Test
  void key_makesTheFileOnceAndThenTellsWhatIsInIt() throws Exception {
    PushgateProcess.Result made = folder.run("key").done();
    String key = keys().getFirst();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.out()).containsExactly("made " + file, "1 key", name(key));
    assertThat(made.err()).singleElement().asString().startsWith("Keep a copy in a safe place");

    PushgateProcess.Result shown = folder.run("key").done();
    assertThat(shown.out()).containsExactly("1 key", name(key));
    assertThat(shown.err()).isEmpty();
    assertThat(keys()).containsExactly(key);
  }

  @Test
  void rotation_isFollowedByWhatRuns_andOlderKeysGoOnlyWhenNothingNeedsThem() throws Exception {
    folder.run("key").done();
    try (State server = folder.openState()) {
      TotpApp alice =
          TotpApp.scanning(folder.run("enroll", "alice", "--app", "totp", "--no-qr").done());
      assertThat(server.oneTimeCodes().check("alice", alice.code()))
          .isEqualTo(new CodeCheck.Right());
      String older = keys().getFirst();

      PushgateProcess.Result rotated = folder.run("key rotate").done();
      assertThat(keys()).hasSize(2).element(1).isEqualTo(older);
      String newer = keys().getFirst();
      assertThat(rotated.out())
          .containsExactly("added key " + name(newer) + " and encrypted 1 secrets with it");
      assertThat(rotated.out() + "" + rotated.err()).doesNotContain(newer.substring(9));
      assertThat(folder.run("key").done().out())
          .containsExactly("2 keys, the newest first", name(newer), name(older));

      assertThat(folder.run("key prune").done().out())
          .containsExactly("removed key " + name(older));
      assertThat(folder.run("key prune").done().out()).containsExactly("every key is needed");
      assertThat(Files.readString(file)).doesNotContain(older.substring(9));
      assertThat(server.oneTimeCodes().check("alice", alice.code()))
          .as("the same code, read with the new key")
          .isNotEqualTo(new CodeCheck.Wrong());
      assertThat(server.keys().current().orElseThrow().names()).containsExactly(name(newer));
    }
  }

  @Test
  void rotationWithoutAFile_namesTheCommandThatMakesOne() throws Exception {
    for (String command : List.of("key rotate", "key prune")) {
      PushgateProcess.Result result = folder.run(command);
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .containsExactly(
              "pushgate: there is no key file " + file + "; make one with: pushgate key");
    }
  }

  @Test
  void fileThatOthersCanRead_isRefusedByEveryCommandAndTheServer() throws Exception {
    folder.run("key").done();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    for (String command : List.of("check", "key", "key rotate", "serve")) {
      PushgateProcess.Result result = folder.run(command);
      assertThat(result.exit()).as("%s", command).isEqualTo(1);
      assertThat(result.out() + "" + result.err())
          .contains(file + ": users other than its owner can get at the keys (rw-r-----)");
    }
  }
}
