package dev.pushgate.push.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestServer;
import dev.pushgate.push.store.SqliteStore;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsecutiveFailuresTest {
  private final Path folder;
  private SqliteStore store;
  private ConsecutiveFailures failures;

  ConsecutiveFailuresTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.store = SqliteStore.open(folder);
    this.failures = new ConsecutiveFailures(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void fail(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      failures.failed("alice");
    }
  }

  @Test
  void hundredthFailure_isTheCap() throws Exception {
    fail(99);
    assertThat(failures.isCapped("alice")).isFalse();
    assertThat(failures.count("alice")).isEqualTo(99);
    fail(1);
    assertThat(failures.isCapped("alice")).isTrue();
    assertThat(failures.isCapped("bob")).isFalse();
  }

  @Test
  void success_startsAnew() throws Exception {
    fail(99);
    failures.succeeded("alice");
    fail(99);
    assertThat(failures.isCapped("alice")).isFalse();
    fail(1);
    assertThat(failures.isCapped("alice")).isTrue();
    failures.succeeded("alice");
    assertThat(failures.isCapped("alice")).isFalse();
    assertThat(failures.count("alice")).isZero();
  }

  @Test
  void forget_startsAnew() throws Exception {
    fail(105);
    assertThat(failures.forget("alice")).isTrue();
    assertThat(failures.isCapped("alice")).isFalse();
    assertThat(failures.count("alice")).isZero();
    assertThat(failures.forget("alice")).isFalse();
  }

  @Test
  void restart_forgetsNineAtMost() throws Exception {
    fail(99);
    store.close();
    store = SqliteStore.open(folder);
    failures = new ConsecutiveFailures(store);
    assertThat(failures.count("alice")).isEqualTo(90);
    fail(10);
    assertThat(failures.isCapped("alice")).isTrue();
  }

  @Test
  void failuresAtTwoServers_addUp() throws Exception {
    try (SqliteStore other = SqliteStore.open(folder)) {
      ConsecutiveFailures others = new ConsecutiveFailures(other);
      fail(50);
      for (int i = 0; i < 50; i++) {
        others.failed("alice");
      }
      assertThat(failures.isCapped("alice")).isTrue();
      assertThat(others.forget("alice")).isTrue();
      assertThat(failures.isCapped("alice")).as("undone by another process").isFalse();
    }
  }

  @Test
  void failuresAtOnce_areAllCounted() throws Exception {
    Callable<String> failing =
        () -> {
          failures.failed("alice");
          return "";
        };
    assertThat(TestServer.race(Collections.nCopies(100, failing))).hasSize(100);
    assertThat(failures.isCapped("alice")).isTrue();
  }
}
