package dev.pushgate.push.device;

import dev.pushgate.push.signed.DeviceKey;
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
import org.jspecify.annotations.Nullable;

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

  /** With the 26 letters behind it, an identifier of a device. */
  private static final String SERIAL_PREFIX = "PIPU";

  private final Store store;
  private final BaseAddresses addresses;
  private final InstantSource clock;
  private final SecureRandom random;
  private final WrongTries tries;
  private final PasswordOfCode confirmed;

  public EnrolmentCodes(
      Store store, BaseAddresses addresses, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.addresses = addresses;
    this.clock = clock;
    this.random = random;
    this.tries = new WrongTries(clock);
    this.confirmed = new PasswordOfCode(store, clock);
  }

  /**
   * Makes a code for a user. Codes made before stay as they are.
   *
   * @param user canonical name; the caller knows that there is such a user
   * @param validFor more than zero
   * @param base the address that the phone will call, as {@link BaseAddresses#give} takes it
   */
  public Invitation issue(String user, Duration validFor, String base) throws InterruptedException {
    Instant expires = clock.instant().plus(validFor);
    EnrolmentCode code = keep(user, validFor, base, expires, null);
    return new Invitation(code.inGroups(), base + "/enroll#" + code.inGroups(), expires);
  }

  /**
   * Makes a code for an app that must be told beforehand by what name its device will go. No other
   * kind of app can use it, nor this app another code.
   *
   * @param user canonical name; the caller knows that there is such a user
   * @param validFor more than zero
   * @param base the address that the app will call, as {@link BaseAddresses#give} takes it
   */
  public NamedInvitation issueNamed(String user, Duration validFor, String base)
      throws InterruptedException {
    Instant expires = clock.instant().plus(validFor);
    String serial = SERIAL_PREFIX + EnrolmentCode.random(random).letters();
    EnrolmentCode code = keep(user, validFor, base, expires, serial);
    return new NamedInvitation(code.letters(), serial, expires);
  }

  /**
   * Makes a code for a user who never had a device or an app for codes: one that asks for the
   * password. Of one user one such code is good at a time: those made before end.
   *
   * @param user canonical name; the caller knows that there is such a user
   * @param validFor more than zero
   * @param base the address that the phone will call, as {@link BaseAddresses#give} takes it
   * @param most how many are made for one user {@code within} a time
   * @return empty where the user has or had something enrolled, or has got so many
   */
  public Optional<Invitation> issueFirst(
      String user, Duration validFor, String base, int most, Duration within)
      throws InterruptedException {
    requirePositive(validFor);
    addresses.give(base);
    EnrolmentCode code = EnrolmentCode.random(random);
    Instant now = clock.instant();
    Instant expires = now.plus(validFor);
    boolean issued =
        store.write(
            handle -> {
              if (!count(handle, user, now, most, within) || EverEnrolled.contains(handle, user)) {
                return false;
              }
              handle.execute(
                  "delete from enrolment_code"
                      + " where user_name = ? and password_needed = 1 and spent_by is null",
                  user);
              insert(handle, code, user, now, expires, null, true);
              return true;
            });
    return issued
        ? Optional.of(new Invitation(code.inGroups(), base + "/enroll#" + code.inGroups(), expires))
        : Optional.empty();
  }

  /** On a database with several writers this is also what makes one of two wait. */
  private static boolean count(Handle handle, String user, Instant now, int most, Duration within) {
    return handle
            .createUpdate(
                "insert into first_invitation (user_name, window_from, issued)"
                    + " values (:user, :now, 1)"
                    + " on conflict (user_name) do update set"
                    + " issued = case when first_invitation.window_from <= :start then 1"
                    + " else first_invitation.issued + 1 end,"
                    + " window_from = case when first_invitation.window_from <= :start then :now"
                    + " else first_invitation.window_from end"
                    + " where first_invitation.window_from <= :start"
                    + " or first_invitation.issued < :most")
            .bind("user", user)
            .bind("now", now.toEpochMilli())
            .bind("start", now.minus(within).toEpochMilli())
            .bind("most", most)
            .execute()
        > 0;
  }

  private static void requirePositive(Duration validFor) {
    if (!validFor.isPositive()) {
      throw new IllegalArgumentException("a code is valid for more than " + validFor);
    }
  }

  private EnrolmentCode keep(
      String user, Duration validFor, String base, Instant expires, @Nullable String serial)
      throws InterruptedException {
    requirePositive(validFor);
    addresses.give(base);
    EnrolmentCode code = EnrolmentCode.random(random);
    Instant now = clock.instant();
    var _ =
        store.write(
            handle -> {
              insert(handle, code, user, now, expires, serial, false);
              return code;
            });
    return code;
  }

  /** Keeps a code, and forgets those whose time is over. */
  private static void insert(
      Handle handle,
      EnrolmentCode code,
      String user,
      Instant now,
      Instant expires,
      @Nullable String serial,
      boolean passwordNeeded) {
    handle.execute("delete from enrolment_code where expires_at <= ?", now.toEpochMilli());
    handle.execute(
        "insert into enrolment_code"
            + " (hash, user_name, issued_at, expires_at, serial, password_needed)"
            + " values (?, ?, ?, ?, ?, ?)",
        code.hash(),
        user,
        now.toEpochMilli(),
        expires.toEpochMilli(),
        serial,
        passwordNeeded ? 1 : 0);
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
    return redeem(typed, null, (_, _) -> PasswordConfirmation.Answer.WRONG, name, key, push, from);
  }

  /**
   * Spends a code and keeps the device, or does neither. A code of {@link #issueFirst} asks for the
   * password; after {@value PasswordOfCode#TRIES} wrong ones it is void.
   *
   * @param typed the code as the phone has it: any text
   * @param password as the user typed it, or null
   * @param name what the user calls the device; has been checked
   * @param key whose holder has signed for this
   * @param push where notifications go
   * @param from the phone's address
   */
  public Redemption redeem(
      String typed,
      @Nullable String password,
      PasswordConfirmation passwords,
      String name,
      PhoneKey key,
      PushAddress push,
      InetAddress from)
      throws InterruptedException {
    return redeem(
        typed, code -> confirmed.by(code, password, passwords), null, name, key, push, from);
  }

  /**
   * Spends a code of {@link #issueNamed} and keeps the device under its serial, or does neither.
   * The device is told nothing by a push: it asks by itself.
   *
   * @param typed the code as the app has it: any text
   * @param serial as the app has it: any text; another than the code's is answered like a wrong
   *     code
   * @param name what the device is called
   * @param key the app's
   * @param from the app's address
   */
  public Redemption redeemNamed(
      String typed, String serial, String name, DeviceKey key, InetAddress from)
      throws InterruptedException {
    return redeem(
        typed, _ -> Confirmation.NOT_NEEDED, serial, name, key, new PushAddress.Poll(), from);
  }

  @FunctionalInterface
  private interface Confirming {
    Confirmation of(EnrolmentCode code) throws InterruptedException;
  }

  private Redemption redeem(
      String typed,
      Confirming confirming,
      @Nullable String serial,
      String name,
      DeviceKey key,
      PushAddress push,
      InetAddress from)
      throws InterruptedException {
    Optional<Duration> wait = tries.begin(from);
    if (wait.isPresent()) {
      return new Redemption.TooMany(wait.get());
    }
    Optional<EnrolmentCode> code = EnrolmentCode.ofTyped(typed);
    if (code.isEmpty()) {
      return new Redemption.CodeInvalid();
    }
    Confirmation confirmation = confirming.of(code.get());
    switch (confirmation) {
      case MISSING -> {
        tries.wasRight(from);
        return new Redemption.PasswordNeeded();
      }
      case UNAVAILABLE -> {
        tries.wasRight(from);
        return new Redemption.Unavailable();
      }
      case WRONG -> {
        return new Redemption.CodeInvalid();
      }
      case NOT_NEEDED, GIVEN -> {}
    }
    boolean given = confirmation == Confirmation.GIVEN;
    String id = serial == null ? StrictBase64.identifier(random) : serial;
    Instant now = Instant.ofEpochMilli(clock.millis());
    Redemption redemption =
        store.write(
            handle -> {
              Optional<String> user = spend(handle, code.get(), given, id, serial, now);
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
      Handle handle,
      EnrolmentCode code,
      boolean confirmed,
      String device,
      @Nullable String serial,
      Instant now) {
    // The update comes first: on a database with several writers it is what makes one of two wait.
    int spent =
        handle
            .createUpdate(
                "update enrolment_code set spent_by = :device"
                    + " where hash = :hash and spent_by is null and expires_at > :now"
                    + (confirmed ? "" : " and password_needed = 0")
                    + (serial == null ? " and serial is null" : " and serial = :device"))
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
