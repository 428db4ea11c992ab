package dev.pushgate.push.phone;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.Ruling;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.challenge.SignedVerdict;
import dev.pushgate.push.delivery.Polls;
import dev.pushgate.push.device.BaseAddresses;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.EnrolmentCodes;
import dev.pushgate.push.device.EnrolmentListener;
import dev.pushgate.push.device.PasswordConfirmation;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.MessageType;
import dev.pushgate.push.signed.SignedMessage;
import dev.pushgate.push.store.StoreException;
import dev.pushgate.radius.audit.Audit;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes what phones say: checks who signed, then asks devices and challenges.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Nothing is done for a device whose signature does not stand. Every text that comes in is taken
 * for hostile; none of it appears in a refusal.
 *
 * <p>Safe for use by many threads; the methods block, and throw {@link StoreException} when the
 * store fails, {@link dev.pushgate.radius.audit.AuditException} when a verdict that was taken
 * cannot be recorded.
 */
public final class Phones implements PhoneRequests {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(55);

  private final Devices devices;
  private final Challenges challenges;
  private final Polls polls;
  private final String service;
  private final Verdicts verdicts;
  private final Signatures signatures;
  private final DeviceCare care;

  /**
   * @param polls the one that the factor tells of new challenges
   * @param service the name that the administrator gave this service
   * @param usable whether notifications are sent to such an address; a phone with another is told
   *     so
   * @param passwords asks the source of users where an enrolment needs the password
   * @param newDevices is told of each device that is enrolled
   * @param refusals is told of denials and reports
   * @param audit is told of each verdict that was taken before its phone is
   */
  public Phones(
      Devices devices,
      EnrolmentCodes codes,
      BaseAddresses addresses,
      Challenges challenges,
      Polls polls,
      String service,
      Predicate<PushAddress> usable,
      PasswordConfirmation passwords,
      EnrolmentListener newDevices,
      RefusalListener refusals,
      Audit audit,
      InstantSource clock) {
    this.devices = devices;
    this.challenges = challenges;
    this.polls = polls;
    this.service = service;
    this.verdicts = new Verdicts(challenges, refusals, audit, clock);
    this.signatures = new Signatures(devices, addresses, clock);
    this.care = new DeviceCare(devices, codes, signatures, service, usable, passwords, newDevices);
  }

  @Override
  public PhoneAnswer<Enrolled> enrol(String jws, InetAddress from) throws InterruptedException {
    return care.enrol(jws, from);
  }

  @Override
  public PhoneAnswer<List<Question>> challenges(@Nullable String bearer, String path, Duration wait)
      throws InterruptedException {
    try {
      Optional<Device> device = signatures.bearer(bearer, "GET", path);
      if (device.isEmpty()) {
        return refused(new Refusal.Signature());
      }
      devices.seen(device.get());
      polls.asked(device.get().id());
      List<Challenge> open = challenges.openFor(device.get());
      if (open.isEmpty() && wait.isPositive()) {
        open = waitFor(device.get(), wait);
        if (!open.isEmpty() && devices.find(device.get().id()).isEmpty()) {
          // Removed while it waited.
          return refused(new Refusal.Signature());
        }
      }
      return new PhoneAnswer.Taken<>(open.stream().map(this::asTold).toList());
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  @Override
  public PhoneAnswer<Question> challenge(@Nullable String bearer, String path, String id)
      throws InterruptedException {
    try {
      Optional<Device> device = signatures.bearer(bearer, "GET", path);
      if (device.isEmpty()) {
        return refused(new Refusal.Signature());
      }
      devices.seen(device.get());
      return challenges
          .openFor(device.get(), id)
          .<PhoneAnswer<Question>>map(open -> new PhoneAnswer.Taken<>(asTold(open)))
          .orElseGet(() -> refused(new Refusal.Unknown()));
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  @Override
  public PhoneAnswer<Settlement.State> settle(String challenge, String jws)
      throws InterruptedException {
    try {
      SignedMessage message = SignedMessage.parse(jws, MessageType.VERDICT);
      boolean isByChoice =
          challenges.find(challenge).filter(Challenge::isByChoiceAlone).isPresent();
      SignedVerdict verdict = VerdictClaims.read(message, challenge, isByChoice);
      Optional<Ruling> before = challenges.repeated(challenge, verdict.digest());
      if (before.isPresent()) {
        return asTold(before.get());
      }
      Optional<Device> device = signatures.signer(message);
      if (device.isEmpty()) {
        return refused(new Refusal.Signature());
      }
      Ruling ruling = verdicts.take(challenge, device.get(), verdict);
      devices.seen(device.get());
      return asTold(ruling);
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  @Override
  public PhoneAnswer<Enrolled> changePush(String device, String jws) throws InterruptedException {
    return care.changePush(device, jws);
  }

  @Override
  public PhoneAnswer<String> remove(@Nullable String bearer, String path, String device)
      throws InterruptedException {
    return care.remove(bearer, path, device);
  }

  private List<Challenge> waitFor(Device device, Duration wait) throws InterruptedException {
    try (Polls.Poll poll = polls.register(device.id())) {
      List<Challenge> open = challenges.openFor(device);
      if (!open.isEmpty()) {
        return open;
      }
      Duration longest = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
      return switch (poll.await(longest)) {
        case TOLD -> challenges.openFor(device);
        case DISPLACED, TIME_OVER -> List.of();
      };
    }
  }

  private Question asTold(Challenge challenge) {
    return new Question(
        challenge.id(),
        challenge.nonce(),
        challenge.user(),
        service,
        challenge.login().client().name(),
        challenge.login().userAddress(),
        challenge.issued(),
        challenge.expires(),
        challenge.digits(),
        challenge.isByChoiceAlone() ? challenge.choice().orElseThrow().options() : List.of(),
        challenge.notes());
  }

  private static PhoneAnswer<Settlement.State> asTold(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Taken(Settlement.State state) -> new PhoneAnswer.Taken<>(state);
      case Ruling.WrongNumber() -> refused(new Refusal.WrongNumber());
      case Ruling.NumberMissing() ->
          refused(new Refusal.Malformed("'match' must stand in an approval of this challenge"));
      case Ruling.AlreadySettled(Settlement.State state) -> refused(new Refusal.Settled(state));
      case Ruling.Over() -> refused(new Refusal.Expired());
      case Ruling.Unknown() -> refused(new Refusal.Unknown());
    };
  }

  private static <T> PhoneAnswer<T> refused(Refusal why) {
    return new PhoneAnswer.Refused<>(why);
  }
}
