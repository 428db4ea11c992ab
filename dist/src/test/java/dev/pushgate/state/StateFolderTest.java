package dev.pushgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StateFolderTest {
  private static final int NOBODY = 65534;

  /** A user whom no database knows. */
  private static final int STRANGER = 54321;

  private static Path folder(Path in, String permissions) throws IOException {
    Path folder = Files.createDirectory(in.resolve("state"));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  private static String refusal(Path folder) {
    return switch (StateFolder.enter(folder)) {
      case StateFolder.Entry.Entered entered -> "entered";
      case StateFolder.Entry.Refused(var problem) ->
          problem.toString().replace(folder.toString(), "FOLDER");
    };
  }

  @Test
  void enter_makesAMissingFolderForItsOwnerAlone(@TempDir Path in) throws IOException {
    Path folder = in.resolve("a/b/state");

    assertThat(StateFolder.enter(folder)).isEqualTo(new StateFolder.Entry.Entered(folder));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void enter_takesTheFolderAsItFindsIt(@TempDir Path in) throws IOException {
    Path folder = folder(in, "rwxr-x---");

    assertThat(StateFolder.enter(folder)).isEqualTo(new StateFolder.Entry.Entered(folder));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwxr-x---");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  void enter_refusesAFolderThatOthersCanWriteTo(String permissions, @TempDir Path in)
      throws IOException {
    assertThat(refusal(folder(in, permissions)))
        .isEqualTo(
            "FOLDER: users other than its owner can write to the state folder ("
                + permissions
                + "). Run chmod 700 FOLDER.");
  }

  @Test
  void enter_refusesAFile(@TempDir Path in) throws IOException {
    assertThat(refusal(Files.createFile(in.resolve("state"))))
        .isEqualTo(
            "FOLDER: the state folder is not a folder, or may not be looked at. Make it and give it"
                + " to the user who runs this: mkdir -p, chown, chmod 700.");
  }

  @Test
  void enter_refusesWhatCannotBeMade(@TempDir Path in) throws IOException {
    Path file = Files.createFile(in.resolve("file"));

    assertThat(refusal(file.resolve("state")))
        .startsWith("FOLDER: the state folder is missing and cannot be made.");
  }

  @ParameterizedTest
  @ValueSource(ints = {NOBODY, STRANGER})
  void enter_dropsFromRootToTheOwnerForGood(int owner, @TempDir Path in, @TempDir Path classes)
      throws Exception {
    assumeRoot();
    Path folder = given(folder(reachable(in), "rwx------"), owner);

    List<String> told = inAProcess(List.of(), folder, classes);

    String id = " " + owner;
    assertThat(told)
        .containsExactly(
            "entered " + folder,
            "Gid:" + id.repeat(4),
            "Groups:" + id,
            "Uid:" + id.repeat(4),
            "root's file is readable: false");
    for (String file : List.of("earlier", "later", "virtual")) {
      assertThat(Files.getAttribute(folder.resolve(file), "unix:uid")).isEqualTo(owner);
      assertThat(Files.getAttribute(folder.resolve(file), "unix:gid")).isEqualTo(owner);
    }
  }

  @Test
  void enter_staysRootInAFolderOfRoots(@TempDir Path in, @TempDir Path classes) throws Exception {
    assumeRoot();
    Path folder = folder(in, "rwx------");

    assertThat(inAProcess(List.of(), folder, classes))
        .contains("entered " + folder, "Uid: 0 0 0 0");
  }

  @Test
  void enter_refusesAFolderThatItsOwnerCannotReach(@TempDir Path in, @TempDir Path classes)
      throws Exception {
    assumeRoot();
    Path barred = folder(reachable(in), "rwx------");
    Path folder = given(folder(barred, "rwx------"), NOBODY);

    assertThat(inAProcess(List.of(), folder, classes))
        .containsExactly(
            "refused "
                + folder
                + ": its owner cannot reach and write to the state folder. Run chmod u+rwx on it,"
                + " and chmod a+x on the folders above it.");
  }

  @Test
  void enter_refusesAnotherUsersFolderToWhoIsNotRoot(@TempDir Path in, @TempDir Path classes)
      throws Exception {
    assumeRoot();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
    Path folder = folder(reachable(in), "rwxr-xr-x");

    assertThat(
            inAProcess(
                List.of("/usr/bin/setpriv", "--reuid=" + NOBODY, "--clear-groups"),
                folder,
                classes))
        .containsExactly(
            "refused "
                + folder
                + ": the state folder belongs to user root, not to the one who runs this. Run this"
                + " as root.");
  }

  private static void assumeRoot() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux") && new LinuxProcess().effectiveUser() == 0,
        "only root on Linux can become another user");
  }

  /** The folder, with every folder above it within the reach of all users. */
  private static Path reachable(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path given(Path folder, int owner) throws IOException {
    Files.setAttribute(folder, "unix:uid", owner);
    return Files.setAttribute(folder, "unix:gid", owner);
  }

  private static List<String> inAProcess(List<String> wrapper, Path folder, Path classes)
      throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        Stream.concat(
                wrapper.stream(),
                Stream.of(
                    java.toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    ownClasses(reachable(classes)),
                    EnteringProcess.class.getName(),
                    folder.toString()))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream told = process.getInputStream()) {
      String output = new String(told.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as(output).isZero();
      return output.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * A class path of copies: where the project itself lies, another user may not be able to read.
   */
  private static String ownClasses(Path copies) throws IOException {
    List<String> copied = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path to = copies.resolve(String.valueOf(copied.size()));
      if (Files.isDirectory(from) || from.getFileName().toString().startsWith("radius-core")) {
        try (Stream<Path> files = Files.walk(from)) {
          for (Path file : files.toList()) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
          }
        }
        copied.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, copied);
  }
}
