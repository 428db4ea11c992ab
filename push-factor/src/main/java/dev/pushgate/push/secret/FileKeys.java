package dev.pushgate.push.secret;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a key file, as it is now: it may come, and be rotated by a command, while the server
 * runs.
 *
 * <p>Each use looks whether the file is another one. While it cannot be used, the last good keys
 * stay in force and the log says so, once.
 */
public final class FileKeys implements Keys {
  private static final Logger log = LoggerFactory.getLogger(FileKeys.class);

  private final KeyFile file;
  private volatile @Nullable Seen seen;

  /** What the log has been told last; guarded by this. */
  private List<Problem> told = List.of();

  public FileKeys(KeyFile file) {
    this.file = file;
  }

  /** By what a file is told from the one that was read. */
  private record Stamp(FileTime modified, long size, @Nullable Object identity) {
    static Optional<Stamp> of(Path path) {
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return Optional.of(new Stamp(now.lastModifiedTime(), now.size(), now.fileKey()));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  private record Seen(Optional<Stamp> stamp, KeyRing keys) {}

  @Override
  public Optional<KeyRing> current() {
    Seen last = seen;
    return last != null && last.stamp().isPresent() && last.stamp().equals(Stamp.of(file.path()))
        ? Optional.of(last.keys())
        : reread();
  }

  @Override
  public synchronized Optional<KeyRing> reread() {
    // Taken first: what changes while it is read is another file the next time.
    Optional<Stamp> stamp = Stamp.of(file.path());
    switch (file.read()) {
      case KeyFile.Reading.Read(KeyRing keys) -> {
        seen = new Seen(stamp, keys);
        told = List.of();
      }
      case KeyFile.Reading.Missing() -> {
        if (seen != null) {
          tell(
              List.of(
                  new Problem(
                      file.path().toString(),
                      0,
                      null,
                      "the key file has gone; its keys are in force until the server ends",
                      "Restore it from your copy")));
        }
      }
      case KeyFile.Reading.Broken(List<Problem> problems) -> tell(problems);
    }
    return Optional.ofNullable(seen).map(Seen::keys);
  }

  private void tell(List<Problem> problems) {
    if (!problems.equals(told)) {
      problems.forEach(problem -> log.error("{}", problem));
      told = problems;
    }
  }
}
