package dev.pushgate.push.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.store.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryCodesTest {
  private final Path folder;
  private final SqliteStore store;
  private final RecoveryCodes codes;

  RecoveryCodesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.store = SqliteStore.open(folder);
    this.codes = new RecoveryCodes(store, new TestClock(), new SecureRandom());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void codes_areTenAndGoodOnceEach() throws Exception {
    List<String> issued = codes.issue("alice");
    assertThat(new HashSet<>(issued)).hasSize(10);
    assertThat(issued).allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
    for (int used = 1; used <= 10; used++) {
      String code = issued.get(used - 1);
      assertThat(codes.use("alice", code)).isTrue();
      assertThat(codes.use("alice", code)).isFalse();
      assertThat(codes.left("alice")).isEqualTo(10 - used);
    }
  }

  @Test
  void code_mayBeTypedSmallAndWithoutHyphens() throws Exception {
    String code = codes.issue("alice").getFirst();
    assertThat(codes.use("alice", code.replace("-", "").toLowerCase(Locale.ROOT))).isTrue();
  }

  @Test
  void codeOfAnotherUser_isNoUse() throws Exception {
    String code = codes.issue("alice").getFirst();
    codes.issue("bob");
    assertThat(codes.use("bob", code)).isFalse();
    assertThat(codes.use("alice", code)).isTrue();
  }

  @Test
  void newCodes_replaceThoseOfBefore() throws Exception {
    String before = codes.issue("alice").getFirst();
    codes.issue("alice");
    assertThat(codes.use("alice", before)).isFalse();
    assertThat(codes.left("alice")).isEqualTo(10);
  }

  @Test
  void codeInManyHandsAndTwoProcesses_isGoodOnce() throws Exception {
    try (SqliteStore second = SqliteStore.open(folder)) {
      RecoveryCodes elsewhere = new RecoveryCodes(second, new TestClock(), new SecureRandom());
      for (String code : codes.issue("alice")) {
        List<Callable<Boolean>> tries =
            IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(
                    number -> () -> (number % 2 == 0 ? codes : elsewhere).use("alice", code))
                .toList();
        assertThat(Collections.frequency(TestServer.race(tries), true)).isEqualTo(1);
      }
      assertThat(elsewhere.left("alice")).isZero();
    }
  }

  @Test
  void store_hasNoCode() throws Exception {
    List<String> issued = codes.issue("alice");
    List<String> kept =
        store.read(
            handle ->
                handle.createQuery("select hash from recovery_code").mapTo(String.class).list());
    assertThat(kept).hasSize(10).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    assertThat(kept).noneMatch(issued::contains);
  }
}
