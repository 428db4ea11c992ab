package dev.pushgate.push.notifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a push service made of one attempt. Reasons are the service's own words where it has stable
 * ones ({@code Unregistered}), else a few of ours; never a token.
 */
public sealed interface Receipt {

  /** The service will deliver it, if it can. */
  record Accepted() implements Receipt {}

  /** It will not be delivered, however often it is tried. */
  sealed interface Final extends Receipt {
    /** Why, for an administrator. */
    String reason();
  }

  /** Worth a retry within the notice's time. */
  sealed interface Passing extends Receipt {
    /** Why, for an administrator. */
    String reason();

    /** How long to wait at least, where the service tells. */
    Optional<Duration> after();
  }

  /**
   * The address is dead for good: the app was removed, or has got another address.
   *
   * @param since when the service saw it die, where it tells; an address that the phone gave us
   *     after that is another matter
   */
  record Dead(String reason, Optional<Instant> since) implements Final {
    public Dead(String reason) {
      this(reason, Optional.empty());
    }
  }

  /**
   * The address lives but is not ours to use: it belongs to another app or another sender. It is
   * not used again, and an administrator has to know.
   */
  record Foreign(String reason) implements Final {}

  /**
   * The fault is ours (credentials, topic): no address will do until an administrator has mended
   * it, and no address is to blame.
   *
   * @param remedy what the administrator has to do
   */
  record Misconfigured(String reason, String remedy) implements Final {}

  /** This one message is refused, and would be again; the address is not to blame. */
  record Refused(String reason) implements Final {}

  /** Too many for this address just now; others are not concerned. */
  record TooMany(String reason, Optional<Duration> after) implements Passing {}

  /** The service is in trouble, for whatever address. */
  record Unavailable(String reason, Optional<Duration> after) implements Passing {
    public Unavailable(String reason) {
      this(reason, Optional.empty());
    }
  }
}
