package dev.pushgate.command.phone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files that accounts are kept in.
 *
 * @param path a file with one account, or a folder with a file for each
 */
record AccountFiles(Path path) {
  private static final String ENDING = ".json";

  /**
   * Those there are, in the order of their names.
   *
   * @throws IOException when the folder holds none; a file that is missing shows when it is read
   */
  List<Path> all() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> accounts =
          files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      if (accounts.isEmpty()) {
        throw new IOException(
            "there is no account in " + path + "; 'pushgate phone enrol' makes one");
      }
      return accounts;
    }
  }

  /** Where the next account goes: in a folder beside the others, else in place of the one. */
  Path next() {
    return Files.isDirectory(path)
        ? IntStream.iterate(1, number -> number + 1)
            .mapToObj(number -> path.resolve("account-" + number + ENDING))
            .filter(Files::notExists)
            .findFirst()
            .orElseThrow()
        : path;
  }
}
