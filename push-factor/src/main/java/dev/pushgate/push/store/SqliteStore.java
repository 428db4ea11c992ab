package dev.pushgate.push.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * A {@link Store} in one SQLite file, {@code pushgate.db}, with nothing to install.
 *
 * <p>The running server and commands in other processes may have it open at the same time. The file
 * is readable by its owner only.
 *
 * <p>One thread writes. It commits what waits in one go, because it is the wait for the disk that
 * takes the time; a savepoint around each piece keeps the failure of one from touching the others.
 */
public final class SqliteStore implements Store {
  private static final int READERS = 2;
  private static final int MOST_IN_ONE_COMMIT = 256;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Lane readers;
  private final Lane writer;

  private SqliteStore(Lane readers, Lane writer) {
    this.readers = readers;
    this.writer = writer;
  }

  /**
   * Opens the store, and makes it or brings its tables up to date where needed.
   *
   * @param folder exists, and is on a local disk (SQLite's locks do not work on network shares)
   * @throws StoreException when the file cannot be opened or was made by a newer version
   */
  public static SqliteStore open(Path folder) throws InterruptedException {
    SqliteFile file = SqliteFile.prepare(folder);
    List<Handle> handles = new ArrayList<>();
    try {
      handles.add(file.connect());
      for (int i = 0; i < READERS; i++) {
        Handle reader = file.connect();
        handles.add(reader);
        reader.execute("pragma query_only = on");
      }
    } catch (RuntimeException e) {
      handles.forEach(Handle::close);
      throw e;
    }
    return new SqliteStore(
        new Lane("store-reader", handles.subList(1, handles.size()), 1, SqliteStore::readOne),
        new Lane("store-writer", handles.subList(0, 1), MOST_IN_ONE_COMMIT, SqliteStore::writeAll));
  }

  @Override
  public <T> T read(Work<T> work) throws InterruptedException {
    return readers.run(work);
  }

  @Override
  public <T> T write(Work<T> work) throws InterruptedException {
    return writer.run(work);
  }

  @Override
  public void close() {
    Stream.of(writer, readers).forEach(lane -> lane.close(CLOSE_LIMIT));
  }

  // Transactions are begun and ended by plain SQL: sqlite-jdbc's own commit() begins the next one
  // at once, which would keep the write lock from other processes.

  private static void readOne(Handle handle, List<Piece<?>> one) {
    inTransaction(handle, "begin", one, (reader, piece) -> piece.perform(reader));
  }

  private static void writeAll(Handle handle, List<Piece<?>> pieces) {
    inTransaction(handle, "begin immediate", pieces, SqliteStore::performApart);
  }

  private static void inTransaction(
      Handle handle,
      String begin,
      List<Piece<?>> pieces,
      BiFunction<Handle, Piece<?>, Runnable> performing) {
    List<Runnable> answers = new ArrayList<>();
    try {
      handle.execute(begin);
      for (Piece<?> piece : pieces) {
        answers.add(performing.apply(handle, piece));
      }
      handle.execute("commit");
    } catch (RuntimeException | Error e) {
      rollBack(handle, e);
      pieces.forEach(piece -> piece.fail(e));
      return;
    }
    answers.forEach(Runnable::run);
  }

  private static Runnable performApart(Handle handle, Piece<?> piece) {
    handle.execute("savepoint piece");
    Runnable answer;
    try {
      answer = piece.perform(handle);
    } catch (RuntimeException | Error e) {
      handle.execute("rollback to piece");
      answer = () -> piece.fail(e);
    }
    handle.execute("release piece");
    return answer;
  }

  private static void rollBack(Handle handle, Throwable why) {
    try {
      handle.execute("rollback");
    } catch (JdbiException e) {
      // After a full disk, for example, SQLite has rolled back by itself.
      why.addSuppressed(e);
    }
  }
}
