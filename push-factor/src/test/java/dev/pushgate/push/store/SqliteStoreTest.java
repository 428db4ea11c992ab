package dev.pushgate.push.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushgate.push.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
  private final Path folder;

  SqliteStoreTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static int add(Handle handle, String address) {
    return handle.execute("insert into base_address values (?, 0)", address);
  }

  private static long count(Store store) throws InterruptedException {
    return store.read(
        handle -> handle.createQuery("select count(*) from base_address").mapTo(Long.class).one());
  }

  @Test
  void files_areTheOwnersOnly() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      store.write(handle -> add(handle, "a"));
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files)
            .hasSizeGreaterThanOrEqualTo(3)
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void file_thatOthersCouldRead_isMadePrivate() throws Exception {
    Path file = Files.createFile(folder.resolve("pushgate.db"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    SqliteStore.open(folder).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void folder_thatIsMissing_isTold() {
    assertThatThrownBy(() -> SqliteStore.open(folder.resolve("missing")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("pushgate.db");
  }

  @Test
  void commits_waitForTheDisk() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.<String>write(handle -> pragma(handle, "synchronous"))).isEqualTo("2");
      assertThat(store.<String>write(handle -> pragma(handle, "journal_mode"))).isEqualTo("wal");
      assertThat(store.<String>write(handle -> pragma(handle, "foreign_keys"))).isEqualTo("1");
    }
  }

  private static String pragma(Handle handle, String name) {
    return handle.createQuery("pragma " + name).mapTo(String.class).one();
  }

  @Test
  void write_isSeenByOtherStoresOnTheFileAtOnce() throws Exception {
    try (SqliteStore one = SqliteStore.open(folder);
        SqliteStore other = SqliteStore.open(folder)) {
      one.write(handle -> add(handle, "a"));
      assertThat(count(other)).isEqualTo(1);
      other.write(handle -> add(handle, "b"));
      assertThat(count(one)).isEqualTo(2);
    }
  }

  @Test
  void failureOfOnePiece_doesNotTouchTheOthersOfItsCommit() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      CountDownLatch full = new CountDownLatch(1);
      FutureTask<Integer> first =
          new FutureTask<>(
              () ->
                  store.write(
                      handle -> {
                        waitFor(full);
                        return add(handle, "first");
                      }));
      Thread.startVirtualThread(first);
      // While the first holds the writer, these gather and are committed in one go.
      List<FutureTask<Integer>> rest = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        FutureTask<Integer> piece =
            new FutureTask<>(
                () ->
                    store.write(
                        handle -> {
                          int added = add(handle, "address " + number);
                          if (number % 3 == 0) {
                            throw new IllegalStateException("on purpose");
                          }
                          return added;
                        }));
        Thread.startVirtualThread(piece);
        rest.add(piece);
      }
      full.countDown();
      assertThat(TestServer.result(first)).isEqualTo(1);
      for (int i = 0; i < 100; i++) {
        FutureTask<Integer> piece = rest.get(i);
        if (i % 3 == 0) {
          assertThatThrownBy(piece::get).rootCause().hasMessage("on purpose");
        } else {
          assertThat(TestServer.result(piece)).isEqualTo(1);
        }
      }
      assertThat(count(store)).isEqualTo(1 + 66);
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void read_cannotWrite() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThatThrownBy(() -> store.read(handle -> add(handle, "a")))
          .isInstanceOf(StoreException.class)
          .rootCause()
          .hasMessageContaining("readonly");
      assertThat(count(store)).isZero();
    }
  }

  @Test
  void writesOfTwoStores_doNotLoseEachOther() throws Exception {
    try (SqliteStore one = SqliteStore.open(folder);
        SqliteStore other = SqliteStore.open(folder)) {
      one.write(handle -> handle.execute("insert into base_address values ('counter', 0)"));
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        SqliteStore store = i % 2 == 0 ? one : other;
        tasks.add(
            () ->
                store.write(
                    handle -> {
                      long before =
                          handle
                              .createQuery("select first_given_at from base_address")
                              .mapTo(Long.class)
                              .one();
                      return handle.execute(
                          "update base_address set first_given_at = ?", before + 1);
                    }));
      }
      assertThat(TestServer.race(tasks)).containsOnly(1);
      assertThat(
              one.<Long>read(
                  handle ->
                      handle
                          .createQuery("select first_given_at from base_address")
                          .mapTo(Long.class)
                          .one()))
          .isEqualTo(200);
    }
  }

  @RepeatedTest(10)
  void storesOpenedTogetherOnAnEmptyFolder_makeTheTablesOnce() {
    Callable<Long> opening =
        () -> {
          try (SqliteStore store = SqliteStore.open(folder)) {
            return count(store);
          }
        };
    assertThat(TestServer.race(Collections.nCopies(8, opening))).containsOnly(0L);
  }

  @Test
  void close_finishesWhatWaitsAndRefusesTheRest() throws Exception {
    SqliteStore store = SqliteStore.open(folder);
    List<FutureTask<Integer>> waiting = new ArrayList<>();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    waiting.add(
        new FutureTask<>(
            () ->
                store.write(
                    handle -> {
                      begun.countDown();
                      waitFor(held);
                      return add(handle, "held");
                    })));
    Thread.startVirtualThread(waiting.getFirst());
    begun.await();
    FutureTask<Boolean> closing = new FutureTask<>(store::close, true);
    Thread closer = Thread.startVirtualThread(closing);
    // It joins the writer, which still has its piece to do.
    await().until(() -> closing.isDone() || closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(closing.isDone()).isFalse();
    held.countDown();
    assertThat(TestServer.result(closing)).isTrue();
    assertThat(TestServer.result(waiting.getFirst())).isEqualTo(1);
    assertThatThrownBy(() -> store.write(handle -> add(handle, "late")))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store is closed");
    assertThatThrownBy(() -> count(store)).isInstanceOf(StoreException.class);
    store.close();
    try (SqliteStore again = SqliteStore.open(folder)) {
      assertThat(count(again)).isEqualTo(1);
    }
  }

  @Test
  void callerThatIsInterrupted_isLetGo() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.write(handle -> add(handle, "a")))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void tablesOfANewerVersion_areRefused() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      store.write(
          handle ->
              handle.execute(
                  "insert into flyway_schema_history select 99, '99', 'later', type, script,"
                      + " checksum, installed_by, installed_on, execution_time, success"
                      + " from flyway_schema_history where installed_rank = 1"));
    }
    assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreException.class);
  }

  @Test
  void schemaVersion_isThatOfTheNewestFile() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(
              store.<String>read(
                  handle ->
                      handle
                          .createQuery(
                              "select version from flyway_schema_history"
                                  + " order by installed_rank desc limit 1")
                          .mapTo(String.class)
                          .one()))
          .isEqualTo(SqliteFile.SCHEMA_VERSION);
    }
  }

  @Test
  void processKilledWhileItWrites_leavesWholePiecesAndAllThatItWasToldAreKept() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PairWriter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int told = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      while (told < 50) {
        String line = lines.readLine();
        assertThat(line).as("the writer has ended early").isNotNull();
        told += line.startsWith(PairWriter.WRITTEN) ? 1 : 0;
      }
      writer.destroyForcibly();
      told += (int) restOf(lines).stream().filter(l -> l.startsWith(PairWriter.WRITTEN)).count();
    }
    writer.waitFor();
    try (SqliteStore store = SqliteStore.open(folder)) {
      long rows = count(store);
      assertThat(rows % 2).isZero();
      assertThat(rows / 2).isGreaterThanOrEqualTo(told);
    }
  }

  private static List<String> restOf(BufferedReader lines) {
    List<String> rest = new ArrayList<>();
    try {
      String line = lines.readLine();
      while (line != null) {
        rest.add(line);
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The process is gone, and with it the rest.
    }
    return rest;
  }

  /** Writes pairs of rows from several threads until it is killed. */
  static final class PairWriter {
    static final String WRITTEN = "written";

    private PairWriter() {}

    public static void main(String[] arguments) throws Exception {
      SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
      for (int i = 0; i < 4; i++) {
        int number = i;
        Thread.ofPlatform().start(() -> write(store, "thread " + number));
      }
      Thread.currentThread().join();
    }

    private static void write(SqliteStore store, String name) {
      try {
        for (int i = 0; ; i++) {
          String pair = name + " pair " + i;
          store.write(handle -> add(handle, pair + " left") + add(handle, pair + " right"));
          System.out.println(WRITTEN);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
