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
    if (found.isPresent()) {
      return found.get();
    }
    String missing = name + " is not installed";
    if ("all".equals(System.getProperty("pushgate.require"))) {
      Assertions.fail(missing + ", and -Dpushgate.require=all forbids to skip");
    }
    return Assumptions.abort(missing);
  }
}
