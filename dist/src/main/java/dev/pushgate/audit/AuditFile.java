package dev.pushgate.audit;

import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.audit.AuditRecord;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records to a file, one line each; many threads share one write.
 *
 * <p>The first thread to come while a write is under way leads the next: it waits for its turn,
 * then writes what all have brought meanwhile, in one go, while they wait for it. There is no
 * thread of its own, and what waits is bounded by the threads that do.
 *
 * <p>A record counts as written once the operating system has it: a crash of this process loses
 * none, a power cut may lose those that the system had not yet brought to the disk.
 *
 * <p>The file may be renamed or removed at any time (logrotate does): before each write it is
 * looked at, and made anew where it is another or none. Written by {@link FileOutputStream} because
 * a channel would close when a thread that writes is interrupted.
 *
 * <p>Safe for use by many threads.
 */
public final class AuditFile implements Audit, AutoCloseable {
  /** Its name in the state folder. */
  public static final String NAME = "audit.jsonl";

  private static final Logger log = LoggerFactory.getLogger(AuditFile.class);
  private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);
  private static final String MODE = "rw-------";

  private final Path file;
  private final InstantSource clock;

  /** Held for as long as it takes to add a line. */
  private final Lock gathering = new ReentrantLock();

  /** Held by the leader that writes; guards all that is about the open file. */
  private final Lock writing = new ReentrantLock();

  private Batch next = new Batch();
  private @Nullable FileOutputStream out;
  private @Nullable Object identity;

  /** Of the file, before the next write. */
  private long length;

  private @Nullable Instant complainedAt;

  private AuditFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Opens the file, making it with mode 0600 where it is missing.
   *
   * @throws IOException when that cannot be done
   */
  public static AuditFile open(Path file, InstantSource clock) throws IOException {
    AuditFile audit = new AuditFile(file, clock);
    try {
      FileOutputStream unused = audit.current();
    } catch (IOException e) {
      throw new IOException(
          "cannot write the audit log %s: %s. Remove what stands in its place, or give it to the owner of its folder"
              .formatted(file, e.getMessage()),
          e);
    }
    return audit;
  }

  @Override
  public void record(AuditRecord record) {
    byte[] line = AuditLine.of(record);
    Batch batch;
    boolean leads;
    gathering.lock();
    try {
      batch = next;
      leads = batch.add(line);
    } finally {
      gathering.unlock();
    }
    if (leads) {
      lead(batch);
    }
    batch.await();
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed hangs on it
  private void lead(Batch batch) {
    // Lets those go first who are about to bring theirs: the more share a write, the cheaper it is.
    Thread.yield();
    writing.lock();
    try {
      gathering.lock();
      try {
        next = new Batch();
      } finally {
        gathering.unlock();
      }
      append(batch.octets());
      batch.written();
      complainedAt = null;
    } catch (IOException e) {
      batch.failed(complain(e));
    } finally {
      if (!batch.isOver()) {
        // An Error, which must not leave the others waiting for ever.
        batch.failed(new AuditException("writing to " + file + " was given up", null));
      }
      writing.unlock();
    }
  }

  private void append(byte[] octets) throws IOException {
    FileOutputStream current = current();
    long before = length;
    try {
      current.write(octets);
    } catch (IOException e) {
      close();
      cutBackTo(before);
      throw e;
    }
  }

  /** The open file, if it is still the one that has the name, else that which has it now. */
  private FileOutputStream current() throws IOException {
    FileOutputStream current = out;
    BasicFileAttributes now = attributes();
    if (current != null && now != null && Objects.equals(identity, now.fileKey())) {
      length = now.size();
      return current;
    }
    close();
    try {
      Files.createFile(file, ownerOnly());
    } catch (FileAlreadyExistsException e) {
      // Opened as it is, with the mode that it has.
    }
    now = attributes();
    identity = now == null ? null : now.fileKey();
    FileOutputStream opened = new FileOutputStream(file.toFile(), true);
    out = opened;
    if (endsInsideALine()) {
      opened.write('\n');
    }
    length = Files.size(file);
    return opened;
  }

  private @Nullable BasicFileAttributes attributes() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE))
        }
        : new FileAttribute<?>[0];
  }

  /** Whether a crash in the middle of a write has left half a line. */
  private boolean endsInsideALine() throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      if (reader.length() == 0) {
        return false;
      }
      reader.seek(reader.length() - 1);
      return reader.read() != '\n';
    }
  }

  /**
   * Takes back what was written of lines whose threads are told that they were not. Where this
   * fails, half a line is ended before the next.
   */
  private void cutBackTo(long length) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
      if (writer.length() > length) {
        writer.setLength(length);
      }
    } catch (IOException e) {
      log.warn("the audit log {} may end in lines of logins that were refused", file);
    }
  }

  private AuditException complain(IOException e) {
    Instant now = clock.instant();
    if (complainedAt == null || !now.isBefore(complainedAt.plus(BETWEEN_COMPLAINTS))) {
      complainedAt = now;
      log.error(
          "cannot write the audit log {}: {}. Logins are refused and accounting goes unanswered until"
              + " it can: make room on its disk, or mend its folder",
          file,
          e.getMessage());
    }
    return new AuditException("cannot write " + file + ": " + e.getMessage(), e);
  }

  /** Closes the file and has the disk write it; a later record opens it again. */
  @Override
  public void close() {
    writing.lock();
    try {
      FileOutputStream current = out;
      out = null;
      if (current != null) {
        try (current) {
          current.getFD().sync();
        }
      }
    } catch (IOException e) {
      log.debug("closing {} failed: {}", file, e.getMessage());
    } finally {
      writing.unlock();
    }
  }
}
