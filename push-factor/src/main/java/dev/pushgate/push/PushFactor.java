package dev.pushgate.push;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.delivery.Delivery;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.notifier.Notice;
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
  private final Deliveries deliveries;
  private final String base;
  private final Duration expiry;
  private final InstantSource clock;

  /**
   * @param deliveries tells the devices
   * @param base address that phones call now; has been given to {@link
   *     dev.pushgate.push.device.BaseAddresses}
   * @param expiry how long a challenge lives at most, more than zero; the login's deadline may be
   *     earlier
   */
  public PushFactor(
      Devices devices,
      Challenges challenges,
      Deliveries deliveries,
      String base,
      Duration expiry,
      InstantSource clock) {
    this.devices = devices;
    this.challenges = challenges;
    this.deliveries = deliveries;
    this.base = base;
    this.expiry = expiry;
    this.clock = clock;
  }

  @Override
  public Outcome verify(Login login, Instant deadline) throws InterruptedException {
    List<Device> asked = devices.ofUser(login.user().name());
    if (asked.isEmpty()) {
      log.info("{}: the user has no device", login);
      // A thief of the password learns no more by this than by the question that others are asked.
      return new Outcome.Denied(
          "no-device", "No phone is enrolled for this account. Please ask your administrator.");
    }
    Challenge challenge = open(login, asked, deadline);
    log.info("{}: asks {} devices by challenge {}", login, asked.size(), challenge.id());
    try (Delivery delivery = deliveries.start(challenge, asked, noticeOf(challenge))) {
      End end = withReason(challenges.await(challenge), delivery);
      log.info("{}: {} after {} ms", login, howItEnded(end), age(challenge).toMillis());
      return outcome(end);
    } catch (InterruptedException e) {
      log.info("{}: no longer waits after {} ms", login, age(challenge).toMillis());
      throw e;
    }
  }

  private Challenge open(Login login, List<Device> asked, Instant deadline) {
    Instant latest = deadline.minus(HANDOVER);
    Instant byExpiry = clock.instant().plus(expiry);
    return challenges.open(
        login,
        asked.stream().map(Device::id).collect(Collectors.toSet()),
        byExpiry.isBefore(latest) ? byExpiry : latest,
        Optional.empty());
  }

  private Notice noticeOf(Challenge challenge) {
    return Notice.of(challenge, base);
  }

  /** One that nobody could answer did not expire for want of an answer. */
  private static End withReason(End end, Delivery delivery) {
    return end instanceof End.Expired
        ? delivery.failure().<End>map(End.Undelivered::new).orElse(end)
        : end;
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
      case End.Undelivered _ ->
          new Outcome.Denied(
              "not-delivered",
              "Your phone could not be notified. Please open the app on it, then sign in again.");
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
      case End.Undelivered(String reason) -> "no device could be told (" + reason + ")";
      case End.Cancelled() -> "cancelled";
    };
  }

  private Duration age(Challenge challenge) {
    return Duration.between(challenge.issued(), clock.instant());
  }
}
