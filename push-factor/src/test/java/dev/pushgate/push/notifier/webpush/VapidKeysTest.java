package dev.pushgate.push.notifier.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.store.SqliteStore;
import dev.pushgate.push.store.Store;
import dev.pushgate.push.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VapidKeysTest {
  private final Path folder;

  VapidKeysTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static VapidKey key(Store store) throws InterruptedException {
    return new VapidKeys(store, new TestClock(), new SecureRandom()).keptOrNew();
  }

  @Test
  void key_isThePointThatBrowsersTake() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      byte[] point = Base64.getUrlDecoder().decode(key(store).publicKey());
      assertThat(point).hasSize(65).startsWith(4);
    }
  }

  @Test
  void key_staysTheSameOverRestarts() throws Exception {
    VapidKey first;
    try (SqliteStore store = SqliteStore.open(folder)) {
      first = key(store);
      assertThat(key(store).publicKey()).isEqualTo(first.publicKey());
    }
    try (SqliteStore store = SqliteStore.open(folder)) {
      VapidKey again = key(store);
      assertThat(again.publicKey()).isEqualTo(first.publicKey());
      assertThat(again.privateKeyOctets()).isEqualTo(first.privateKeyOctets());
    }
  }

  @RepeatedTest(5)
  void storesThatStartTogether_haveOneKey() throws Exception {
    SqliteStore.open(folder).close();
    int processes = 4;
    CyclicBarrier start = new CyclicBarrier(processes);
    Callable<String> process =
        () -> {
          try (SqliteStore store = SqliteStore.open(folder)) {
            start.await();
            return key(store).publicKey();
          }
        };
    List<String> keys =
        TestServer.race(IntStream.range(0, processes).mapToObj(_ -> process).toList());
    assertThat(keys).hasSize(processes);
    assertThat(List.copyOf(keys)).containsOnly(keys.getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update webpush_key set private_key = 'c2VjcmV0'",
        "update webpush_key set private_key = '*secret*'",
        "update webpush_key set public_key = 'c2VjcmV0'",
        "update webpush_key set public_key = ''"
      })
  void keyThatIsDamaged_isToldWithoutIt(String damage) throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      key(store);
      store.write(handle -> handle.execute(damage));
      assertThatThrownBy(() -> key(store))
          .isInstanceOf(StoreException.class)
          .hasStackTraceContaining("the Web Push key in the store (table webpush_key) is damaged")
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("c2VjcmV0", "secret"));
    }
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void text_showsNothing() throws Exception {
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(key(store)).hasToString("VapidKey[not shown]");
    }
  }
}
