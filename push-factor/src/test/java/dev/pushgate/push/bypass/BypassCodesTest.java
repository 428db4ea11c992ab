package dev.pushgate.push.bypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.store.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BypassCodesTest {
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();
  private final Path folder;
  private final SqliteStore store;
  private final BypassCodes codes;

  BypassCodesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    store = SqliteStore.open(folder);
    codes = new BypassCodes(store, clock, random);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String issue(String user) throws InterruptedException {
    return codes.issue(
        user, clock.instant().plus(BypassCodes.DEFAULT_VALIDITY), "lost phone", "root");
  }

  @Test
  void code_isGoodOnceForItsUserHoweverItIsTyped() throws Exception {
    String code = issue("alice");
    assertThat(code).matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}");
    assertThat(codes.unused())
        .containsExactly(
            new Bypass(
                "alice",
                clock.instant(),
                clock.instant().plus(BypassCodes.DEFAULT_VALIDITY),
                "lost phone",
                "root"));

    assertThat(codes.use("bob", code)).isFalse();
    assertThat(codes.use("alice", "push")).isFalse();
    assertThat(codes.use("alice", code.replace("-", "").toLowerCase(Locale.ROOT))).isTrue();
    assertThat(codes.use("alice", code)).isFalse();
    assertThat(codes.unused()).isEmpty();
  }

  @Test
  void code_endsInTimeOrWithANewOneOrByCommand() throws Exception {
    String late = issue("alice");
    clock.advance(BypassCodes.DEFAULT_VALIDITY);
    assertThat(codes.use("alice", late)).isFalse();
    assertThat(codes.unused()).isEmpty();
    assertThat(codes.end("alice")).isFalse();

    String replaced = issue("alice");
    String ended = issue("alice");
    assertThat(codes.use("alice", replaced)).isFalse();
    assertThat(codes.end("alice")).isTrue();
    assertThat(codes.use("alice", ended)).isFalse();
  }

  @Test
  void codeInManyHandsAndTwoProcesses_isGoodOnce() throws Exception {
    try (SqliteStore second = SqliteStore.open(folder)) {
      BypassCodes elsewhere = new BypassCodes(second, clock, random);
      for (int round = 0; round < 10; round++) {
        String code = issue("alice");
        List<Callable<Boolean>> tries =
            IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(
                    number -> () -> (number % 2 == 0 ? codes : elsewhere).use("alice", code))
                .toList();
        assertThat(Collections.frequency(TestServer.race(tries), true)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void store_hasNoCode() throws Exception {
    String code = issue("alice");
    assertThat(
            store.<String>read(
                handle ->
                    handle.createQuery("select hash from bypass_code").mapTo(String.class).one()))
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(code);
  }
}
