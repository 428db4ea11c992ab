package dev.pushgate.radius.user;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process of its own that holds the lock on a file until its input ends. */
final class LockHolder {
  private LockHolder() {}

  /**
   * @param arguments the file
   */
  public static void main(String[] arguments) throws Exception {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      System.out.println(lock.isValid() ? "locked" : "not locked");
      while (System.in.read() >= 0) {
        // Nothing is ever written: this waits for the end.
      }
    }
  }
}
