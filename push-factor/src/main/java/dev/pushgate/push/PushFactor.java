package dev.pushgate.push;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.SecondFactor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The factor that asks the user's phones and waits for the first to answer.
 *
 * <p>The way of an answer: the listener hands what a phone signed to {@link
 * dev.pushgate.push.phone.Phones#settle}, which checks the signature and calls {@link
 * Challenges#settle}; that ends the {@link Challenge} on which {@link #verify} waits.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A login is approved only by a verdict that one of the devices which the user had when the
 * challenge was opened has signed for this very challenge. Two logins are two challenges, and a
 * verdict counts for one.
 */
public final class PushFactor implements SecondFactor {
  /**
   * How much earlier than the login's deadline its challenge ends, so that an approval taken at the
   * last moment still finds the gate waiting.
   */
  static final Duration HANDOVER = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(PushFactor.class);

  private final Devices devices;
  private final Challenges challenges;
  private final List<Notifier> notifiers;
  private final String base;
  private final Duration expiry;
  private final InstantSource clock;

  /**
   * @param notifiers each tells the devices whose address it serves; with {@code push.status =
   *     disable} only the one for polls, so that open apps still ask
   * @param base address that phones call now; has been given to {@link
   *     dev.pushgate.push.device.BaseAddresses}
   * @param expiry how long a challenge lives at most, more than zero; the login's deadline may be
   *     earlier
   */
  public PushFactor(
      Devices devices,
      Challenges challenges,
      List<Notifier> notifiers,
      String base,
      Duration expiry,
      InstantSource clock) {
    this.devices = devices;
    this.challenges = challenges;
    this.notifiers = List.copyOf(notifiers);
    this.base = base;
    this.expiry = expiry;
    this.clock = clock;
  }

  @Override
  public Outcome verify(Login login, Instant deadline) throws InterruptedException {
    List<Device> asked = devices.ofUser(login.user().name());
    if (asked.isEmpty()) {
      tell(login, "the user has no device");
      // A thief of the password learns no more by this than by the question that others are asked.
      return new Outcome.Denied(
          "no-device", "No phone is enrolled for this account. Please ask your administrator.");
    }
    Challenge challenge = ask(login, asked, deadline);
    tell(login, "asks " + asked.size() + " devices by challenge " + challenge.id());
    try {
      End end = challenges.await(challenge);
      tell(login, howItEnded(end) + " after " + age(challenge).toMillis() + " ms");
      return outcome(end);
    } catch (InterruptedException e) {
      tell(login, "no longer waits after " + age(challenge).toMillis() + " ms");
      throw e;
    }
  }

  private Challenge ask(Login login, List<Device> asked, Instant deadline) {
    Instant latest = deadline.minus(HANDOVER);
    Instant byExpiry = clock.instant().plus(expiry);
    Challenge challenge =
        challenges.open(
            login,
            asked.stream().map(Device::id).collect(Collectors.toSet()),
            byExpiry.isBefore(latest) ? byExpiry : latest,
            Optional.empty());
    Notice notice = new Notice(challenge.id(), base, challenge.expires());
    for (Device device : asked) {
      for (Notifier notifier : notifiers) {
        if (notifier.serves(device.push())) {
          tell(notifier, device, notice);
        }
      }
    }
    return challenge;
  }

  private static void tell(Notifier notifier, Device device, Notice notice) {
    try {
      notifier.tell(device, notice);
    } catch (RuntimeException e) {
      // Other ways may work. The exception's text is not ours and might show a token.
      log.warn(
          "notifier {} failed for device {}: {}",
          notifier.getClass().getSimpleName(),
          device.id(),
          e.getClass().getName());
    }
  }

  private static Outcome outcome(End end) {
    return switch (end) {
      case End.Answered answered when answered.wrongNumber() ->
          answeredByUser("wrong-number", "The number typed on the phone was wrong.");
      case End.Answered answered ->
          switch (answered.settlement().state()) {
            case APPROVED -> new Outcome.Approved();
            case DENIED -> answeredByUser("denied", "The sign-in was denied on your phone.");
            // To the one at the keyboard a report looks like a denial.
            case REPORTED -> answeredByUser("reported", "The sign-in was denied on your phone.");
          };
      case End.Expired() -> answeredByUser("expired", "Nobody answered in time on your phone.");
      case End.Cancelled() ->
          new Outcome.Denied("shutdown", "The sign-in was interrupted. Please try again.");
    };
  }

  /** A refusal that a NAS which tries again at once shall get again, without another push. */
  private static Outcome answeredByUser(String reason, String message) {
    return new Outcome.Denied(reason, message, true);
  }

  private static String howItEnded(End end) {
    return switch (end) {
      case End.Answered(Settlement settlement, boolean wrongNumber, _) ->
          (wrongNumber ? "denied for a wrong number" : settlement.state().word())
              + " by device "
              + settlement.device();
      case End.Expired() -> "expired";
      case End.Cancelled() -> "cancelled";
    };
  }

  private Duration age(Challenge challenge) {
    return Duration.between(challenge.issued(), clock.instant());
  }

  private static void tell(Login login, String what) {
    log.info(
        "login {} client {} user {}: {}",
        login.id(),
        login.client().name(),
        login.user().name(),
        what);
  }
}
