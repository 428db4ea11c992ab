package dev.pushgate.push.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The file of a {@link SqliteStore}: private, with the tables that this version needs. */
final class SqliteFile {
  private static final String NAME = "pushgate.db";

  /** Locked while tables are made, since two processes may start on an empty folder. */
  private static final String LOCK_NAME = "pushgate.db-migrating";

  /** The newest of the SQL files beside this class. */
  static final String SCHEMA_VERSION = "8";

  private static final Duration BUSY_LIMIT = Duration.ofSeconds(5);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final SQLiteDataSource source;

  private SqliteFile(SQLiteDataSource source) {
    this.source = source;
  }

  static SqliteFile prepare(Path folder) throws InterruptedException {
    Path path = folder.resolve(NAME);
    Path lock = folder.resolve(LOCK_NAME);
    try {
      // SQLite gives the files beside it (-wal, -shm) the permissions of this one.
      makePrivate(path);
      makePrivate(lock);
      SqliteFile file = new SqliteFile(dataSource(path));
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
          FileLock _ = lock(channel)) {
        // Flyway takes half a second to find that there is nothing to do.
        if (!file.isCurrent()) {
          file.migrate();
        }
      }
      return file;
    } catch (IOException | FlywayException e) {
      throw new StoreException("cannot open " + path, e);
    }
  }

  Handle connect() {
    try {
      return Jdbi.open(source.getConnection());
    } catch (SQLException e) {
      throw new StoreException("cannot open the store", e);
    }
  }

  private static void makePrivate(Path path) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(path, OWNER_ONLY);
      }
    }
  }

  private static SQLiteDataSource dataSource(Path path) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) BUSY_LIMIT.toMillis());
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What is committed survives a power failure: an answer that has left depends on it.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + path.toAbsolutePath());
    return source;
  }

  private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        // Another thread of this process is at it, for which Java does not wait.
        Thread.sleep(Duration.ofMillis(10));
      }
    }
  }

  private boolean isCurrent() {
    try (Handle handle = connect()) {
      return handle
              .createQuery("select 1 from sqlite_master where name = 'flyway_schema_history'")
              .mapTo(Integer.class)
              .findOne()
              .isPresent()
          && handle
              .createQuery(
                  "select version from flyway_schema_history where success = 1"
                      + " order by installed_rank desc limit 1")
              .mapTo(String.class)
              .findOne()
              .equals(Optional.of(SCHEMA_VERSION));
    }
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:" + SqliteFile.class.getPackageName().replace('.', '/'))
        .failOnMissingLocations(true)
        // Tables that a newer version made are not for this one.
        .ignoreMigrationPatterns(new String[0])
        .loggers("slf4j")
        .load()
        .migrate();
  }
}
