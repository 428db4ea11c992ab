package dev.pushgate.push.privacyidea;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.Ruling;
import dev.pushgate.push.challenge.SignedVerdict;
import dev.pushgate.push.delivery.Polls;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.EnrolmentCodes;
import dev.pushgate.push.device.EnrolmentListener;
import dev.pushgate.push.device.Redemption;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.Refusal;
import dev.pushgate.push.phone.RefusalListener;
import dev.pushgate.push.phone.Verdicts;
import dev.pushgate.push.signed.Base32;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.RsaKey;
import dev.pushgate.push.store.Store;
import dev.pushgate.push.store.StoreException;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.packet.UntrustedText;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what privacyIDEA Authenticator says: checks who signed, then asks devices and challenges.
 *
 * <p>The app polls and is never told by a push. A challenge with a number to type is not offered to
 * it, because it can have none typed; one with a {@link dev.pushgate.push.challenge.Choice} is
 * offered as a choice, which is weaker.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Nothing is done for a device whose signature does not stand, nor for one of another kind.
 * Every text that comes in is taken for hostile; none of it appears in a refusal. A poll sent again
 * by someone else tells nothing new.
 *
 * <p>Safe for use by many threads; the methods block, and throw {@link StoreException} when the
 * store fails, {@link dev.pushgate.radius.audit.AuditException} when a verdict that was taken
 * cannot be recorded.
 */
public final class PrivacyIdeaPhones implements PrivacyIdeaRequests {
  private static final String DEVICE_NAME = "privacyIDEA Authenticator";
  private static final int CODE_CHARACTERS = 64;
  private static final int SERIAL_CHARACTERS = 64;
  private static final int TIMESTAMP_CHARACTERS = 32;
  private static final int NONCE_CHARACTERS = 64;
  private static final int LONG_CHARACTERS = 4096;

  private static final Logger log = LoggerFactory.getLogger(PrivacyIdeaPhones.class);

  private final Devices devices;
  private final EnrolmentCodes codes;
  private final Challenges challenges;
  private final Polls polls;
  private final String url;
  private final String service;
  private final EnrolmentListener newDevices;
  private final Verdicts verdicts;
  private final InstantSource clock;
  private final KeptServerKey serverKey;
  private final PollsTaken pollsTaken;

  /**
   * @param polls the one that the factor tells of new challenges
   * @param url where answers go, as {@link EnrolmentLink#url} has it
   * @param service the name that the administrator gave this service
   * @param newDevices is told of each device that is enrolled
   * @param audit is told of each verdict that was taken before its app is
   */
  public PrivacyIdeaPhones(
      Store store,
      Devices devices,
      EnrolmentCodes codes,
      Challenges challenges,
      Polls polls,
      String url,
      String service,
      EnrolmentListener newDevices,
      RefusalListener refusals,
      Audit audit,
      InstantSource clock,
      SecureRandom random) {
    this.devices = devices;
    this.codes = codes;
    this.challenges = challenges;
    this.polls = polls;
    this.url = url;
    this.service = service;
    this.newDevices = newDevices;
    this.verdicts = new Verdicts(challenges, refusals, audit, clock);
    this.clock = clock;
    this.serverKey = new KeptServerKey(store, clock, random);
    this.pollsTaken = new PollsTaken(clock);
  }

  @Override
  public PhoneAnswer<String> enrol(Form form, InetAddress from) throws InterruptedException {
    Optional<Duration> wait = codes.retryAfter(from);
    if (wait.isPresent()) {
      return refused(new Refusal.TooMany(wait.get()));
    }
    try {
      String credential = form.text("enrollment_credential", CODE_CHARACTERS);
      String serial = form.text("serial", SERIAL_CHARACTERS);
      RsaKey key = RsaKey.ofSubjectPublicKeyInfo(form.text("pubkey", LONG_CHARACTERS));
      // Made before the credential is spent, for without it the app has nothing of its enrolment.
      String publicKey = serverKey.get().publicKey();
      return switch (codes.redeemNamed(credential, serial, DEVICE_NAME, key, from)) {
        case Redemption.Enrolled(Device device) -> {
          log.info("device {} enrolled for user {}", device.id(), device.user());
          newDevices.enrolled(device);
          yield new PhoneAnswer.Taken<>(publicKey);
        }
        case Redemption.PasswordNeeded() -> refused(new Refusal.PasswordNeeded());
        case Redemption.Unavailable() -> refused(new Refusal.Unavailable());
        case Redemption.CodeInvalid() -> refused(new Refusal.CodeInvalid());
        case Redemption.KeyKnown() -> refused(new Refusal.KeyKnown());
        case Redemption.TooMany(Duration retryAfter) -> refused(new Refusal.TooMany(retryAfter));
      };
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  @Override
  public PhoneAnswer<Boolean> updateToken(Form form) throws InterruptedException {
    try {
      String token = form.text("new_fb_token", LONG_CHARACTERS);
      String serial = form.text("serial", SERIAL_CHARACTERS);
      String timestamp = form.text("timestamp", TIMESTAMP_CHARACTERS);
      Optional<Device> device =
          signer(serial, String.join("|", token, serial, timestamp), signature(form));
      if (device.isEmpty() || !Timestamp.isAbout(clock.instant(), timestamp)) {
        return refused(new Refusal.Signature());
      }
      devices.seen(device.get());
      return new PhoneAnswer.Taken<>(true);
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  @Override
  public PhoneAnswer<List<PrivacyIdeaChallenge>> poll(Form query) throws InterruptedException {
    try {
      String serial = query.text("serial", SERIAL_CHARACTERS);
      String timestamp = query.text("timestamp", TIMESTAMP_CHARACTERS);
      String signed = serial + "|" + timestamp;
      Optional<Device> device = signer(serial, signed, signature(query));
      if (device.isEmpty() || !Timestamp.isAbout(clock.instant(), timestamp)) {
        return refused(new Refusal.Signature());
      }
      List<Challenge> open =
          challenges.openFor(device.get()).stream()
              .filter(challenge -> challenge.digits() == 0 || challenge.choice().isPresent())
              .toList();
      Optional<List<String>> before =
          pollsTaken.repeated(signed, open.stream().map(Challenge::id).toList());
      if (before.isPresent()) {
        open = open.stream().filter(each -> before.get().contains(each.id())).toList();
      } else {
        devices.seen(device.get());
        polls.asked(device.get().id());
      }
      ServerKey key = serverKey.get();
      return new PhoneAnswer.Taken<>(open.stream().map(each -> asTold(each, serial, key)).toList());
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  @Override
  public PhoneAnswer<Boolean> answer(Form form) throws InterruptedException {
    try {
      String serial = form.text("serial", SERIAL_CHARACTERS);
      String nonce = form.text("nonce", NONCE_CHARACTERS);
      SignedAnswer said = SignedAnswer.read(form, nonce, serial);
      String id = Nonce.challenge(nonce);
      Optional<Device> device = signer(serial, said.signed(), signature(form));
      if (device.isEmpty()) {
        return refused(new Refusal.Signature());
      }
      devices.seen(device.get());
      Optional<Challenge> challenge =
          challenges.find(id).filter(found -> Nonce.belongsTo(nonce, found));
      return challenge.isEmpty()
          ? new PhoneAnswer.Taken<>(false)
          : settle(challenge.get(), device.get(), said.verdict(challenge.get().nonce()));
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  private PhoneAnswer<Boolean> settle(Challenge challenge, Device device, SignedVerdict verdict)
      throws InterruptedException {
    Optional<Ruling> before = challenges.repeated(challenge.id(), verdict.digest());
    Ruling ruling =
        before.isPresent() ? before.get() : verdicts.take(challenge.id(), device, verdict);
    return switch (ruling) {
      case Ruling.Taken _ -> new PhoneAnswer.Taken<>(true);
      case Ruling.NumberMissing() ->
          refused(new Refusal.Malformed("'presence_answer' must stand in this approval"));
      case Ruling.WrongNumber() -> new PhoneAnswer.Taken<>(false);
      case Ruling.AlreadySettled _ -> new PhoneAnswer.Taken<>(false);
      case Ruling.Over() -> new PhoneAnswer.Taken<>(false);
      case Ruling.Unknown() -> new PhoneAnswer.Taken<>(false);
    };
  }

  private static byte[] signature(Form form) throws MalformedException {
    return Base32.decodePadded(form.text("signature", LONG_CHARACTERS), "'signature'");
  }

  /** The device of that serial, if it has signed the text; empty when it has not or is another. */
  private Optional<Device> signer(String serial, String signed, byte[] signature)
      throws InterruptedException {
    return devices
        .find(serial)
        .filter(
            device ->
                device.key() instanceof RsaKey key
                    && key.hasSigned(signed.getBytes(StandardCharsets.UTF_8), signature));
  }

  private PrivacyIdeaChallenge asTold(Challenge challenge, String serial, ServerKey key) {
    Login login = challenge.login();
    String from = login.userAddress();
    return PrivacyIdeaChallenge.signedBy(
        key,
        Nonce.of(challenge),
        url,
        serial,
        "Does "
            + plain(challenge.user())
            + " sign in at "
            + plain(login.client().name())
            + (from == null ? "" : " from " + plain(from))
            + "?",
        plain(service),
        challenge.choice().map(choice -> String.join(",", choice.options())));
  }

  /** Safe to show, and without the character that separates what is signed. */
  private static String plain(String text) {
    return UntrustedText.shown(text).replace('|', '/');
  }

  private static <T> PhoneAnswer<T> refused(Refusal why) {
    return new PhoneAnswer.Refused<>(why);
  }
}
