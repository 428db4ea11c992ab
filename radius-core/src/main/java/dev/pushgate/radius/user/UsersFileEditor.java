package dev.pushgate.radius.user;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.file.EditLock;
import dev.pushgate.radius.file.FileReplacement;
import dev.pushgate.radius.packet.UntrustedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets passwords in a users file that people edit by hand as well.
 *
 * <p>All else in the file stays as it is, octet for octet: comments, order, line endings, owner,
 * group and mode; a symbolic link stays one, and what it points to is edited. Readers see the file
 * as before or as after, never in between. Editors of the same file wait for each other by means of
 * a lock file {@code .NAME.lock} beside it, which stays.
 *
 * <p>Needs a POSIX file system. Safe for any number of threads; a process should have one editor
 * for a file, because the lock of a process ends when any editor in it gives up waiting.
 */
public final class UsersFileEditor {
  private static final int MOST_LINKS = 40;

  private final UsersFile file;
  private final Path path;
  private final Duration patience;

  /**
   * @param file which file; need not exist, its folder must
   * @param factors as for {@link UsersFile}
   * @param patience how long to wait for others who edit the file
   */
  public UsersFileEditor(Path file, Set<String> factors, Duration patience) {
    this(new UsersFile(file, factors), patience);
  }

  /**
   * @param file as the server reads it
   * @param patience how long to wait for others who edit the file
   */
  public UsersFileEditor(UsersFile file, Duration patience) {
    this.file = file;
    this.path = file.path();
    this.patience = patience;
  }

  /** What came of an edit. */
  public sealed interface Edited {

    /**
     * A user of the file has another password now.
     *
     * @param name the user's canonical name
     * @param line where it stands
     */
    record Changed(String name, int line) implements Edited {}

    /**
     * The file has a user more, in its last line.
     *
     * @param name the user's canonical name
     * @param line where it stands
     */
    record Added(String name, int line) implements Edited {}

    /**
     * The file is as before.
     *
     * @param problems what must be mended first; at least one
     */
    record Refused(List<Problem> problems) implements Edited {}
  }

  /**
   * Replaces the password of a user, or adds the user at the end of the file.
   *
   * <p>Refused when the file would have problems afterwards; a problem with the very password that
   * is replaced does not hinder. A missing file is made, with mode 0600.
   *
   * @param userName in any case and normal form; becomes the canonical name of a new user
   * @throws IOException when the file can be neither read nor written, nor its owner kept; it is
   *     then as before
   * @throws InterruptedException while waiting for others; the file is then as before
   */
  public Edited setPassword(String userName, StoredPassword password)
      throws IOException, InterruptedException {
    Optional<String> objection =
        UserKey.of(userName).property() == UserKey.Property.PASSWORD
            ? UserName.objection(userName)
            : Optional.of("the name ends like the key of a property");
    if (objection.isPresent()) {
      return refused(userName, objection.get(), "Choose another name");
    }
    Path target = linkTarget(path.toAbsolutePath());
    Optional<EditLock> lock = EditLock.on(target, patience);
    if (lock.isEmpty()) {
      return refused(
          null,
          "another command has been editing the file for " + patience.toMillis() + " ms",
          "Try again when it is done");
    }
    EditLock held = lock.get();
    try {
      return edit(target, userName, password);
    } finally {
      held.close();
    }
  }

  private Edited edit(Path target, String userName, StoredPassword password) throws IOException {
    byte[] before = Files.exists(target) ? Files.readAllBytes(target) : new byte[0];
    String text = new String(before, StandardCharsets.UTF_8);
    PropertiesLine line = PropertiesLine.of(userName, text);
    String edited = line.with(password.text());
    byte[] after = edited.getBytes(StandardCharsets.UTF_8);

    // Text that was not UTF-8 would come out with replacement characters.
    boolean isSafe =
        Arrays.equals(before, text.getBytes(StandardCharsets.UTF_8))
            && line.isAllThatChanges(edited, password.text())
            && file.reading(after) instanceof UsersFile.Reading.Read;
    if (!isSafe) {
      return switch (file.reading(before)) {
        case UsersFile.Reading.Broken(List<Problem> problems) -> new Edited.Refused(problems);
        case UsersFile.Reading.Read read ->
            throw new IllegalStateException("this edit would have done other than asked for");
      };
    }
    FileReplacement.write(target, after);
    return line.isNew()
        ? new Edited.Added(line.key(), line.number())
        : new Edited.Changed(line.key(), line.number());
  }

  private Edited refused(@Nullable String key, String what, String remedy) {
    return new Edited.Refused(
        List.of(
            new Problem(
                path.toString(), 0, key == null ? null : UntrustedText.shown(key), what, remedy)));
  }

  /** The file itself, also where a link points to one that is still to be made. */
  private static Path linkTarget(Path path) throws IOException {
    Path target = path;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }
}
