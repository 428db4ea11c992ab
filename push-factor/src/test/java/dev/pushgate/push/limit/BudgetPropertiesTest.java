package dev.pushgate.push.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of any budget, whenever somebody tries. */
class BudgetPropertiesTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private static int most(List<Instant> sent, Duration stretch) {
    int most = 0;
    for (Instant first : sent) {
      Instant end = first.plus(stretch);
      long within =
          sent.stream().filter(each -> !each.isBefore(first) && each.isBefore(end)).count();
      most = Math.max(most, Math.toIntExact(within));
    }
    return most;
  }

  private static List<Instant> granted(Budget budget, List<Integer> pauses) {
    List<Instant> sent = new ArrayList<>();
    Instant now = START;
    for (int seconds : pauses) {
      now = now.plusSeconds(seconds);
      if (!now.isBefore(budget.next(sent))) {
        sent.add(now);
      }
    }
    return sent;
  }

  @Property(tries = 300)
  void anyStretch_hasNoMorePushesThanIsAllowed(
      @ForAll @IntRange(min = 1, max = 5) int pushes,
      @ForAll @IntRange(min = 1, max = 60) int minutes,
      @ForAll @Size(max = 400) List<@IntRange(max = 2_000) Integer> pauses) {
    Duration window = Duration.ofMinutes(minutes);
    List<Instant> sent = granted(new Budget(pushes, pushes, window, Budget.DAY), pauses);
    int allowed = pushes;
    for (Duration stretch = window;
        stretch.compareTo(Budget.DAY) <= 0;
        stretch = stretch.multipliedBy(2)) {
      assertThat(most(sent, stretch)).isLessThanOrEqualTo(allowed);
      allowed += pushes;
    }
    assertThat(most(sent, Budget.DAY)).isLessThanOrEqualTo(allowed - pushes);
  }

  @Property(tries = 300)
  void nextPush_isNeverFurtherAwayThanTheLongestPause(
      @ForAll @IntRange(min = 1, max = 90) int minutes,
      @ForAll @Size(max = 400) List<@IntRange(max = 2_000) Integer> pauses) {
    Duration pause = Duration.ofHours(1);
    Duration window = Duration.ofMinutes(minutes);
    Budget budget = new Budget(3, 3, window, pause);
    List<Instant> sent = granted(budget, pauses);
    if (!sent.isEmpty()) {
      assertThat(budget.next(sent)).isBeforeOrEqualTo(sent.getLast().plus(pause));
    }
  }
}
