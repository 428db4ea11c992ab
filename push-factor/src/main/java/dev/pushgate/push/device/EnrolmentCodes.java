package dev.pushgate.push.device;

import dev.pushgate.push.signed.PhoneKey;
import dev.pushgate.push.signed.StrictBase64;
import dev.pushgate.push.store.Store;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The codes by which phones are enrolled.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A code enrols one device, also when several phones use it at the same moment and whatever
 * process issued it. Only its hash is kept. Nothing tells an unknown code from a spent or an
 * expired one. Who tries wrong codes is slowed down by address; those of other addresses are not.
 *
 * <p>Safe for use by many threads; the methods block.
 */
public final class EnrolmentCodes {
  /** How long a code can be used where the administrator does not say. */
  public static final Duration DEFAULT_VALIDITY = Duration.ofHours(24);

  private static final int DEVICE_ID_OCTETS = 16;

  private final Store store;
  private final BaseAddresses addresses;
  private final InstantSource clock;
  private final SecureRandom random;
  private final WrongTries tries;

  public EnrolmentCodes(
      Store store, BaseAddresses addresses, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.addresses = addresses;
    this.clock = clock;
    this.random = random;
    this.tries = new WrongTries(clock);
  }

  /**
   * Makes a code for a user. Codes made before stay as they are.
   *
   * @param user canonical name; the caller knows that there is such a user
   * @param validFor more than zero
   * @param base the address that the phone will call, as {@link BaseAddresses#give} takes it
   */
  public Invitation issue(String user, Duration validFor, String base) throws InterruptedException {
    if (!validFor.isPositive()) {
      throw new IllegalArgumentException("a code is valid for more than " + validFor);
    }
    addresses.give(base);
    EnrolmentCode code = EnrolmentCode.random(random);
    Instant now = clock.instant();
    Instant expires = now.plus(validFor);
    var _ =
        store.write(
            handle -> {
              handle.execute(
                  "delete from enrolment_code where expires_at <= ?", now.toEpochMilli());
              return handle
                  .createUpdate(
                      "insert into enrolment_code (hash, user_name, issued_at, expires_at)"
                          + " values (:hash, :user, :issued, :expires)")
                  .bind("hash", code.hash())
                  .bind("user", user)
                  .bind("issued", now.toEpochMilli())
                  .bind("expires", expires.toEpochMilli())
                  .execute();
            });
    return new Invitation(code.inGroups(), base + "/enroll#" + code.inGroups(), expires);
  }

  /** How long phones at that address have still to wait; empty when they may try. */
  public Optional<Duration> retryAfter(InetAddress from) {
    return tries.retryAfter(from);
  }

  /**
   * Spends a code and keeps the device, or does neither.
   *
   * @param typed the code as the phone has it: any text
   * @param name what the user calls the device; has been checked
   * @param key whose holder has signed for this
   * @param push where notifications go
   * @param from the phone's address
   */
  public Redemption redeem(
      String typed, String name, PhoneKey key, PushAddress push, InetAddress from)
      throws InterruptedException {
    Optional<Duration> wait = tries.begin(from);
    if (wait.isPresent()) {
      return new Redemption.TooMany(wait.get());
    }
    Optional<EnrolmentCode> code = EnrolmentCode.ofTyped(typed);
    if (code.isEmpty()) {
      return new Redemption.CodeInvalid();
    }
    String id = StrictBase64.random(random, DEVICE_ID_OCTETS);
    Instant now = Instant.ofEpochMilli(clock.millis());
    Redemption redemption =
        store.write(
            handle -> {
              Optional<String> user = spend(handle, code.get(), id, now);
              if (user.isEmpty()) {
                return new Redemption.CodeInvalid();
              }
              Device device =
                  new Device(id, user.get(), name, key, push, PushHealth.NEW, now, null);
              if (!Devices.insert(handle, device)) {
                giveBack(handle, id);
                return new Redemption.KeyKnown();
              }
              return new Redemption.Enrolled(device);
            });
    if (!(redemption instanceof Redemption.CodeInvalid)) {
      tries.wasRight(from);
    }
    return redemption;
  }

  /**
   * Marks the code as spent by that device; the user it was made for, or empty if it was no use.
   */
  private static Optional<String> spend(
      Handle handle, EnrolmentCode code, String device, Instant now) {
    // The update comes first: on a database with several writers it is what makes one of two wait.
    int spent =
        handle
            .createUpdate(
                "update enrolment_code set spent_by = :device"
                    + " where hash = :hash and spent_by is null and expires_at > :now")
            .bind("device", device)
            .bind("hash", code.hash())
            .bind("now", now.toEpochMilli())
            .execute();
    return spent == 0
        ? Optional.empty()
        : handle
            .createQuery("select user_name from enrolment_code where hash = :hash")
            .bind("hash", code.hash())
            .mapTo(String.class)
            .findOne();
  }

  private static void giveBack(Handle handle, String device) {
    handle.execute("update enrolment_code set spent_by = null where spent_by = ?", device);
  }
}
