package dev.pushgate.push.dialogue;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.Choice;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.delivery.Delivery;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.limit.PushNote;
import dev.pushgate.push.limit.PushPermit;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.radius.Login;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the question of a login to the user's phones.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Nothing is sent that {@link PushLimits} has not granted. A login is approved only by a verdict
 * that one of the devices which were asked has signed for this very challenge.
 */
public final class Questions {
  private static final Logger log = LoggerFactory.getLogger(Questions.class);

  private final Challenges challenges;
  private final Deliveries deliveries;
  private final PushLimits limits;
  private final String base;
  private final Duration expiry;
  private final InstantSource clock;

  /**
   * @param deliveries tells the devices
   * @param limits says whether a user may be asked
   * @param base address that phones call now; has been given to {@link
   *     dev.pushgate.push.device.BaseAddresses}
   * @param expiry how long a question can be answered at most, more than zero
   */
  public Questions(
      Challenges challenges,
      Deliveries deliveries,
      PushLimits limits,
      String base,
      Duration expiry,
      InstantSource clock) {
    this.challenges = challenges;
    this.deliveries = deliveries;
    this.limits = limits;
    this.base = base;
    this.expiry = expiry;
    this.clock = clock;
  }

  /** How long a question can be answered at most. */
  Duration expiry() {
    return expiry;
  }

  /**
   * What approves a question besides the tap.
   *
   * @param number 2 to 8 digits that are typed on the phone, or empty
   * @param choice that is made on the phone, or empty
   */
  record Proof(Optional<String> number, Optional<Choice> choice) {
    static final Proof NONE = new Proof(Optional.empty(), Optional.empty());
  }

  /** What came of asking. */
  sealed interface Asked {

    /** The phones are being told. */
    record Open(OpenQuestion question) implements Asked {}

    /** The user may not be asked now. */
    record Refused(PushPermit why) implements Asked {}
  }

  /**
   * Asks, and returns at once.
   *
   * @param devices to ask, at least one
   * @param latest when the question is over at the latest
   */
  Asked ask(Attempt attempt, List<Device> devices, Instant latest, Proof proof)
      throws InterruptedException {
    Login login = attempt.login();
    switch (limits.reserve(attempt.user(), attempt.origin(), proof.number().isPresent())) {
      case PushPermit.Granted(Set<PushNote> notes) -> {
        Instant byExpiry = clock.instant().plus(expiry);
        Challenge challenge =
            challenges.open(
                login,
                devices.stream().map(Device::id).collect(Collectors.toSet()),
                byExpiry.isBefore(latest) ? byExpiry : latest,
                proof.number(),
                proof.choice(),
                notesOf(notes));
        log.info("{}: asks {} devices by challenge {}", login, devices.size(), challenge.id());
        Delivery delivery = deliveries.start(challenge, devices, Notice.of(challenge, base));
        return new Asked.Open(new OpenQuestion(challenge, delivery, challenges, clock));
      }
      case PushPermit refusal -> {
        log.info("{}: not asked, {}", login, refusal);
        return new Asked.Refused(refusal);
      }
    }
  }

  private static ChallengeNotes notesOf(Set<PushNote> notes) {
    boolean newPlace = notes.contains(new PushNote.NewPlace());
    int before =
        notes.stream()
            .map(note -> note instanceof PushNote.ManyRequests(int others) ? others : 0)
            .reduce(0, Integer::max);
    return new ChallengeNotes(newPlace, before + 1);
  }

  static String howItEnded(End end) {
    return switch (end) {
      case End.Answered(Settlement settlement, boolean wrongNumber, _) ->
          (wrongNumber ? "denied for a wrong number" : settlement.state().word())
              + " by device "
              + settlement.device();
      case End.Expired() -> "expired";
      case End.Undelivered(String reason) -> "no device could be told (" + reason + ")";
      case End.Withdrawn() -> "withdrawn";
      case End.Cancelled() -> "cancelled";
    };
  }
}
