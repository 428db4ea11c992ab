package dev.pushgate.callback.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that nobody but its owner reads, and that is whole at any time. */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Writes the file, or replaces it, in one go; its mode is 0600.
   *
   * @param text its whole content
   * @throws IOException when it cannot be written; what stood there before stays
   */
  public static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is not a file");
    }
    // Created for the owner alone, by the contract of createTempFile.
    Path whole = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      Files.writeString(whole, text);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
