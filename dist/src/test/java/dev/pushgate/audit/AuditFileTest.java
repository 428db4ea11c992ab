package dev.pushgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AuditFileTest {
  private static final Path FULL = Path.of("/dev/full");

  private final Path folder;
  private final Path file;
  private final Logger logger = (Logger) LoggerFactory.getLogger(AuditFile.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Instant now = Instant.parse("2026-11-24T06:30:00Z");

  AuditFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve(AuditFile.NAME);
  }

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
  }

  private AuditFile open() throws IOException {
    return AuditFile.open(file, () -> now);
  }

  private static AuditRecord record(String login) {
    return new AuditRecord.VerdictTaken(
        Instant.EPOCH, login, "nas", "alice", null, "approve", "device", "challenge");
  }

  private static List<String> logins(Path file) throws IOException {
    List<String> logins = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      logins.add(new ObjectMapper().readTree(line).required("login").textValue());
    }
    return logins;
  }

  @Test
  void recordsOfManyThreads_areAllInTheFileEachOnALineOfItsOwn() throws Exception {
    int threads = 1_000;
    int each = 10;
    try (AuditFile audit = open()) {
      List<Thread> started = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String name = "t" + thread;
        started.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    audit.record(record(name + "-" + i));
                  }
                }));
      }
      for (Thread thread : started) {
        thread.join();
      }
    }
    List<String> logins = logins(file);
    assertThat(logins).hasSize(threads * each);
    Set<String> expected = new HashSet<>();
    for (int thread = 0; thread < threads; thread++) {
      for (int i = 0; i < each; i++) {
        expected.add("t" + thread + "-" + i);
      }
    }
    assertThat(new HashSet<>(logins)).isEqualTo(expected);
  }

  @Test
  void record_isInTheFileWhenItReturns() throws Exception {
    try (AuditFile audit = open()) {
      audit.record(record("one"));
      assertThat(logins(file)).containsExactly("one");
      audit.record(record("two"));
      assertThat(logins(file)).containsExactly("one", "two");
    }
  }

  @Test
  void interruptedThreads_writeAllTheSameAndSpoilNothingForOthers() throws Exception {
    int threads = 500;
    CountDownLatch kept = new CountDownLatch(threads);
    try (AuditFile audit = open()) {
      List<Thread> started = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String login = "t" + i;
        started.add(
            Thread.startVirtualThread(
                () -> {
                  Thread.currentThread().interrupt();
                  audit.record(record(login));
                  if (Thread.interrupted()) {
                    kept.countDown();
                  }
                }));
      }
      started.forEach(Thread::interrupt);
      for (Thread thread : started) {
        thread.join();
      }
      audit.record(record("after"));
    }
    assertThat(logins(file)).hasSize(threads + 1).contains("after");
    assertThat(kept.getCount()).as("interruptions lost").isZero();
  }

  @Test
  void file_isForItsOwnerAlone() throws Exception {
    open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void renamedFile_isFollowedByANewOne() throws Exception {
    Path old = folder.resolve("audit.jsonl.1");
    try (AuditFile audit = open()) {
      audit.record(record("before"));
      Files.move(file, old);
      audit.record(record("after"));
      Files.delete(file);
      audit.record(record("last"));
    }
    assertThat(logins(old)).containsExactly("before");
    assertThat(logins(file)).containsExactly("last");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void fileThatWasTruncatedInPlace_isWrittenFromItsStart() throws Exception {
    try (AuditFile audit = open()) {
      audit.record(record("before"));
      Files.writeString(file, "");
      audit.record(record("after"));
    }
    assertThat(logins(file)).containsExactly("after");
  }

  @Test
  void halfALineOfACrash_isEndedSoThatTheNextIsWhole() throws Exception {
    Files.writeString(file, "{\"time\":\"2026-");
    try (AuditFile audit = open()) {
      audit.record(record("next"));
    }
    assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("{\"time\":\"2026-");
    assertThat(Files.readAllLines(file).getLast()).contains("\"login\":\"next\"");
  }

  @Test
  void fileThatEndsWell_isGoneOnWith() throws Exception {
    try (AuditFile audit = open()) {
      audit.record(record("one"));
    }
    try (AuditFile audit = open()) {
      audit.record(record("two"));
    }
    assertThat(logins(file)).containsExactly("one", "two");
  }

  @Test
  void fullDisk_isAnExceptionForEachAndOneErrorAMinuteUntilThereIsRoom() throws Exception {
    Assumptions.assumeTrue(Files.exists(FULL));
    Files.createSymbolicLink(file, FULL);
    try (AuditFile audit = open()) {
      assertThatThrownBy(() -> audit.record(record("a")))
          .isInstanceOf(AuditException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("No space left");
      assertThatThrownBy(() -> audit.record(record("b"))).isInstanceOf(AuditException.class);
      assertThat(errors()).hasSize(1);
      assertThat(errors().getFirst()).contains("No space left", "Logins are refused", "make room");
      now = now.plus(Duration.ofMinutes(1));
      assertThatThrownBy(() -> audit.record(record("c"))).isInstanceOf(AuditException.class);
      assertThat(errors()).hasSize(2);
      Files.delete(file);
      audit.record(record("d"));
    }
    assertThat(logins(file)).containsExactly("d");
  }

  private List<String> errors() {
    return logged.list.stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void open_whereNoFileCanBe_saysWhichAndWhatToDo() throws Exception {
    Files.createDirectory(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write the audit log " + file)
        .hasMessageContaining("Remove what stands in its place");
  }
}
