package dev.pushgate.radius.upstream;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;

/**
 * How long to wait after each sending (RFC 5080 section 2.2.1): about 2 s, then twice as long each
 * time, about 16 s at most; each differs by chance by a tenth, so that many do not send at once.
 */
final class Retransmission implements Iterator<Duration> {
  /** IRT. */
  static final Duration FIRST = Duration.ofSeconds(2);

  /** MRT. */
  static final Duration LONGEST = Duration.ofSeconds(16);

  private static final double CHANCE = 0.1;

  private final RandomGenerator random;
  private int left;
  private long before;

  /**
   * @param tries how often to send
   */
  Retransmission(RandomGenerator random, int tries) {
    this.random = random;
    this.left = tries;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Duration next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    left--;
    double chance = random.nextDouble(-CHANCE, CHANCE);
    double next = before == 0 ? FIRST.toNanos() * (1 + chance) : before * (2 + chance);
    if (next > LONGEST.toNanos()) {
      next = LONGEST.toNanos() * (1 + chance);
    }
    before = (long) next;
    return Duration.ofNanos(before);
  }
}
