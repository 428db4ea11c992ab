package dev.pushgate.push.phone;

import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.EnrolmentCodes;
import dev.pushgate.push.device.EnrolmentListener;
import dev.pushgate.push.device.PasswordConfirmation;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.device.PushAddressJson;
import dev.pushgate.push.device.Redemption;
import dev.pushgate.push.signed.JsonMembers;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.MessageType;
import dev.pushgate.push.signed.SignedMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What phones ask about themselves: to be enrolled, told elsewhere, forgotten. */
final class DeviceCare {
  private static final Logger log = LoggerFactory.getLogger(DeviceCare.class);

  /** The longest that RADIUS carries (RFC 2865 section 5.2). */
  private static final int PASSWORD_OCTETS = 128;

  private final Devices devices;
  private final EnrolmentCodes codes;
  private final Signatures signatures;
  private final String service;
  private final Predicate<PushAddress> usable;
  private final PasswordConfirmation passwords;
  private final EnrolmentListener newDevices;

  DeviceCare(
      Devices devices,
      EnrolmentCodes codes,
      Signatures signatures,
      String service,
      Predicate<PushAddress> usable,
      PasswordConfirmation passwords,
      EnrolmentListener newDevices) {
    this.devices = devices;
    this.codes = codes;
    this.signatures = signatures;
    this.service = service;
    this.usable = usable;
    this.passwords = passwords;
    this.newDevices = newDevices;
  }

  PhoneAnswer<Enrolled> enrol(String jws, InetAddress from) throws InterruptedException {
    Optional<Duration> wait = codes.retryAfter(from);
    if (wait.isPresent()) {
      return refused(new Refusal.TooMany(wait.get()));
    }
    try {
      SignedMessage message = SignedMessage.parse(jws, MessageType.ENROLMENT);
      JsonMembers claims = message.claims();
      String code = claims.text("code");
      String name = DeviceName.of(claims.text("name"));
      PushAddress push = address(claims);
      Optional<String> password = claims.textIfAny("password");
      if (password.isPresent() && !isPossible(password.get())) {
        throw new MalformedException("'password' must have 1 to 128 octets");
      }
      if (!signatures.standsByItself(message)) {
        return refused(new Refusal.Signature());
      }
      return switch (codes.redeem(
          code, password.orElse(null), passwords, name, message.ownKey(), push, from)) {
        case Redemption.Enrolled(Device device) -> {
          log.info("device {} enrolled for user {}", device.id(), device.user());
          newDevices.enrolled(device);
          yield new PhoneAnswer.Taken<>(asTold(device));
        }
        case Redemption.CodeInvalid() -> refused(new Refusal.CodeInvalid());
        case Redemption.PasswordNeeded() -> refused(new Refusal.PasswordNeeded());
        case Redemption.Unavailable() -> refused(new Refusal.Unavailable());
        case Redemption.KeyKnown() -> refused(new Refusal.KeyKnown());
        case Redemption.TooMany(Duration retryAfter) -> refused(new Refusal.TooMany(retryAfter));
      };
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  private static boolean isPossible(String password) {
    int octets = password.getBytes(StandardCharsets.UTF_8).length;
    return octets >= 1 && octets <= PASSWORD_OCTETS;
  }

  PhoneAnswer<Enrolled> changePush(String device, String jws) throws InterruptedException {
    try {
      SignedMessage message = SignedMessage.parse(jws, MessageType.PUSH_CHANGE);
      PushAddress push = address(message.claims());
      Optional<Device> signer = signatures.signer(message);
      if (signer.isEmpty()) {
        return refused(new Refusal.Signature());
      }
      if (!signer.get().id().equals(device)) {
        return refused(new Refusal.Unknown());
      }
      if (!devices.changePush(device, push, message.claims().integer("iat"))) {
        return refused(new Refusal.Signature());
      }
      return new PhoneAnswer.Taken<>(asTold(signer.get()));
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  PhoneAnswer<String> remove(@Nullable String bearer, String path, String device)
      throws InterruptedException {
    try {
      Optional<Device> signer = signatures.bearer(bearer, "DELETE", path);
      if (signer.isEmpty()) {
        return refused(new Refusal.Signature());
      }
      if (!signer.get().id().equals(device)) {
        return refused(new Refusal.Unknown());
      }
      var _ = devices.remove(device);
      log.info("device {} of user {} removed by itself", device, signer.get().user());
      return new PhoneAnswer.Taken<>(device);
    } catch (MalformedException e) {
      return refused(new Refusal.Malformed(e.detail()));
    }
  }

  private PushAddress address(JsonMembers claims) throws MalformedException {
    PushAddress address = PushAddressJson.read(claims.object("push"));
    if (!usable.test(address)) {
      throw new MalformedException("'endpoint' must be at a push service that this server uses");
    }
    return address;
  }

  private Enrolled asTold(Device device) {
    return new Enrolled(device.id(), device.user(), service, device.name());
  }

  private static <T> PhoneAnswer<T> refused(Refusal why) {
    return new PhoneAnswer.Refused<>(why);
  }
}
