package dev.pushgate.push.bypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BypassesTest {
  private final TestClock clock = new TestClock();
  private final Path folder;
  private final SqliteStore store;
  private final Bypasses bypasses;

  BypassesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    store = SqliteStore.open(folder);
    bypasses = new Bypasses(store, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Bypass grant(String user, Duration length) throws InterruptedException {
    return bypasses.grant(user, clock.instant().plus(length), "lost phone", "root");
  }

  @Test
  void bypass_isInForceUntilItsEnd() throws Exception {
    Bypass granted = grant("alice", Duration.ofHours(1));
    assertThat(granted)
        .isEqualTo(
            new Bypass(
                "alice", clock.instant(), clock.instant().plusSeconds(3600), "lost phone", "root"));
    assertThat(bypasses.active("bob")).isEmpty();

    clock.advance(Duration.ofMinutes(59));
    assertThat(bypasses.active("alice")).contains(granted);
    assertThat(bypasses.list()).containsExactly(granted);
    clock.advance(Duration.ofMinutes(1));
    assertThat(bypasses.active("alice")).isEmpty();
    assertThat(bypasses.list()).isEmpty();
    assertThat(bypasses.end("alice")).isFalse();
  }

  @Test
  void newBypass_takesThePlaceOfTheLast_alsoAShorterOne() throws Exception {
    grant("alice", Duration.ofDays(7));
    Bypass shorter = grant("alice", Duration.ofMinutes(5));
    Bypass other = grant("Bob", Duration.ofMinutes(5));

    assertThat(bypasses.active("alice")).contains(shorter);
    assertThat(bypasses.list()).containsExactlyInAnyOrder(shorter, other);
  }

  @Test
  void bypass_survivesARestartAndIsEndedByAnotherProcess() throws Exception {
    Bypass granted = grant("alice", Duration.ofHours(1));
    store.close();
    try (SqliteStore again = SqliteStore.open(folder);
        SqliteStore other = SqliteStore.open(folder)) {
      Bypasses server = new Bypasses(again, clock);
      assertThat(server.active("alice")).contains(granted);

      assertThat(new Bypasses(other, clock).end("alice")).isTrue();
      assertThat(server.active("alice")).isEmpty();
    }
  }

  @Test
  void bypassTooLongOrWithoutAReason_isRefused() {
    Instant now = clock.instant();
    assertThatThrownBy(() -> bypasses.grant("alice", now.plus(Bypasses.LONGEST), " ", "root"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> bypasses.grant("alice", now.plus(Bypasses.LONGEST).plusMillis(1), "x", "root"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bypasses.grant("alice", now, "x", "root"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
