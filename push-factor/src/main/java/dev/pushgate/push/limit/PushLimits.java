package dev.pushgate.push.limit;

import dev.pushgate.push.limit.SentPushes.Sent;
import dev.pushgate.push.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How often a user may be sent a push that nobody approves: unanswered, denied and undelivered ones
 * all count.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Who has a user's password can neither wear the user out nor shut the user out. Each place that
 * the user was accepted from within {@link #KNOWN_FOR} has budgets of its own, all other places
 * share theirs: whatever is tried from elsewhere, the user is served at home. At places that are
 * not known the pauses grow up to a day, see {@link Budget}; at known ones, where it is more likely
 * the user's own laptop that goes on trying at night, no pause is longer than {@link
 * #LONGEST_AT_KNOWN}.
 *
 * <p>Pushes that ask for a number cannot be approved blindly. They have budgets of their own, three
 * times as large to begin with.
 *
 * <p>A push is counted when it is granted, before it leaves, also when several servers grant at the
 * same moment; and what was counted is on disk. Not guaranteed: a user whose client tells no
 * address is at no known place, and shares the lot of all who try from elsewhere.
 *
 * <p>Users go by their canonical names. Safe for use by many threads; the methods block.
 */
public final class PushLimits {
  /** For how long a place is known after the user was last accepted from there. */
  public static final Duration KNOWN_FOR = Duration.ofDays(30);

  /** After this pause a known place is served again, whatever was tried from there. */
  public static final Duration LONGEST_AT_KNOWN = Duration.ofHours(1);

  private static final int NUMBERED_FOR_ONE_PLAIN = 3;

  private final Store store;
  private final Supplier<LimitSettings> settings;
  private final InstantSource clock;

  /**
   * @param settings asked each time, so that they may change
   */
  public PushLimits(Store store, Supplier<LimitSettings> settings, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Asks for a push and counts it.
   *
   * @param withNumber whether the user has to find the number that the login shows
   */
  public PushPermit reserve(String user, Origin origin, boolean withNumber)
      throws InterruptedException {
    Instant now = now();
    return store.write(
        handle -> {
          while (true) {
            PushPermit permit = reserve(handle, user, origin, withNumber, now);
            if (permit != null) {
              return permit;
            }
          }
        });
  }

  /** Returns null where another server has counted meanwhile. */
  private @Nullable PushPermit reserve(
      Handle handle, String user, Origin origin, boolean withNumber, Instant now) {
    SpendingTable.Found found = SpendingTable.find(handle, user, origin);
    PushPermit permit = judge(handle, user, origin, found, withNumber, now);
    if (!(permit instanceof PushPermit.Granted)) {
      return permit;
    }
    boolean known = isKnown(found.there(), now);
    Spending before = known ? found.there() : found.elsewhere();
    Spending after =
        before
            .after(now.minus(budget(known, withNumber).memory()))
            .with(withNumber, new Sent(now, origin.text()));
    boolean counted =
        known
            ? SpendingTable.swapThere(handle, user, origin, before, after)
            : SpendingTable.swapElsewhere(handle, user, before, after);
    return counted ? permit : null;
  }

  /** What {@link #reserve} would say now. Counts nothing, so that it promises nothing either. */
  public PushPermit outlook(String user, Origin origin, boolean withNumber)
      throws InterruptedException {
    Instant now = now();
    return store.read(
        handle ->
            judge(handle, user, origin, SpendingTable.find(handle, user, origin), withNumber, now));
  }

  private PushPermit judge(
      Handle handle,
      String user,
      Origin origin,
      SpendingTable.Found found,
      boolean withNumber,
      Instant now) {
    boolean known = isKnown(found.there(), now);
    if (!known && StopTable.isStopped(handle, user, now)) {
      return new PushPermit.Stopped();
    }
    Budget budget = budget(known, withNumber);
    Spending recent = (known ? found.there() : found.elsewhere()).after(now.minus(budget.memory()));
    Instant next = budget.next(recent.of(withNumber).times());
    if (now.isBefore(next)) {
      return new PushPermit.Exhausted(next);
    }
    boolean newPlace = !known && origin.isAddress() && found.elsewhere().acceptedAt() != null;
    return new PushPermit.Granted(
        notes(newPlace, recent.after(now.minus(settings.get().window()))));
  }

  private static Set<PushNote> notes(boolean newPlace, Spending justBefore) {
    Set<PushNote> notes = new HashSet<>();
    if (newPlace) {
      notes.add(new PushNote.NewPlace());
    }
    if (justBefore.pushes() > 0) {
      notes.add(new PushNote.ManyRequests(justBefore.pushes()));
    }
    return notes;
  }

  private Budget budget(boolean known, boolean withNumber) {
    int pushes = settings.get().pushes();
    return new Budget(
        withNumber ? NUMBERED_FOR_ONE_PLAIN * pushes : pushes,
        pushes,
        settings.get().window(),
        known ? LONGEST_AT_KNOWN : Budget.DAY);
  }

  private static boolean isKnown(Spending there, Instant now) {
    Instant accepted = there.acceptedAt();
    return accepted != null && accepted.isAfter(now.minus(KNOWN_FOR));
  }

  /** Whether the user was accepted from there of late, and has not reported a login from there. */
  public boolean isKnown(String user, Origin origin) throws InterruptedException {
    Instant now = now();
    return store.read(handle -> isKnown(SpendingTable.find(handle, user, origin).there(), now));
  }

  /**
   * Takes note that a user is accepted, before the answer leaves: the place is known from now on,
   * and what was counted from there is given back.
   *
   * <p>For a login whose second factor was checked in it, by a push or by a code; not for one that
   * needed none.
   */
  public void approved(String user, Origin origin) throws InterruptedException {
    Instant now = now();
    var _ =
        store.write(
            handle -> {
              approve(handle, user, origin, now);
              return user;
            });
  }

  private static void approve(Handle handle, String user, Origin origin, Instant now) {
    SpendingTable.Found found = SpendingTable.find(handle, user, origin);
    if (origin.isAddress()) {
      if (found.there().acceptedAt() == null) {
        // Where one is added others may go, so that they do not become more and more.
        SpendingTable.forgetOld(handle, user, now.minus(KNOWN_FOR));
      }
      SpendingTable.accept(handle, user, origin, now);
    }
    if (found.elsewhere().acceptedAt() == null) {
      SpendingTable.acceptFirst(handle, user, now);
    }
    Spending before = found.elsewhere();
    Spending after = before.givenBack(origin);
    while (!after.equals(before) && !SpendingTable.swapElsewhere(handle, user, before, after)) {
      before = SpendingTable.find(handle, user, origin).elsewhere();
      after = before.givenBack(origin);
    }
  }

  /**
   * Takes note that a user has reported a login: its place is no longer known, and there are no
   * more pushes from such places until this is lifted or the pause is over.
   *
   * @param origin of the login that was reported
   */
  public void reported(String user, Origin origin) throws InterruptedException {
    Instant now = now();
    Duration pause = settings.get().reportPause();
    PushStop stop = new PushStop(user, now, pause == null ? null : now.plus(pause), origin.text());
    var _ =
        store.write(
            handle -> {
              SpendingTable.unaccept(handle, user, origin);
              StopTable.stop(handle, stop);
              return stop;
            });
  }

  /** Whether a report has stopped pushes to a user from places that are not known. */
  public boolean isStopped(String user) throws InterruptedException {
    Instant now = now();
    return store.read(handle -> StopTable.isStopped(handle, user, now));
  }

  /** Lets pushes go to a user again after a report; whether they were stopped. */
  public boolean lift(String user) throws InterruptedException {
    Instant now = now();
    return store.write(handle -> StopTable.lift(handle, user, now));
  }

  /** Whose pushes are stopped now, the oldest first. */
  public List<PushStop> stops() throws InterruptedException {
    Instant now = now();
    return store.read(handle -> StopTable.all(handle, now));
  }

  /**
   * Forgets all there is of a user: what was counted, the stop, and which places are known.
   *
   * @return whether there was anything
   */
  public boolean forget(String user) throws InterruptedException {
    Instant now = now();
    return store.write(
        handle -> {
          boolean stopped = StopTable.lift(handle, user, now);
          return SpendingTable.forget(handle, user) || stopped;
        });
  }

  /** As exact as the store keeps it. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
