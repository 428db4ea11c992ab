package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that root runs on a state folder of another user. */
@Timeout(180)
class DroppedRootTest {
  private static final int NOBODY = 65534;

  @Test
  void commandsOfRoot_leaveNoFileOfRootsInTheStateFolder(
      @TempDir Path path, @TempDir Path installation) throws Exception {
    Root.assume();
    String classPath = installed(reachable(installation));
    CommandFolder folder = CommandFolder.in(reachable(path));
    Root.give(
        Files.setPosixFilePermissions(
            Files.createDirectory(folder.state()), PosixFilePermissions.fromString("rwx------")),
        NOBODY);

    run(classPath, folder.arguments("enroll", "alice")).done();
    assertAllIsNobodys(folder);
    run(classPath, folder.arguments("devices list")).done();
    assertAllIsNobodys(folder);
    run(classPath, folder.arguments("key")).done();
    assertThat(Files.getAttribute(folder.file("pushgate.key"), "unix:uid")).isEqualTo(NOBODY);
    run(classPath, folder.arguments("enroll", "bob", "--app", "totp")).done();
    run(classPath, folder.arguments("key rotate")).done();
    run(classPath, folder.arguments("key prune")).done();
    run(classPath, folder.arguments("enroll", "bob", "--app", "totp")).done();
    assertThat(Files.getAttribute(folder.file("pushgate.key"), "unix:uid")).isEqualTo(NOBODY);
    assertAllIsNobodys(folder);
    Root.give(folder.file("pushgate.key"), 0);
    assertThat(run(classPath, folder.arguments("check")).out())
        .anyMatch(line -> line.contains("pushgate.key: the file belongs to user root, "));
    Root.give(folder.file("pushgate.key"), NOBODY);
    try (PushgateProcess server =
        PushgateProcess.start(Map.of(), classPath, List.of(folder.arguments("serve")))) {
      server.awaitLine("phones call https://");
      String link =
          run(classPath, folder.arguments("enroll", "alice", "--no-qr")).done().out().getFirst();
      Path account = folder.file("phone.json");
      run(classPath, folder.phone(account, "enrol", link)).done();
      try (PushgateProcess login =
          PushgateProcess.start(
              Map.of("PUSHGATE_PASSWORD", CommandFolder.PASSWORD),
              classPath,
              List.of(folder.login("alice")))) {
        run(classPath, folder.phone(account, "approve")).done();
        login.end().done();
      }
      assertAllIsNobodys(folder);
      server.terminate();
      assertThat(server.end().err()).noneMatch(line -> line.contains("NoClassDefFoundError"));
    }
    assertAllIsNobodys(folder);
  }

  private static PushgateProcess.Result run(String classPath, String[] arguments)
      throws IOException, InterruptedException {
    try (PushgateProcess process = PushgateProcess.start(Map.of(), classPath, List.of(arguments))) {
      return process.end();
    }
  }

  private static void assertAllIsNobodys(CommandFolder folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.state())) {
      List<Path> all = files.toList();
      assertThat(all).hasSizeGreaterThan(1);
      for (Path file : all) {
        assertThat(Files.getAttribute(file, "unix:uid")).as("%s", file).isEqualTo(NOBODY);
        assertThat(Files.getAttribute(file, "unix:gid")).as("%s", file).isEqualTo(NOBODY);
      }
    }
  }

  private static Path reachable(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Copies of all classes, as an installation has them: where every user can read them. */
  private static String installed(Path folder) throws IOException {
    List<String> copied = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path to = folder.resolve(copied.size() + "-" + from.getFileName());
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(from.relativize(file).toString()).normalize());
        }
      }
      copied.add(to.toString());
    }
    return String.join(File.pathSeparator, copied);
  }
}
