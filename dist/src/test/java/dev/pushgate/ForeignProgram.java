package dev.pushgate;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program that we did not write and that a test needs. */
public final class ForeignProgram {
  private ForeignProgram() {}

  /**
   * Where the program is. Where it is not installed the test is skipped, or fails under {@code
   * -Dpushgate.require=all}.
   */
  public static Path require(String name) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseGet(() -> without(name + " is not installed"));
  }

  /** As {@link #require}, for what a program loads: where the first of these files is. */
  static Path requireOneOf(Path... files) {
    return Stream.of(files)
        .filter(Files::isReadable)
        .findFirst()
        .orElseGet(() -> without(files[0].getFileName() + " is not installed"));
  }

  /** As {@link #require}, for a program that only root can run. */
  static void requireRoot() {
    if (!"root".equals(System.getProperty("user.name"))) {
      without("only root can do this");
    }
  }

  /** A folder of files that others wrote, by the same rule. */
  static Path requireFolder(String path) {
    Path folder = Path.of(path);
    return Files.isDirectory(folder) ? folder : without(path + " is not installed");
  }

  private static Path without(String what) {
    if ("all".equals(System.getProperty("pushgate.require"))) {
      Assertions.fail(what + ", and -Dpushgate.require=all forbids to skip");
    }
    return Assumptions.abort(what);
  }
}
