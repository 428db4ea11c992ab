package dev.pushgate.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  private final AtomicInteger calls = new AtomicInteger();

  /** Looks as often and says how many calls that brought. */
  private int callsAfter(FileWatch watch, int looks) {
    int before = calls.get();
    for (int i = 0; i < looks; i++) {
      watch.poll();
    }
    return calls.get() - before;
  }

  private FileWatch watchOf(Path... files) {
    FileWatch watch = new FileWatch(calls::incrementAndGet);
    watch.watch(List.of(files));
    watch.poll();
    return watch;
  }

  @Test
  void poll_callsOnceAfterAChangeHasSettled(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    try (FileWatch watch = watchOf(file)) {
      assertThat(callsAfter(watch, 3)).isZero();

      Files.writeString(file, "two and more");
      assertThat(callsAfter(watch, 1)).isZero();
      Files.writeString(file, "two and more and more");
      assertThat(callsAfter(watch, 1)).as("still being written").isZero();
      assertThat(callsAfter(watch, 1)).isEqualTo(1);
      assertThat(callsAfter(watch, 5)).isZero();
    }
  }

  /** So far a file written anew may have come when its writer had to wait. */
  @Test
  void poll_waitsLongerWhereAFileHasBecomeShorter(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one two three");
    Path other = Files.writeString(folder.resolve("b"), "one");
    try (FileWatch watch = watchOf(file)) {
      Files.writeString(file, "one two");
      assertThat(callsAfter(watch, 5)).isZero();
      assertThat(callsAfter(watch, 1)).isEqualTo(1);

      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(callsAfter(watch, 5)).isZero();
      assertThat(callsAfter(watch, 1)).isEqualTo(1);
    }
  }

  @Test
  void poll_waitsForAnEmptiedFileToBeWritten(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    try (FileWatch watch = watchOf(file)) {
      Files.writeString(file, "");
      assertThat(callsAfter(watch, 20)).isZero();

      Files.writeString(file, "one two");
      assertThat(callsAfter(watch, 2)).isEqualTo(1);

      Files.writeString(file, "");
      watch.wake();
      assertThat(callsAfter(watch, 2)).as("meant, as SIGHUP says").isEqualTo(1);
    }
  }

  @Test
  void isStill_tellsWhetherAFileHasChangedSinceTheLastCall(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    try (FileWatch watch = watchOf(file)) {
      Files.writeString(file, "two and more");
      assertThat(watch.isStill()).isFalse();
      assertThat(callsAfter(watch, 2)).isEqualTo(1);
      assertThat(watch.isStill()).isTrue();
      Files.writeString(file, "two and more and more");
      assertThat(watch.isStill()).isFalse();
    }
  }

  @Test
  void poll_seesAChangeOfTheSameSize(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    try (FileWatch watch = watchOf(file)) {
      FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 1);
      Files.setLastModifiedTime(Files.writeString(file, "two"), later);

      assertThat(callsAfter(watch, 3)).isEqualTo(1);
    }
  }

  @Test
  void poll_seesFilesVanishAndComeBack(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    try (FileWatch watch = watchOf(file)) {
      Files.delete(file);
      assertThat(callsAfter(watch, 3)).isEqualTo(1);

      Files.writeString(file, "one");
      assertThat(callsAfter(watch, 3)).isEqualTo(1);
    }
  }

  @Test
  void poll_seesAFileReplacedBySameTimeAndSize(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    Path other = Files.writeString(folder.resolve("b"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    try (FileWatch watch = watchOf(file)) {
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

      assertThat(callsAfter(watch, 3)).isEqualTo(1);
    }
  }

  @Test
  void poll_seesALinkExchangedAboveTheFile(@TempDir Path folder) throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    Path file = Files.writeString(one.resolve("a"), "one");
    Files.setLastModifiedTime(
        Files.writeString(two.resolve("a"), "two"), Files.getLastModifiedTime(file));
    Path link = Files.createSymbolicLink(folder.resolve("data"), one);
    try (FileWatch watch = watchOf(link.resolve("a"))) {
      Path exchanged = Files.createSymbolicLink(folder.resolve("new"), two);
      Files.move(exchanged, link, StandardCopyOption.ATOMIC_MOVE);

      assertThat(callsAfter(watch, 3)).isEqualTo(1);
    }
  }

  @Test
  void watch_keepsWhatHasChangedSinceTheLastCall(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    Path added = Files.writeString(folder.resolve("b"), "one");
    try (FileWatch watch = watchOf(file)) {
      Files.writeString(file, "changed");
      watch.watch(List.of(file, added));
      assertThat(callsAfter(watch, 3)).isEqualTo(1);

      Files.writeString(added, "changed");
      assertThat(callsAfter(watch, 3)).isEqualTo(1);

      watch.watch(List.of(added));
      Files.delete(file);
      assertThat(callsAfter(watch, 3)).as("no longer watched").isZero();
    }
  }

  @Test
  void wake_callsThoughNothingHasChanged(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    try (FileWatch watch = watchOf(file)) {
      Files.writeString(file, "changed");
      watch.wake();

      assertThat(callsAfter(watch, 1)).as("may be half written").isZero();
      assertThat(callsAfter(watch, 1)).isEqualTo(1);
      assertThat(callsAfter(watch, 5)).as("the change has been read").isZero();
      watch.wake();
      assertThat(callsAfter(watch, 1)).as("nothing has changed").isEqualTo(1);
    }
  }

  @Test
  void poll_survivesWhatTheCallThrows() {
    try (FileWatch watch =
        new FileWatch(
            () -> {
              if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError("a configuration nested too deep");
              }
            })) {
      watch.wake();
      watch.poll();
      watch.wake();
      watch.poll();

      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void start_looksByItself(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    FileWatch watch = new FileWatch(calls::incrementAndGet);
    watch.watch(List.of(file));
    watch.start();
    watch.wake();
    await().until(() -> calls.get() == 1);

    Files.writeString(file, "changed");
    await().until(() -> calls.get() == 2);

    watch.close();
    watch.wake();
    assertThat(calls).hasValue(2);
  }

  @Test
  void close_mayBeCalledByTheCall() {
    FileWatch[] watch = new FileWatch[1];
    watch[0] =
        new FileWatch(
            () -> {
              watch[0].close();
              calls.incrementAndGet();
            });
    watch[0].start();
    watch[0].wake();

    await().until(() -> calls.get() == 1);
  }
}
