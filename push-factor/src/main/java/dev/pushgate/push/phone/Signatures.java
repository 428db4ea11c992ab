package dev.pushgate.push.phone;

import dev.pushgate.push.device.BaseAddresses;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.signed.JsonMembers;
import dev.pushgate.push.signed.MalformedException;
import dev.pushgate.push.signed.MessageType;
import dev.pushgate.push.signed.PhoneKey;
import dev.pushgate.push.signed.SignedMessage;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a signed message is from whom it says, for us, and of now.
 *
 * <p>The answer is yes or no. Which of the checks failed is not told, nor does it show in the work
 * done: all of them are made each time, for an unknown device with a key that nobody holds.
 */
final class Signatures {
  /** How far a phone's clock may be off, in seconds. */
  private static final long TOLERANCE = 60;

  private static final int KEY_BITS = 256;

  private final Devices devices;
  private final BaseAddresses addresses;
  private final InstantSource clock;
  private final PhoneKey nobodysKey = newKey();

  Signatures(Devices devices, BaseAddresses addresses, InstantSource clock) {
    this.devices = devices;
    this.addresses = addresses;
    this.clock = clock;
  }

  /**
   * The device behind a message that names one; empty when it does not stand.
   *
   * @throws MalformedException when {@code aud} or {@code iat} is missing or of the wrong type
   */
  Optional<Device> signer(SignedMessage message) throws MalformedException, InterruptedException {
    Optional<Device> device =
        devices.find(message.device()).filter(found -> found.key() instanceof PhoneKey);
    boolean stands =
        stands(
            message,
            device
                .map(found -> found.key() instanceof PhoneKey key ? key : nobodysKey)
                .orElse(nobodysKey));
    return device.filter(_ -> stands);
  }

  /**
   * Whether a message that brings its own key was signed with it, for us, and just now.
   *
   * @throws MalformedException when {@code aud} or {@code iat} is missing or of the wrong type
   */
  boolean standsByItself(SignedMessage message) throws MalformedException, InterruptedException {
    return stands(message, message.ownKey());
  }

  /**
   * The device behind the bearer of a request; empty when there is none, or it is for another
   * request.
   *
   * @param jws or null where the request has none
   * @throws MalformedException when it is not of the form of a bearer
   */
  Optional<Device> bearer(@Nullable String jws, String method, String path)
      throws MalformedException, InterruptedException {
    if (jws == null) {
      return Optional.empty();
    }
    SignedMessage message = SignedMessage.parse(jws, MessageType.BEARER);
    String signedMethod = message.claims().text("htm");
    String signedPath = message.claims().text("htu");
    return signer(message).filter(_ -> signedMethod.equals(method) && signedPath.equals(path));
  }

  private boolean stands(SignedMessage message, PhoneKey key)
      throws MalformedException, InterruptedException {
    JsonMembers claims = message.claims();
    String audience = claims.text("aud");
    long issued = claims.integer("iat");
    boolean signed = message.isSignedBy(key);
    boolean forUs = addresses.wasGiven(audience);
    // Not by a difference, which a monstrous iat would let overflow.
    long now = clock.instant().getEpochSecond();
    boolean justNow = issued >= now - TOLERANCE && issued <= now + TOLERANCE;
    return signed && forUs && justNow;
  }

  private static PhoneKey newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(KEY_BITS);
      return PhoneKey.of((ECPublicKey) generator.generateKeyPair().getPublic());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no EC, without which no phone works", e);
    }
  }
}
