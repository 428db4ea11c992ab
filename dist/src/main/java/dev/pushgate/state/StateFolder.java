package dev.pushgate.state;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder that the server and the commands beside it write to.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>After {@link Entry.Entered} no user but the folder's owner (and root) can write to the folder,
 * and on Linux the process acts as that owner and cannot become root again, so that no file of
 * root's is left behind for a server that runs as another user. Who may read the files in it is
 * decided where they are made: a folder that others may look into is let be.
 */
public final class StateFolder {
  private static final String MODE = "rwx------";
  private static final int ROOT = 0;

  private StateFolder() {}

  /** What became of entering the folder. */
  public sealed interface Entry {

    /**
     * The folder is there and this process acts as its owner.
     *
     * @param path absolute
     */
    record Entered(Path path) implements Entry {}

    /** The folder must not or cannot be used; nothing in it has been touched. */
    record Refused(Problem problem) implements Entry {}
  }

  /**
   * Makes the folder where it is missing, and becomes its owner. To be called before any file in it
   * is opened, and after what only root may read has been read.
   *
   * @throws IllegalStateException when the process could not give up the rights of root entirely;
   *     it must end
   */
  public static Entry enter(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return withoutOwners(path);
    }
    PosixFileAttributes attributes;
    int owner;
    int group;
    try {
      create(path);
      attributes = Files.readAttributes(path, PosixFileAttributes.class);
      owner = (int) Files.getAttribute(path, "unix:uid");
      group = (int) Files.getAttribute(path, "unix:gid");
    } catch (IOException e) {
      return cannotBeMade(path);
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
      return refused(
          path,
          "users other than its owner can write to the state folder ("
              + PosixFilePermissions.toString(permissions)
              + ")",
          "Run chmod 700 " + path);
    }
    return System.getProperty("os.name").equals("Linux")
        ? asOwner(path, attributes.owner().getName(), owner, group)
        : asAnyone(path);
  }

  private static Entry asOwner(Path path, String name, int owner, int group) {
    LinuxProcess process = new LinuxProcess();
    int user = process.effectiveUser();
    if (user != owner && user != ROOT) {
      return refused(
          path,
          "the state folder belongs to user " + name + ", not to the one who runs this",
          "Run this as " + (owner == ROOT ? name : name + " or as root"));
    }
    if (user != owner && !process.become(owner, group)) {
      return refused(
          path,
          "the state folder belongs to user " + name + ", whom this process may not become",
          "Run this as " + name);
    }
    return asAnyone(path);
  }

  private static Entry asAnyone(Path path) {
    return Files.isWritable(path) && Files.isExecutable(path)
        ? new Entry.Entered(path)
        : refused(
            path,
            "its owner cannot reach and write to the state folder",
            "Run chmod u+rwx on it, and chmod a+x on the folders above it");
  }

  private static Entry withoutOwners(Path path) {
    try {
      Files.createDirectories(path);
      return asAnyone(path);
    } catch (IOException e) {
      return cannotBeMade(path);
    }
  }

  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path above = path.getParent();
    if (above != null) {
      Files.createDirectories(above);
    }
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
  }

  private static Entry cannotBeMade(Path path) {
    return refused(
        path,
        Files.exists(path)
            ? "the state folder is not a folder, or may not be looked at"
            : "the state folder is missing and cannot be made",
        "Make it and give it to the user who runs this: mkdir -p, chown, chmod 700");
  }

  private static Entry refused(Path path, String what, String remedy) {
    return new Entry.Refused(new Problem(path.toString(), 0, null, what, remedy));
  }
}
