package dev.pushgate.push.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.limit.PushPermit.Granted;
import dev.pushgate.push.store.SqliteStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days in simulated time on which somebody who has the password does not give up. */
class DayOfAttacksTest {
  private static final int TRIES = 1_000;
  private static final int ADDRESSES = 50;
  private static final Origin HOME = address("203.0.113.7");
  private static final Origin PHONE = address("2001:db8:5:6::1");

  private final TestClock clock = new TestClock();
  private final SqliteStore store;
  private final PushLimits limits;

  DayOfAttacksTest(@TempDir Path folder) throws InterruptedException {
    this.store = SqliteStore.open(folder);
    this.limits = new PushLimits(store, () -> LimitSettings.DEFAULT, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Origin address(String literal) {
    return Origin.of(Optional.of(InetAddress.ofLiteral(literal)), "fortigate-hq");
  }

  private boolean isPushed(Origin origin, boolean withNumber) throws InterruptedException {
    return limits.reserve("alice", origin, withNumber) instanceof Granted;
  }

  private void login(Origin origin) throws InterruptedException {
    assertThat(isPushed(origin, false)).as(clock.instant() + " at " + origin).isTrue();
    limits.approved("alice", origin);
  }

  /** The pushes of a day's tries, none of which is answered, and each of which the user follows. */
  private int pushesOfADay(boolean withNumber) throws InterruptedException {
    int pushes = 0;
    for (int i = 0; i < TRIES; i++) {
      pushes += isPushed(address("192.0.2." + i % ADDRESSES), withNumber) ? 1 : 0;
      login(i % 2 == 0 ? HOME : PHONE);
      clock.advance(Duration.ofDays(1).dividedBy(TRIES));
    }
    return pushes;
  }

  @Test
  void victim_seesAFewPushesADayAndGetsInAtAnyMoment() throws Exception {
    login(HOME);
    login(PHONE);
    assertThat(pushesOfADay(false)).isBetween(20, 24);
    assertThat(pushesOfADay(false)).as("on the next day").isLessThanOrEqualTo(24);
  }

  @Test
  void victim_seesAFewMoreWhereTheyAskForANumber() throws Exception {
    login(HOME);
    login(PHONE);
    assertThat(pushesOfADay(true)).isBetween(20, 30);
  }

  @Test
  void reportedAttack_isOver() throws Exception {
    login(HOME);
    login(PHONE);
    assertThat(isPushed(address("192.0.2.1"), false)).isTrue();
    limits.reported("alice", address("192.0.2.1"));
    assertThat(pushesOfADay(false)).isZero();
  }

  /** Whatever pause the attacker makes between any number of tries. */
  @Test
  void attackerWhoPauses_gainsNothing() throws Exception {
    for (int pause = 1; pause <= 240; pause += 19) {
      assertThat(limits.forget("alice")).isEqualTo(pause > 1);
      int pushes = 0;
      Instant end = clock.instant().plus(Duration.ofDays(1));
      while (clock.instant().isBefore(end)) {
        for (int i = 0; i < 3; i++) {
          pushes += isPushed(address("192.0.2." + i), false) ? 1 : 0;
        }
        clock.advance(Duration.ofMinutes(pause));
      }
      assertThat(pushes).as("a pause of " + pause + " min").isLessThanOrEqualTo(24);
    }
  }

  /** A laptop at home whose VPN client reconnects each minute with a saved password. */
  @Test
  void laptopThatTriesAllNight_pausesItsOwnPlaceForAnHourAtMost() throws Exception {
    login(HOME);
    login(PHONE);
    int pushes = 0;
    for (int minute = 0; minute < 8 * 60; minute++) {
      pushes += isPushed(HOME, false) ? 1 : 0;
      if (minute % 60 == 30) {
        login(PHONE);
        assertThat(isPushed(address("198.51.100.1"), false)).as("and a new place").isTrue();
        limits.approved("alice", address("198.51.100.1"));
      }
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(pushes).isBetween(15, 24);
    Instant morning = clock.instant();
    while (!isPushed(HOME, false)) {
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(Duration.between(morning, clock.instant()))
        .isLessThanOrEqualTo(PushLimits.LONGEST_AT_KNOWN);
    limits.approved("alice", HOME);
    login(HOME);
  }
}
