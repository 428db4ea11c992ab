package dev.pushgate.push.challenge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.signed.StrictBase64;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.Login;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The challenges of this server, from their opening until some minutes after their end.
 *
 * <p>A login's thread calls {@link #open} and then {@link #await}; the thread that carries a
 * phone's verdict calls {@link #settle}. See {@link Challenge} for how the two never disagree.
 *
 * <p>None is ever dropped for want of room: how many can be open is bounded by the logins that the
 * gate lets wait. Safe for use by many threads; only {@link #await} blocks.
 */
public final class Challenges {
  /** How long after its time a late or repeated verdict is still told what happened. */
  static final Duration KEPT_AFTER_EXPIRY = Duration.ofMinutes(5);

  private static final int ID_OCTETS = 16;
  private static final int NONCE_OCTETS = 16;

  private final InstantSource clock;
  private final SecureRandom random;
  private final Cache<String, Challenge> byId;
  private final ConcurrentHashMap<String, Map<String, Challenge>> openByUser =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Challenges(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    this.byId =
        ClockedCaffeine.newBuilder(clock)
            .expireAfter(
                Expiry.<String, Challenge>creating(
                    (_, challenge) ->
                        Duration.between(challenge.issued(), challenge.expires())
                            .plus(KEPT_AFTER_EXPIRY)))
            .build();
  }

  /**
   * Opens a challenge. The caller then has to {@link #await} it.
   *
   * @param login that waits for the answer
   * @param devices the user's devices at this moment: only they are asked
   * @param expires when it ends unanswered
   * @param number 2 to 8 ASCII digits that the user must type on the phone, or empty for none
   */
  public Challenge open(
      Login login, Set<String> devices, Instant expires, Optional<String> number) {
    return open(login, devices, expires, number, Optional.empty());
  }

  /**
   * Opens a challenge with a choice for devices that cannot have a number typed. Either the number
   * typed or the right option chosen approves it; with a choice and no number, only devices that
   * choose can approve.
   *
   * @param login that waits for the answer
   * @param devices the user's devices at this moment: only they are asked
   * @param expires when it ends unanswered
   * @param number 2 to 8 ASCII digits that the user must type on the phone, or empty for none
   * @param choice that the user must make on a device that shows choices, or empty for none
   */
  public Challenge open(
      Login login,
      Set<String> devices,
      Instant expires,
      Optional<String> number,
      Optional<Choice> choice) {
    return open(login, devices, expires, number, choice, ChallengeNotes.NONE);
  }

  /**
   * Opens a challenge that also tells why the user should look twice.
   *
   * @param login that waits for the answer
   * @param devices the user's devices at this moment: only they are asked
   * @param expires when it ends unanswered
   * @param number 2 to 8 ASCII digits that the user must type on the phone, or empty for none
   * @param choice that the user must make on a device that shows choices, or empty for none
   * @param notes for the user
   */
  public Challenge open(
      Login login,
      Set<String> devices,
      Instant expires,
      Optional<String> number,
      Optional<Choice> choice,
      ChallengeNotes notes) {
    if (number.isPresent() && !number.get().matches("[0-9]{2,8}")) {
      throw new IllegalArgumentException("the number of a challenge has 2 to 8 digits");
    }
    Instant now = clock.instant();
    Challenge challenge =
        new Challenge(
            StrictBase64.random(random, ID_OCTETS),
            StrictBase64.random(random, NONCE_OCTETS),
            login,
            devices,
            now,
            expires.isBefore(now) ? now : expires,
            number,
            choice,
            notes);
    byId.put(challenge.id(), challenge);
    openByUser.compute(
        challenge.user(),
        (_, open) -> {
          Map<String, Challenge> more = open == null ? new ConcurrentHashMap<>() : open;
          more.put(challenge.id(), challenge);
          return more;
        });
    if (closed) {
      // Opened while cancelAll went through the others.
      cancel(challenge);
    }
    return challenge;
  }

  /**
   * Blocks until the challenge has ended. When its time is over it ends here, unless a verdict was
   * faster.
   *
   * @throws InterruptedException when the login must not wait any longer; the challenge is then
   *     cancelled, and no verdict had been taken
   */
  public End await(Challenge challenge) throws InterruptedException {
    return await(challenge, challenge.expires());
  }

  /**
   * As {@link #await(Challenge)}, but no longer than until then.
   *
   * @param latest when the challenge ends here as expired, though its time may not be over
   */
  public End await(Challenge challenge, Instant latest) throws InterruptedException {
    Instant until = latest.isBefore(challenge.expires()) ? latest : challenge.expires();
    try {
      return challenge.await(clock, until).orElseGet(() -> end(challenge, new End.Expired()));
    } catch (InterruptedException e) {
      End end = end(challenge, new End.Cancelled());
      if (end instanceof End.Answered) {
        // The phone was told that its verdict counts, so it does; who interrupted is not ignored.
        Thread.currentThread().interrupt();
        return end;
      }
      throw e;
    }
  }

  /** The open challenges that this device is asked about, the newest first. */
  public List<Challenge> openFor(Device device) {
    Instant now = clock.instant();
    return openByUser.getOrDefault(device.user(), Map.of()).values().stream()
        .filter(challenge -> challenge.asks(device.id()) && !challenge.isOverAt(now))
        .sorted(Comparator.comparing(Challenge::issued).reversed())
        .toList();
  }

  /** That challenge, if it is open and this device is asked about it. */
  public Optional<Challenge> openFor(Device device, String id) {
    return Optional.ofNullable(openByUser.getOrDefault(device.user(), Map.of()).get(id))
        .filter(challenge -> challenge.asks(device.id()) && !challenge.isOverAt(clock.instant()));
  }

  /** That challenge, be it open or over; empty some minutes after its time. */
  public Optional<Challenge> find(String id) {
    return Optional.ofNullable(byId.getIfPresent(id));
  }

  /**
   * What an earlier, byte for byte equal verdict on that challenge was answered, so that a phone
   * which lost the answer can ask again; empty when there was none. Its signature was checked then.
   *
   * @param digest of the signed verdict
   */
  public Optional<Ruling> repeated(String id, String digest) {
    return find(id)
        .flatMap(Challenge::end)
        .filter(end -> end instanceof End.Answered answered && answered.digest().equals(digest))
        .map(end -> rulingOn(end, digest));
  }

  /**
   * Settles a challenge by a device's verdict and wakes the login, if it is still open.
   *
   * @param id of the challenge
   * @param device whose signature has been checked
   */
  public Ruling settle(String id, Device device, SignedVerdict verdict) {
    Challenge challenge = byId.getIfPresent(id);
    if (challenge == null
        || !challenge.user().equals(device.user())
        || !challenge.asks(device.id())
        || !challenge.hasNonce(verdict.nonce())) {
      return new Ruling.Unknown();
    }
    if (challenge.isOverAt(clock.instant())) {
      // Its thread may be a moment late; a verdict is not taken for that.
      var _ = end(challenge, new End.Expired());
    }
    boolean proofNeeded = verdict.verdict() == Verdict.APPROVE && challenge.needsProof();
    if (proofNeeded && !challenge.hasProofIn(verdict) && challenge.end().isEmpty()) {
      return new Ruling.NumberMissing();
    }
    boolean wrongNumber = proofNeeded && !challenge.isProvenBy(verdict);
    Settlement settlement =
        new Settlement(
            wrongNumber ? Settlement.State.DENIED : stateAfter(verdict.verdict()), device.id());
    End end = end(challenge, new End.Answered(settlement, wrongNumber, verdict.digest()));
    return rulingOn(end, verdict.digest());
  }

  /**
   * Ends a challenge that none of its devices can come to know of, unless it has ended.
   *
   * @param reason why, for an administrator
   */
  public void giveUp(Challenge challenge, String reason) {
    var _ = end(challenge, new End.Undelivered(reason));
  }

  /** Ends a challenge whose login has gone on by something else, unless it has ended. */
  public void withdraw(Challenge challenge) {
    var _ = end(challenge, new End.Withdrawn());
  }

  /** Ends all that are open as cancelled, and from now on each new one at once: a shutdown. */
  public void cancelAll() {
    closed = true;
    openByUser.values().forEach(open -> open.values().forEach(this::cancel));
  }

  private void cancel(Challenge challenge) {
    var _ = end(challenge, new End.Cancelled());
  }

  /** Ends the challenge that way unless it has ended; returns how it has ended in truth. */
  private End end(Challenge challenge, End how) {
    if (challenge.endAs(how)) {
      openByUser.computeIfPresent(
          challenge.user(),
          (_, open) -> {
            open.remove(challenge.id());
            return open.isEmpty() ? null : open;
          });
    }
    return challenge.end().orElseThrow();
  }

  private static Ruling rulingOn(End end, String digest) {
    return switch (end) {
      case End.Answered(Settlement settlement, boolean wrongNumber, String first) -> {
        if (!first.equals(digest)) {
          yield new Ruling.AlreadySettled(settlement.state());
        }
        yield wrongNumber ? new Ruling.WrongNumber() : new Ruling.Taken(settlement.state());
      }
      case End.Expired() -> new Ruling.Over();
      case End.Undelivered _ -> new Ruling.Over();
      case End.Withdrawn() -> new Ruling.Over();
      case End.Cancelled() -> new Ruling.Over();
    };
  }

  private static Settlement.State stateAfter(Verdict verdict) {
    return switch (verdict) {
      case APPROVE -> Settlement.State.APPROVED;
      case DENY -> Settlement.State.DENIED;
      case REPORT -> Settlement.State.REPORTED;
    };
  }
}
