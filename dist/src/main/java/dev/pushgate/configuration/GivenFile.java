package dev.pushgate.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** A path that the configuration names, taken from the configuration folder where relative. */
final class GivenFile {
  private GivenFile() {}

  /** The path, absolute, or null where it is none (reported). */
  static @Nullable Path path(Setting setting, Path folder) {
    String text = setting.text();
    if (text == null) {
      return null;
    }
    if (text.isBlank()) {
      setting.problem("the path is empty", "Write a path, or remove the key");
      return null;
    }
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      setting.problem(Words.quoted(text) + " is not a path", "Write the path of a file");
      return null;
    }
  }

  /** Whether the file can be read; reported where not. */
  static boolean isReadable(Setting setting, Path file) {
    if (!Files.exists(file)) {
      setting.problem("there is no file " + file, "Put it there, or name the file that you mean");
      return false;
    }
    if (!Files.isRegularFile(file)) {
      setting.problem(file + " is not a file", "Name a file");
      return false;
    }
    if (!Files.isReadable(file)) {
      setting.problem(
          file + " may not be read",
          "Let user " + System.getProperty("user.name") + " read it (chown, chmod)");
      return false;
    }
    return true;
  }

  /** Warns where every user of this machine can read the file. */
  static void warnIfOpen(Setting setting, Path file) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        setting.warning("every user of this machine can read " + file, "Run chmod o-rwx " + file);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // A file that has gone is noticed when it is read; a file system without modes has none.
      return;
    }
  }
}
