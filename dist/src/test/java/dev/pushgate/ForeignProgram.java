package dev.pushgate;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program that we did not write and that a test needs. */
final class ForeignProgram {
  private ForeignProgram() {}

  /**
   * Where the program is. Where it is not installed the test is skipped, or fails under {@code
   * -Dpushgate.require=all}.
   */
  static Path require(String name) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    return missing(name);
  }

  /** A folder of files that others wrote, by the same rule. */
  static Path requireFolder(String path) {
    Path folder = Path.of(path);
    return Files.isDirectory(folder) ? folder : missing(path);
  }

  private static Path missing(String name) {
    String missing = name + " is not installed";
    if ("all".equals(System.getProperty("pushgate.require"))) {
      Assertions.fail(missing + ", and -Dpushgate.require=all forbids to skip");
    }
    return Assumptions.abort(missing);
  }
}
