package dev.pushgate.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A users file that a command is about to make, empty at first, for the server's user to read.
 *
 * <p>Run by root, the command would otherwise make a file that only root can read. So the file gets
 * the owner and group of the state folder, where there is one, because who owns that folder runs
 * the server. Where there is none yet it gets those of the folder that it is in, and its group may
 * read it if the group may read that folder.
 */
final class NewUsersFile implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> GROUP_TOO =
      PosixFilePermissions.fromString("rw-r-----");

  private final Path file;
  private final boolean made;
  private boolean kept;

  private NewUsersFile(Path file, boolean made) {
    this.file = file;
    this.made = made;
  }

  /**
   * Makes the file where there is none; one that is there stays as it is.
   *
   * @param file absolute; its folder need not exist, and then nothing is made
   * @param state the state folder; need not exist
   */
  static NewUsersFile at(Path file, Path state) throws IOException {
    Path folder = file.resolveSibling("");
    if (!Files.isDirectory(folder) || Files.exists(file) || Files.isSymbolicLink(file)) {
      return new NewUsersFile(file, false);
    }
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      return new NewUsersFile(file, false);
    }
    NewUsersFile made = new NewUsersFile(file, true);
    try {
      if (Files.isDirectory(state)) {
        give(file, Files.readAttributes(state, PosixFileAttributes.class), OWNER_ONLY);
      } else {
        PosixFileAttributes above = Files.readAttributes(folder, PosixFileAttributes.class);
        boolean groupReads = above.permissions().contains(PosixFilePermission.GROUP_READ);
        give(file, above, groupReads ? GROUP_TOO : OWNER_ONLY);
      }
    } catch (IOException e) {
      made.close();
      throw e;
    }
    return made;
  }

  private static void give(Path file, PosixFileAttributes to, Set<PosixFilePermission> permissions)
      throws IOException {
    PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));
    if (!root) {
      // Only root gives files away; whoever else runs this is the server's user, or knows better.
      return;
    }
    if (!now.group().equals(to.group())) {
      view.setGroup(to.group());
    }
    view.setPermissions(permissions);
    if (!now.owner().equals(to.owner())) {
      view.setOwner(to.owner());
    }
  }

  /** Whether the file, if made here, stays. */
  void keepIf(boolean wanted) {
    kept = wanted;
  }

  /** Deletes what was made in vain. */
  @Override
  public void close() throws IOException {
    if (made && !kept) {
      Files.deleteIfExists(file);
    }
  }
}
