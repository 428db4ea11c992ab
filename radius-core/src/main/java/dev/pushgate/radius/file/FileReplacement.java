package dev.pushgate.radius.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Gives a file new content so that everyone, also after a power cut, sees the old or the new. */
public final class FileReplacement {
  private FileReplacement() {}

  /**
   * Replaces the file, or makes it with mode 0600.
   *
   * @param file no symbolic link, with a parent; keeps its owner, group and mode
   * @throws IOException when that cannot be done, also because the owner cannot be kept; the file
   *     is then as before
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = file.resolveSibling("");
    // Made with mode 0600, so nobody else can open it before it has the right owner and mode.
    Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer octets = ByteBuffer.wrap(content);
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
        if (Files.exists(file)) {
          keepOwnerAndMode(file, fresh);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void keepOwnerAndMode(Path from, Path to) throws IOException {
    PosixFileAttributes kept = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes made = Files.readAttributes(to, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (!made.owner().equals(kept.owner())) {
      view.setOwner(kept.owner());
    }
    if (!made.group().equals(kept.group())) {
      view.setGroup(kept.group());
    }
    view.setPermissions(kept.permissions());
  }
}
