package dev.pushgate.push.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.store.SqliteStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RememberedLoginsTest {
  private static final InetAddress HOME = InetAddress.ofLiteral("203.0.113.7");
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("203.0.113.8");
  private static final Duration TIME = Duration.ofHours(8);

  private final TestClock clock = new TestClock();
  private final Path folder;
  private final SqliteStore store;
  private final RememberedLogins logins;

  RememberedLoginsTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    store = SqliteStore.open(folder);
    logins = new RememberedLogins(store, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void remember(String user) throws InterruptedException {
    logins.remember(user, "vpn", HOME, "print", clock.instant().plus(TIME));
  }

  private boolean covers(String user) throws InterruptedException {
    return logins.covers(user, "vpn", HOME, "print");
  }

  @ParameterizedTest
  @CsvSource({
    "alice, vpn, 203.0.113.7, print, true",
    "bob, vpn, 203.0.113.7, print, false",
    "alice, other, 203.0.113.7, print, false",
    "alice, vpn, 203.0.113.8, print, false",
    "alice, vpn, 203.0.113.7, other, false",
    "alice, vpn, 203.0.113.7, '', false",
  })
  void login_isCoveredWhereAllIsTheSame(
      String user, String scope, String address, String fingerprint, boolean covered)
      throws Exception {
    remember("alice");

    assertThat(logins.covers(user, scope, InetAddress.ofLiteral(address), fingerprint))
        .isEqualTo(covered);
  }

  @Test
  void addressOfIpv6_isTheSameHoweverItIsWritten() throws Exception {
    logins.remember(
        "alice",
        "vpn",
        InetAddress.ofLiteral("2001:db8:0:0::1"),
        "print",
        clock.instant().plus(TIME));

    assertThat(logins.covers("alice", "vpn", InetAddress.ofLiteral("2001:DB8::1"), "print"))
        .isTrue();
  }

  @Test
  void end_isFixedHoweverOftenItIsUsed() throws Exception {
    remember("alice");
    for (int hour = 0; hour < 8; hour++) {
      assertThat(covers("alice")).isTrue();
      clock.advance(Duration.ofHours(1));
    }
    assertThat(covers("alice")).isFalse();
  }

  @Test
  void newSecondFactor_takesThePlaceOfTheLast() throws Exception {
    remember("alice");
    clock.advance(Duration.ofHours(1));
    logins.remember("alice", "vpn", HOME, "new print", clock.instant().plus(TIME));
    clock.advance(TIME.minusSeconds(1));

    assertThat(covers("alice")).isFalse();
    assertThat(logins.covers("alice", "vpn", HOME, "new print")).isTrue();
  }

  @Test
  void forgottenUser_isCoveredNoLongerAndNobodyElseIsTouched() throws Exception {
    remember("alice");
    remember("bob");
    logins.remember("alice", "other", ELSEWHERE, "print", clock.instant().plus(TIME));

    assertThat(logins.forget("alice")).isEqualTo(2);

    assertThat(covers("alice")).isFalse();
    assertThat(covers("bob")).isTrue();
    assertThat(logins.forget("alice")).isZero();
    clock.advance(TIME);
    assertThat(logins.forget("bob")).as("what has ended").isZero();
  }

  @Test
  void endAt_shortensAndNeverProlongs() throws Exception {
    remember("alice");
    remember("bob");

    assertThat(logins.endAt("alice", ELSEWHERE, clock.instant())).isZero();
    assertThat(logins.endAt("alice", HOME, clock.instant().plusSeconds(60))).isEqualTo(1);
    assertThat(logins.endAt("alice", HOME, clock.instant().plus(TIME))).isZero();

    clock.advance(Duration.ofSeconds(59));
    assertThat(covers("alice")).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(covers("alice")).isFalse();
    assertThat(covers("bob")).isTrue();
  }

  @Test
  void remembered_survivesARestartAndIsForgottenByAnotherProcess() throws Exception {
    remember("alice");
    store.close();
    try (SqliteStore again = SqliteStore.open(folder);
        SqliteStore other = SqliteStore.open(folder)) {
      RememberedLogins server = new RememberedLogins(again, clock);
      assertThat(server.covers("alice", "vpn", HOME, "print")).isTrue();

      assertThat(new RememberedLogins(other, clock).forget("alice")).isEqualTo(1);
      assertThat(server.covers("alice", "vpn", HOME, "print")).isFalse();
    }
  }

  @Test
  void endedOnes_areCleanedInPassing() throws Exception {
    remember("alice");
    clock.advance(TIME);
    remember("bob");

    assertThat(
            store.<Integer>read(
                handle ->
                    handle
                        .createQuery("select count(*) from remembered_login")
                        .mapTo(Integer.class)
                        .one()))
        .isEqualTo(1);
  }

  @Test
  void until_isTheEndOfWhatIsRemembered() throws Exception {
    remember("alice");

    assertThat(logins.until("alice", "vpn", HOME))
        .contains(Instant.ofEpochMilli(clock.instant().plus(TIME).toEpochMilli()));
    assertThat(logins.until("alice", "vpn", ELSEWHERE)).isEmpty();
    assertThat(logins.until("alice", "other", HOME)).isEmpty();
    assertThat(logins.until("bob", "vpn", HOME)).isEmpty();
    clock.advance(TIME);
    assertThat(logins.until("alice", "vpn", HOME)).isEmpty();
  }
}
