package dev.pushgate.radius.login;

import dev.pushgate.radius.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A login that is being decided, and the packets that ask for it: the NAS's first one and those
 * that it made anew because no answer came.
 *
 * <p>One thread, that of the first packet, asks the second factor and answers all packets. Those of
 * later packets only {@link #join}.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>One approval is claimed for one packet, the newest, and only while it still waits.
 *
 * <p>Two sessions of one user behind one address may send packets with the same attributes, and
 * then one must not get in by an approval that was meant for the other. Where no attribute names
 * the session, a packet therefore joins only as a fail-over does, by coming in on another socket or
 * from another client of the group; it is let in only after the older ones have been silent for a
 * while; and an older one that is sent again after it, or one more by a way that the login has come
 * already, shows that there are two sessions, whose approval counts for neither. Not guaranteed: to
 * tell two sessions apart of which a NAS sends one to one server and the other to another, and one
 * of them never again.
 */
final class OpenLogin {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final boolean sessionNamed;
  private final Duration silence;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Those that came first stand first. */
  private final List<LoginPacket> packets = new ArrayList<>();

  private @Nullable Thread asking;
  private boolean twoSessions;
  private boolean over;

  /** Asks the second factor, or goes on with a dialogue. */
  @FunctionalInterface
  interface Question {
    Outcome ask() throws InterruptedException;
  }

  /** To whom an approval belongs. */
  sealed interface Claim {
    /** To this packet, and to no other any more. */
    record Won(LoginPacket packet) implements Claim {}

    /** To one of two sessions, and nobody can say to which. */
    record Disputed() implements Claim {}

    /** No packet that could have it came in time. */
    record Unclaimed() implements Claim {}
  }

  /**
   * @param sessionNamed whether what its packets have in common names one session
   */
  OpenLogin(LoginPacket first, boolean sessionNamed, InstantSource clock) {
    this.sessionNamed = sessionNamed;
    Duration part = first.request().client().answerWithin().dividedBy(6);
    this.silence = part.compareTo(LONGEST_SILENCE) < 0 ? part : LONGEST_SILENCE;
    this.clock = clock;
    add(first);
  }

  private void add(LoginPacket packet) {
    packets.add(packet);
    packets.sort(Comparator.comparingLong(each -> each.pending().sequence()));
    if (!sessionNamed) {
      packet.pending().whenSeenAgain(() -> seenAgain(packet));
    }
  }

  /**
   * Adds a packet that has the same in common with the others as they among themselves; it will be
   * answered with them.
   *
   * @return false when the login is over, or this is another session's and nothing mixes the two
   */
  boolean join(LoginPacket packet) {
    lock.lock();
    try {
      if (over || twoSessions) {
        return false;
      }
      if (!sessionNamed && !looksLikeFailOver(packet)) {
        if (packets.size() == 1) {
          return false;
        }
        // One session has moved on from that socket already, so this is another's.
        foundTwoSessions();
      }
      add(packet);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A NAS that gives up a server makes the same packet anew for its next one; so does one of its
   * clients of a group, such as a gateway after its portal.
   */
  private boolean looksLikeFailOver(LoginPacket packet) {
    return newest().isPresent() && packets.stream().noneMatch(packet::cameTheWayOf);
  }

  /** How many packets it has; those of a NAS's retransmissions are one. */
  int size() {
    lock.lock();
    try {
      return packets.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  private void seenAgain(LoginPacket packet) {
    lock.lock();
    try {
      if (!over && !packet.equals(newest().orElse(packet))) {
        foundTwoSessions();
      }
    } finally {
      lock.unlock();
    }
  }

  private void foundTwoSessions() {
    twoSessions = true;
    changed.signalAll();
    if (asking != null) {
      asking.interrupt();
    }
  }

  /** The packet that came last of those that still wait. */
  private Optional<LoginPacket> newest() {
    for (LoginPacket packet : packets.reversed()) {
      if (packet.pending().isWaiting()) {
        return Optional.of(packet);
      }
    }
    return Optional.empty();
  }

  /**
   * Asks, on this thread.
   *
   * @return what the user answered, or empty when two sessions came to light meanwhile
   */
  Optional<Outcome> ask(Question question) throws InterruptedException {
    lock.lock();
    try {
      asking = Thread.currentThread();
    } finally {
      lock.unlock();
    }
    Outcome outcome;
    try {
      outcome = question.ask();
    } catch (InterruptedException e) {
      if (endAsking()) {
        return Optional.empty();
      }
      throw e;
    }
    return endAsking() ? Optional.empty() : Optional.of(outcome);
  }

  /** Returns whether there are two sessions. */
  private boolean endAsking() {
    lock.lock();
    try {
      asking = null;
      return twoSessions;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Finds the packet that an approval lets in, and ends the login; blocks while there is none or an
   * older one may yet show that it lives.
   *
   * @param until how long the approval is good
   */
  Claim claim(Instant until) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!twoSessions) {
        Instant now = clock.instant();
        Optional<LoginPacket> newest = newest();
        Instant due = newest.map(this::silentFrom).orElse(until);
        if (newest.isPresent() && !now.isBefore(due)) {
          over = true;
          return new Claim.Won(newest.get());
        }
        if (!now.isBefore(until)) {
          over = true;
          return new Claim.Unclaimed();
        }
        Instant next = due.isBefore(until) ? due : until;
        boolean unused = changed.await(Duration.between(now, next).toNanos(), TimeUnit.NANOSECONDS);
      }
      return new Claim.Disputed();
    } finally {
      lock.unlock();
    }
  }

  /** From when on the packets that are older than this one count as given up by their NAS. */
  private Instant silentFrom(LoginPacket newest) {
    if (sessionNamed || packets.size() == 1) {
      return Instant.MIN;
    }
    return packets.stream()
        .filter(packet -> !packet.equals(newest))
        .filter(packet -> packet.pending().isWaiting())
        .map(packet -> packet.pending().lastSeen().plus(silence))
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /**
   * Ends the login: no packet joins it any more.
   *
   * @return those of its packets that still wait, the newest first
   */
  List<LoginPacket> end() {
    lock.lock();
    try {
      over = true;
      List<LoginPacket> waiting = new ArrayList<>();
      for (LoginPacket packet : packets.reversed()) {
        if (packet.pending().isWaiting()) {
          waiting.add(packet);
        }
      }
      return waiting;
    } finally {
      lock.unlock();
    }
  }
}
