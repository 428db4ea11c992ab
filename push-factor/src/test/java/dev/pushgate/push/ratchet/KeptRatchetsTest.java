package dev.pushgate.push.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.store.SqliteStore;
import dev.pushgate.radius.client.RatchetMemory.Turned;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRatchetsTest {
  private static final Turned FOUR =
      new Turned(
          InetAddress.ofLiteral("192.0.2.1"), "hq", Instant.parse("2026-11-24T08:00:00.123Z"));
  private static final Turned SIX =
      new Turned(
          InetAddress.ofLiteral("2001:db8::1"), "branch", Instant.parse("2026-11-24T07:00:00Z"));

  private final Path folder;

  KeptRatchetsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void remembered_isThereAfterTheStoreWasClosed_theFirstFirst() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      KeptRatchets ratchets = new KeptRatchets(store);
      ratchets.remember(FOUR);
      ratchets.remember(SIX);
    }
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(new KeptRatchets(store).all()).containsExactly(SIX, FOUR);
    }
  }

  @Test
  void remembered_again_staysAsItWas() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      KeptRatchets ratchets = new KeptRatchets(store);
      ratchets.remember(FOUR);
      ratchets.remember(new Turned(FOUR.address(), "other", Instant.EPOCH));
      assertThat(ratchets.all()).containsExactly(FOUR);
    }
  }

  @Test
  void forgotten_isGoneForOtherProcessesToo_andOnlyOnce() throws Exception {
    try (SqliteStore server = SqliteStore.open(folder);
        SqliteStore command = SqliteStore.open(folder)) {
      new KeptRatchets(server).remember(FOUR);
      new KeptRatchets(server).remember(SIX);
      assertThat(new KeptRatchets(command).forget(SIX.address())).isTrue();
      assertThat(new KeptRatchets(command).forget(SIX.address())).isFalse();
      assertThat(new KeptRatchets(server).all()).containsExactly(FOUR);
    }
  }
}
