package dev.pushgate.push.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Programs as an administrator would write them. */
public final class ShellScript {
  private ShellScript() {}

  /**
   * Writes one; answers the words of a command that runs it.
   *
   * @param lines of the script; its working folder is {@code $D}
   */
  public static List<String> in(Path folder, String lines) throws IOException {
    Path script = Files.createTempFile(folder, "script", ".sh");
    Files.writeString(script, "#!/bin/sh\nD='" + folder + "'\n" + lines + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return List.of(script.toString());
  }
}
