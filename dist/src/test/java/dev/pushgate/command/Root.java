package dev.pushgate.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What only root on Linux can do, which some tests need. */
final class Root {
  private Root() {}

  /** Skips the test where root does not run it. */
  static void assume() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root on Linux can give files away");
  }

  /** Gives a file or folder to a user and the group of the same number. */
  static void give(Path file, int owner) throws IOException {
    Files.setAttribute(file, "unix:gid", owner);
    Files.setAttribute(file, "unix:uid", owner);
  }
}
