package dev.pushgate.push.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.limit.PushPermit.Exhausted;
import dev.pushgate.push.limit.PushPermit.Granted;
import dev.pushgate.push.limit.PushPermit.Stopped;
import dev.pushgate.push.store.SqliteStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushLimitsTest {
  private static final Origin HOME = address("203.0.113.7");
  private static final Origin CAFE = address("198.51.100.20");
  private static final Origin THIEF = address("192.0.2.66");
  private static final Origin NOWHERE = Origin.of(Optional.empty(), "openvpn");
  private static final Granted PLAIN = new Granted(Set.of());
  private static final PushNote NEW_PLACE = new PushNote.NewPlace();

  private final Path folder;
  private final TestClock clock = new TestClock();
  private SqliteStore store;
  private PushLimits limits;

  PushLimitsTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
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

  private PushPermit push(Origin origin) throws InterruptedException {
    return limits.reserve("alice", origin, false);
  }

  private PushPermit numbered(Origin origin) throws InterruptedException {
    return limits.reserve("alice", origin, true);
  }

  /** How many pushes in a row are granted right now, a hundred at most. */
  private int granted(Origin origin, boolean withNumber) throws InterruptedException {
    int granted = 0;
    while (granted < 100 && limits.reserve("alice", origin, withNumber) instanceof Granted) {
      granted++;
    }
    return granted;
  }

  private void knows(Origin origin) throws InterruptedException {
    assertThat(push(origin)).isInstanceOf(Granted.class);
    limits.approved("alice", origin);
  }

  @Test
  void fourthPush_inTenMinutes_isRefusedUntilTheFirstIsTenMinutesOld() throws Exception {
    assertThat(push(THIEF)).isEqualTo(PLAIN);
    clock.advance(Duration.ofMinutes(1));
    assertThat(push(THIEF)).isEqualTo(new Granted(Set.of(new PushNote.ManyRequests(1))));
    assertThat(push(CAFE)).isEqualTo(new Granted(Set.of(new PushNote.ManyRequests(2))));
    Exhausted refused = new Exhausted(clock.instant().plus(Duration.ofMinutes(9)));
    assertThat(push(THIEF)).isEqualTo(refused);
    assertThat(push(NOWHERE)).isEqualTo(refused);
    clock.advance(Duration.ofMinutes(9).minusMillis(1));
    assertThat(push(THIEF)).isEqualTo(refused);
    clock.advance(Duration.ofMillis(1));
    assertThat(push(THIEF)).isInstanceOf(Granted.class);
  }

  @Test
  void otherUsers_haveBudgetsOfTheirOwn() throws Exception {
    assertThat(granted(THIEF, false)).isEqualTo(3);
    assertThat(limits.reserve("bob", THIEF, false)).isEqualTo(PLAIN);
  }

  @Test
  void pushesWithANumber_haveALargerBudgetBesideTheOther() throws Exception {
    assertThat(granted(THIEF, false)).isEqualTo(3);
    assertThat(granted(THIEF, true)).isEqualTo(9);
    assertThat(numbered(CAFE)).isInstanceOf(Exhausted.class);
    clock.advance(Duration.ofMinutes(10));
    assertThat(granted(THIEF, true)).as("in twenty minutes three more").isEqualTo(3);
    assertThat(granted(THIEF, false)).isEqualTo(3);
  }

  @Test
  void pauses_doubleWhileSomebodyGoesOn() throws Exception {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      assertThat(granted(THIEF, false)).isEqualTo(3);
      Exhausted refused = (Exhausted) push(THIEF);
      Duration pause = Duration.between(clock.instant(), refused.until());
      pauses.add(pause.toMinutes());
      clock.advance(pause);
    }
    assertThat(pauses).containsExactly(10L, 10L, 20L, 40L, 80L, 160L, 320L, 800L);
  }

  @Test
  void pauses_areShortAgainAfterAQuietDay() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(granted(THIEF, false)).isEqualTo(3);
      clock.advance(Duration.between(clock.instant(), ((Exhausted) push(THIEF)).until()));
    }
    clock.advance(Duration.ofDays(1));
    assertThat(granted(THIEF, false)).isEqualTo(3);
    assertThat(push(THIEF)).isEqualTo(new Exhausted(clock.instant().plus(Duration.ofMinutes(10))));
  }

  @Test
  void approval_givesBackWhatCameFromThere() throws Exception {
    assertThat(push(THIEF)).isEqualTo(PLAIN);
    for (int i = 0; i < 20; i++) {
      Origin hotel = address("198.51.100." + i);
      assertThat(push(hotel)).isInstanceOf(Granted.class);
      assertThat(push(hotel)).as("the user had missed the first").isInstanceOf(Granted.class);
      limits.approved("alice", hotel);
    }
    assertThat(push(CAFE)).isInstanceOf(Granted.class);
    assertThat(push(CAFE)).isInstanceOf(Granted.class);
    assertThat(push(CAFE)).as("the thief's own counts on").isInstanceOf(Exhausted.class);
  }

  @Test
  void approval_atAKnownPlace_clearsItsBudgets() throws Exception {
    knows(HOME);
    assertThat(granted(HOME, false)).isEqualTo(3);
    assertThat(granted(HOME, true)).isEqualTo(9);
    limits.approved("alice", HOME);
    assertThat(granted(HOME, false)).isEqualTo(3);
    assertThat(granted(HOME, true)).isEqualTo(9);
  }

  @Test
  void approval_whereNoAddressIsTold_givesOneBack() throws Exception {
    assertThat(push(NOWHERE)).isEqualTo(PLAIN);
    assertThat(numbered(NOWHERE)).isInstanceOf(Granted.class);
    clock.advance(Duration.ofSeconds(10));
    assertThat(push(NOWHERE)).isInstanceOf(Granted.class);
    limits.approved("alice", NOWHERE);
    assertThat(limits.isKnown("alice", NOWHERE)).isFalse();
    assertThat(granted(NOWHERE, false)).isEqualTo(2);
    assertThat(granted(NOWHERE, true)).isEqualTo(8);
  }

  @Test
  void knownPlace_isServedWhileAllOthersAreExhausted() throws Exception {
    knows(HOME);
    assertThat(granted(THIEF, false)).isEqualTo(3);
    assertThat(push(CAFE)).isInstanceOf(Exhausted.class);
    assertThat(push(HOME)).isEqualTo(PLAIN);
  }

  @Test
  void knownPlace_isForgottenThirtyDaysAfterTheLastApproval() throws Exception {
    knows(HOME);
    clock.advance(Duration.ofDays(29));
    limits.approved("alice", HOME);
    clock.advance(Duration.ofDays(30).minusMillis(1));
    assertThat(limits.isKnown("alice", HOME)).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(limits.isKnown("alice", HOME)).isFalse();
    assertThat(push(HOME)).isEqualTo(new Granted(Set.of(NEW_PLACE)));
  }

  @Test
  void newPlace_isToldOnceTheUserWasAcceptedAnywhere() throws Exception {
    assertThat(push(CAFE)).as("nothing to compare with").isEqualTo(PLAIN);
    limits.approved("alice", CAFE);
    assertThat(push(CAFE)).isEqualTo(PLAIN);
    assertThat(push(HOME)).isEqualTo(new Granted(Set.of(NEW_PLACE)));
    assertThat(push(HOME)).isEqualTo(new Granted(Set.of(NEW_PLACE, new PushNote.ManyRequests(1))));
    assertThat(push(NOWHERE))
        .as("no place, so no new one")
        .isEqualTo(new Granted(Set.of(new PushNote.ManyRequests(2))));
  }

  @Test
  void ipv6Neighbours_areOnePlace() throws Exception {
    knows(address("2001:db8:1:2::7"));
    assertThat(limits.isKnown("alice", address("2001:db8:1:2:a:b:c:d"))).isTrue();
    assertThat(limits.isKnown("alice", address("2001:db8:1:3::7"))).isFalse();
    assertThat(address("2001:db8:1:2::7").text()).isEqualTo("2001:db8:1:2::/64");
    assertThat(HOME.text()).isEqualTo("203.0.113.7");
    assertThat(NOWHERE.text()).isEqualTo("no address at openvpn");
  }

  @Test
  void report_stopsPushesFromUnknownPlacesUntilLifted() throws Exception {
    knows(HOME);
    assertThat(push(THIEF)).isInstanceOf(Granted.class);
    limits.reported("alice", THIEF);
    clock.advance(Duration.ofDays(25));
    assertThat(push(THIEF)).isEqualTo(new Stopped());
    assertThat(numbered(CAFE)).isEqualTo(new Stopped());
    assertThat(push(NOWHERE)).isEqualTo(new Stopped());
    assertThat(push(HOME)).isEqualTo(PLAIN);
    assertThat(limits.stops())
        .containsExactly(
            new PushStop("alice", clock.instant().minus(Duration.ofDays(25)), null, "192.0.2.66"));
    assertThat(limits.lift("alice")).isTrue();
    assertThat(limits.lift("alice")).isFalse();
    assertThat(limits.stops()).isEmpty();
    assertThat(push(CAFE)).isInstanceOf(Granted.class);
  }

  @Test
  void report_ofALoginFromAKnownPlace_makesItUnknown() throws Exception {
    knows(HOME);
    knows(CAFE);
    limits.reported("alice", HOME);
    assertThat(push(HOME)).isEqualTo(new Stopped());
    assertThat(push(CAFE)).isEqualTo(PLAIN);
  }

  @Test
  void report_withAPause_endsByItself() throws Exception {
    Duration pause = Duration.ofHours(8);
    limits =
        new PushLimits(store, () -> new LimitSettings(3, Duration.ofMinutes(10), pause), clock);
    limits.reported("alice", THIEF);
    assertThat(limits.stops())
        .containsExactly(
            new PushStop("alice", clock.instant(), clock.instant().plus(pause), "192.0.2.66"));
    clock.advance(pause.minusMillis(1));
    assertThat(push(THIEF)).isEqualTo(new Stopped());
    clock.advance(Duration.ofMillis(1));
    assertThat(push(THIEF)).isInstanceOf(Granted.class);
    assertThat(limits.stops()).isEmpty();
    assertThat(limits.lift("alice")).isFalse();
  }

  @Test
  void forget_clearsEverything() throws Exception {
    knows(HOME);
    assertThat(granted(THIEF, false)).isEqualTo(3);
    limits.reported("alice", THIEF);
    assertThat(limits.forget("alice")).isTrue();
    assertThat(limits.forget("alice")).isFalse();
    assertThat(limits.isKnown("alice", HOME)).isFalse();
    assertThat(push(THIEF)).isEqualTo(PLAIN);
  }

  @Test
  void everything_survivesARestart() throws Exception {
    knows(HOME);
    limits.reported("bob", THIEF);
    assertThat(granted(THIEF, false)).isEqualTo(3);
    assertThat(push(HOME)).isEqualTo(PLAIN);
    store.close();
    store = SqliteStore.open(folder);
    limits = new PushLimits(store, () -> LimitSettings.DEFAULT, clock);
    assertThat(push(CAFE)).isInstanceOf(Exhausted.class);
    assertThat(push(HOME)).isEqualTo(new Granted(Set.of(new PushNote.ManyRequests(1))));
    assertThat(limits.reserve("bob", CAFE, false)).isEqualTo(new Stopped());
  }

  @Test
  void rows_ofPlacesNoLongerKnown_goAsNewOnesCome() throws Exception {
    for (int day = 0; day < 100; day++) {
      knows(address("198.51.100." + day));
      clock.advance(Duration.ofDays(1));
    }
    assertThat(
            store.<Integer>read(
                handle ->
                    handle
                        .createQuery("select count(*) from push_limit")
                        .mapTo(Integer.class)
                        .one()))
        .isBetween(30, 32);
  }

  /** Two servers on one store, the last push of a budget between them. */
  @RepeatedTest(5)
  void lastPush_thatTwoServersWant_isGrantedToOne() throws Exception {
    try (SqliteStore other = SqliteStore.open(folder)) {
      PushLimits others = new PushLimits(other, () -> LimitSettings.DEFAULT, clock);
      assertThat(push(THIEF)).isInstanceOf(Granted.class);
      assertThat(others.reserve("alice", CAFE, false)).isInstanceOf(Granted.class);
      List<Callable<PushPermit>> both =
          List.of(() -> push(THIEF), () -> others.reserve("alice", CAFE, false));
      List<Callable<PushPermit>> tries = new ArrayList<>();
      Collections.nCopies(20, both).forEach(tries::addAll);
      assertThat(TestServer.race(tries)).filteredOn(Granted.class::isInstance).hasSize(1);
    }
  }

  /** What a server on a database without SQLite's one writer meets. */
  @Test
  void count_thatAnotherServerChangedMeanwhile_isNotOverwritten() throws Exception {
    SpendingTable.Found read = store.read(handle -> SpendingTable.find(handle, "alice", THIEF));
    assertThat(push(THIEF)).isInstanceOf(Granted.class);
    assertThat(
            store.<Boolean>write(
                handle ->
                    SpendingTable.swapElsewhere(
                        handle, "alice", read.elsewhere(), read.elsewhere())))
        .isFalse();
    assertThat(granted(THIEF, false)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines"})
  void origin_thatIsNotOneLine_isRefused(String text) {
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> new Origin(text, true));
  }

  @Test
  void outlook_saysWhatReserveWouldAndCountsNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(limits.outlook("alice", THIEF, false)).isEqualTo(PLAIN);
    }
    assertThat(granted(THIEF, false)).isEqualTo(3);

    PushPermit refused = push(THIEF);
    assertThat(refused).isInstanceOf(Exhausted.class);
    assertThat(limits.outlook("alice", THIEF, false)).isEqualTo(refused);
    assertThat(limits.outlook("alice", THIEF, true)).isInstanceOf(Granted.class);

    limits.reported("alice", THIEF);
    assertThat(limits.outlook("alice", THIEF, true)).isEqualTo(new Stopped());
    assertThat(limits.outlook("bob", THIEF, true)).isEqualTo(PLAIN);
  }
}
