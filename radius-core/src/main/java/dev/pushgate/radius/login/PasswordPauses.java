package dev.pushgate.radius.login;

import com.github.benmanes.caffeine.cache.Cache;
import dev.pushgate.radius.ClockedCaffeine;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.UserAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Slows down who tries wrong passwords, before the source of users is asked.
 *
 * <p>For each user name, in any spelling, at each place: five wrong ones cost nothing, then the
 * pauses of {@link Tries} begin, which a right password ends. The place is the user's address;
 * where the NAS tells none, the client.
 *
 * <p>For each address, whatever names are tried from there: as many as {@value #FREE_NAMES} names
 * may fail, then there are pauses for further ones. A name counts once, however often it fails, so
 * that a forgotten laptop in a company of hundreds behind one address is one; it counts no more
 * once its password is right; and whose password was right there within a day does not wait for
 * what others do.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Nobody waits for what is tried at other places, and nobody for more than half a minute. Not
 * guaranteed: that a user gets a turn who shares an address with somebody who tries that very
 * user's name without a break. Names that nobody has are slowed down like others.
 *
 * <p>Memory is bounded: past {@value #MOST} names or addresses some are forgotten early. Safe for
 * use by many threads.
 */
final class PasswordPauses {
  static final int FREE = 5;
  static final int FREE_NAMES = 30;
  static final int MOST = 100_000;

  private static final Duration NAME_FORGIVEN_AFTER = Duration.ofMinutes(5);
  private static final Duration ADDRESS_FORGIVEN_AFTER = Duration.ofMinutes(2);
  private static final Duration KEPT = Duration.ofDays(1);

  /**
   * @param address where the user comes from, or empty where the NAS does not tell
   * @param scope of the client where it does not, else empty
   */
  private record Who(String name, Optional<String> address, String scope) {
    static Who of(AccessRequest request, UnaryOperator<String> counted) {
      Optional<String> address =
          request
              .userAddress()
              .map(text -> IpLiteral.parse(text).map(UserAddress::block).orElse(text));
      return new Who(
          counted.apply(request.userName().orElse("")),
          address,
          address.isPresent() ? "" : request.client().loginScope());
    }
  }

  /** What is known of a name at a place. */
  private static final class Name {
    private final Tries tries;
    private volatile boolean wasRight;

    /** Whether it counts as one of the address's that failed. */
    private final AtomicBoolean counted = new AtomicBoolean();

    private Name(InstantSource clock) {
      this.tries = new Tries(FREE, NAME_FORGIVEN_AFTER, clock);
    }

    private void isRight(Optional<Tries> address) {
      wasRight = true;
      tries.clear();
      if (counted.getAndSet(false)) {
        address.ifPresent(Tries::forgiveOne);
      }
    }
  }

  /** Whether a password may be tried. */
  sealed interface Turn {
    /** It may, and what came of it is to be told. */
    record Given(Try attempt) implements Turn {}

    /**
     * It may not yet.
     *
     * @param left for how long
     */
    record TooEarly(Duration left) implements Turn {}
  }

  private final UnaryOperator<String> counted;
  private final InstantSource clock;
  private final Cache<Who, Name> names;
  private final Cache<String, Tries> addresses;

  /**
   * @param counted makes of a name as typed what is the same for all of its spellings
   */
  PasswordPauses(UnaryOperator<String> counted, InstantSource clock) {
    this.counted = counted;
    this.clock = clock;
    this.names =
        ClockedCaffeine.newBuilder(clock)
            .maximumSize(MOST)
            .expireAfterAccess(KEPT)
            .executor(Runnable::run)
            .build();
    this.addresses =
        ClockedCaffeine.newBuilder(clock)
            .maximumSize(MOST)
            .expireAfterAccess(KEPT)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Asks for a turn; waits while as many are under way as may be wrong.
   *
   * @throws InterruptedException when the login has run out of time or the server shuts down
   */
  Turn begin(AccessRequest request) throws InterruptedException {
    Who who = Who.of(request, counted);
    Name name = names.get(who, _ -> new Name(clock));
    Optional<Tries> address = address(who);
    Optional<Duration> left = name.tries.begin();
    if (left.isPresent()) {
      return new Turn.TooEarly(left.get());
    }
    if (address.isEmpty() || name.wasRight) {
      return new Turn.Given(new Try(name, Optional.empty()));
    }
    boolean begun = false;
    try {
      left = address.get().begin();
      begun = left.isEmpty();
    } finally {
      if (!begun) {
        name.tries.wasNothing();
      }
    }
    return left.<Turn>map(Turn.TooEarly::new)
        .orElseGet(() -> new Turn.Given(new Try(name, address)));
  }

  /** Takes note of a right password that needed no turn. */
  void right(AccessRequest request) {
    Who who = Who.of(request, counted);
    names.get(who, _ -> new Name(clock)).isRight(address(who));
  }

  private Optional<Tries> address(Who who) {
    return who.address()
        .map(
            text -> addresses.get(text, _ -> new Tries(FREE_NAMES, ADDRESS_FORGIVEN_AFTER, clock)));
  }

  /** A try that is under way; exactly one of its methods is to be called. */
  static final class Try {
    private final Name name;
    private final Optional<Tries> address;

    private Try(Name name, Optional<Tries> address) {
      this.name = name;
      this.address = address;
    }

    void wasRight() {
      name.isRight(address);
      wasNothing();
    }

    void wasWrong() {
      boolean first = name.tries.wasWrong();
      address.ifPresent(
          tries -> {
            if (first) {
              name.counted.set(true);
              var _ = tries.wasWrong();
            } else {
              tries.wasNothing();
            }
          });
    }

    /** Nobody could say. */
    void wasNothing() {
      name.tries.wasNothing();
      address.ifPresent(Tries::wasNothing);
    }
  }
}
