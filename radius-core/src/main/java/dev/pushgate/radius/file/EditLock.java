package dev.pushgate.radius.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps editors of one file apart, in this process and in others.
 *
 * <p>The lock is on a file {@code .NAME.lock} beside it, which stays: the file itself is replaced
 * by each edit, and a lock on it would be one on the old file.
 */
public final class EditLock implements AutoCloseable {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final FileChannel channel;

  private EditLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock, at most as long as {@code patience}.
   *
   * @param file what shall be edited; need not exist, its folder must
   * @return empty when others held the lock all the time
   * @throws IOException when the lock file can be neither made nor opened
   */
  public static Optional<EditLock> on(Path file, Duration patience)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    FileChannel channel =
        FileChannel.open(lockFile(file), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    boolean locked = false;
    try {
      locked = isLocked(channel);
      while (!locked && System.nanoTime() - began < patience.toNanos()) {
        Thread.sleep(BETWEEN_TRIES);
        locked = isLocked(channel);
      }
      return locked ? Optional.of(new EditLock(channel)) : Optional.empty();
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Path lockFile(Path file) throws IOException {
    Path lockFile = file.resolveSibling("." + file.getFileName() + ".lock");
    try {
      Files.createFile(
          lockFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return lockFile;
    }
    if (Files.exists(file) && !Files.getOwner(file).equals(Files.getOwner(lockFile))) {
      // Made by root: the file's owner must be able to lock it the next time.
      Files.setOwner(lockFile, Files.getOwner(file));
    }
    return lockFile;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
