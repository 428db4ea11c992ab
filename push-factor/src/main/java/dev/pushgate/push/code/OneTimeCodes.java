package dev.pushgate.push.code;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.pushgate.push.device.EverEnrolled;
import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.push.signed.StrictBase64;
import dev.pushgate.push.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/**
 * The codes that users' authenticator apps compute (TOTP, RFC 6238).
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A code lets in once, also when two processes get it at the same moment: of two only one writes
 * down that it was used, and that is on disk before the answer. A code older than one that was used
 * is as good as used. Secrets are encrypted in the store. Nothing here limits how often somebody
 * tries.
 *
 * <p>A step before and a step after the present one are taken, counted from where the app's clock
 * was last seen to be: a clock that runs slowly away is followed, one that is off by more than a
 * step from the beginning is not taken.
 *
 * <p>Safe for use by many threads; the methods block, and throw {@link
 * dev.pushgate.push.secret.SecretUnreadableException} as the cause of a {@link
 * dev.pushgate.push.store.StoreException} when there is no key file, or it is not the one that a
 * secret was encrypted with.
 */
public final class OneTimeCodes {
  private static final Pattern CODE = Pattern.compile("[0-9]{6}|[0-9]{8}");

  /** How many steps around the expected one are taken. */
  private static final int TOLERANCE = 1;

  private static final String APP =
      "id, user_name, algorithm, digits, step_seconds, drift, last_step, enrolled_at"
          + " from code_generator";

  private final Store store;
  private final Keys keys;
  private final InstantSource clock;
  private final SecureRandom random;

  public OneTimeCodes(Store store, Keys keys, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /**
   * An app's secret, and what is known of its clock.
   *
   * @param drift by how many steps its clock was ahead of ours when it was last seen
   * @param lastStep the last step, by its clock, whose code was used; a code of it or an earlier
   *     one is used
   */
  private record Generator(
      String id, TotpSettings settings, SecretKeySpec secret, long drift, long lastStep) {}

  /**
   * Makes a secret for an app of a user's. The app may be used at once.
   *
   * @param user canonical name
   * @param service what the app calls the account's issuer
   */
  public TotpEnrolment enrol(String user, String service, TotpSettings settings)
      throws InterruptedException {
    String id = StrictBase64.identifier(random);
    byte[] secret = new byte[settings.algorithm().secretOctets()];
    random.nextBytes(secret);
    var _ =
        store.write(
            handle -> {
              EverEnrolled.mark(handle, user, clock.instant());
              return handle
                  .createUpdate(
                      "insert into code_generator"
                          + " (id, user_name, secret, algorithm, digits, step_seconds, drift,"
                          + " last_step, enrolled_at)"
                          + " values (:id, :user, :secret, :algorithm, :digits, :step, 0, -1,"
                          + " :now)")
                  .bind("id", id)
                  .bind("user", user)
                  .bind("secret", keys.encrypt(secret, place(id)))
                  .bind("algorithm", settings.algorithm().name())
                  .bind("digits", settings.digits())
                  .bind("step", settings.step().toSeconds())
                  .bind("now", clock.millis())
                  .execute();
            });
    return TotpEnrolment.of(id, service, user, secret, settings);
  }

  /** Whether the user has an app for codes; needs no key. */
  public boolean has(String user) throws InterruptedException {
    return !ofUser(user).isEmpty();
  }

  /** The apps of a user, the oldest first; needs no key. */
  public List<CodeApp> ofUser(String user) throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery("select " + APP + " where user_name = :user order by enrolled_at, id")
                .bind("user", user)
                .map((row, _) -> app(row))
                .list());
  }

  /** All apps, by user; needs no key. */
  public List<CodeApp> all() throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery("select " + APP + " order by user_name, enrolled_at, id")
                .map((row, _) -> app(row))
                .list());
  }

  private static CodeApp app(ResultSet row) throws SQLException {
    TotpSettings settings = settings(row);
    long lastStep = row.getLong("last_step");
    return new CodeApp(
        row.getString("id"),
        row.getString("user_name"),
        settings,
        Instant.ofEpochMilli(row.getLong("enrolled_at")),
        lastStep < 0
            ? null
            : Instant.ofEpochSecond(
                (lastStep - row.getLong("drift")) * settings.step().toSeconds()));
  }

  /**
   * Forgets an app, and with it the logins of its user that were to be remembered.
   *
   * @param id as an administrator gave it: any text
   * @return false where there is no such app
   */
  public boolean removeApp(String id) throws InterruptedException {
    return store.write(
        handle -> {
          Optional<String> user =
              handle
                  .createQuery("select user_name from code_generator where id = :id")
                  .bind("id", id)
                  .mapTo(String.class)
                  .findOne();
          user.ifPresent(name -> RememberedLogins.forget(handle, name));
          return handle.execute("delete from code_generator where id = ?", id) > 0;
        });
  }

  /** Forgets all apps of a user, and the logins that were to be remembered; how many apps. */
  public int remove(String user) throws InterruptedException {
    return store.write(
        handle -> {
          RememberedLogins.forget(handle, user);
          return handle.execute("delete from code_generator where user_name = ?", user);
        });
  }

  /**
   * Checks a code, and uses it up where it is right.
   *
   * @param user canonical name
   * @param typed what the user typed: any text
   */
  public CodeCheck check(String user, String typed) throws InterruptedException {
    if (!CODE.matcher(typed).matches()) {
      return new CodeCheck.Wrong();
    }
    Instant now = clock.instant();
    return store.write(handle -> check(handle, user, typed, now));
  }

  private CodeCheck check(Handle handle, String user, String typed, Instant now) {
    CodeCheck found = new CodeCheck.Wrong();
    for (Generator generator : generators(handle, user)) {
      long present = now.getEpochSecond() / generator.settings().step().toSeconds();
      OptionalLong step = stepOf(generator, typed, present + generator.drift());
      if (step.isEmpty()) {
        continue;
      }
      if (use(handle, generator, step.getAsLong(), step.getAsLong() - present)) {
        return new CodeCheck.Right();
      }
      if (step.getAsLong() >= generator.lastStep()) {
        found = new CodeCheck.Used(untilEnd(generator, step.getAsLong(), now));
      }
    }
    return found;
  }

  /** The step around the expected one that the code is of. All are computed, whichever fits. */
  private static OptionalLong stepOf(Generator generator, String typed, long expected) {
    OptionalLong found = OptionalLong.empty();
    for (long step = expected - TOLERANCE; step <= expected + TOLERANCE; step++) {
      if (step >= 0 && isEqual(code(generator, step), typed)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static String code(Generator generator, long step) {
    TotpSettings settings = generator.settings();
    try {
      return new TimeBasedOneTimePasswordGenerator(
              settings.step(), settings.digits(), settings.algorithm().javaName())
          .generateOneTimePasswordString(
              generator.secret(), Instant.ofEpochSecond(step * settings.step().toSeconds()));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key of an HMAC may be any octets", e);
    }
  }

  private static boolean isEqual(String code, String typed) {
    return MessageDigest.isEqual(
        code.getBytes(StandardCharsets.US_ASCII), typed.getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes down that a step's code is used; false where it, or a later one, was before. */
  private static boolean use(Handle handle, Generator generator, long step, long drift) {
    return handle
            .createUpdate(
                "update code_generator set last_step = :step, drift = :drift"
                    + " where id = :id and last_step < :step")
            .bind("step", step)
            .bind("drift", drift)
            .bind("id", generator.id())
            .execute()
        > 0;
  }

  private static Duration untilEnd(Generator generator, long step, Instant now) {
    long length = generator.settings().step().toSeconds();
    Instant end = Instant.ofEpochSecond((step + 1 - generator.drift()) * length);
    Duration left = Duration.between(now, end);
    return Duration.ofSeconds(Math.max(1, left.plusMillis(999).toSeconds()));
  }

  private List<Generator> generators(Handle handle, String user) {
    return handle
        .createQuery(
            "select id, secret, algorithm, digits, step_seconds, drift, last_step"
                + " from code_generator where user_name = :user order by enrolled_at, id")
        .bind("user", user)
        .map((row, _) -> generator(row))
        .list();
  }

  private Generator generator(ResultSet row) throws SQLException {
    String id = row.getString("id");
    TotpSettings settings = settings(row);
    return new Generator(
        id,
        settings,
        new SecretKeySpec(
            keys.decrypt(row.getString("secret"), place(id)), settings.algorithm().javaName()),
        row.getLong("drift"),
        row.getLong("last_step"));
  }

  private static TotpSettings settings(ResultSet row) throws SQLException {
    return new TotpSettings(
        TotpSettings.Algorithm.valueOf(row.getString("algorithm")),
        row.getInt("digits"),
        Duration.ofSeconds(row.getLong("step_seconds")));
  }

  /** By which a generator's secret is bound to its row. */
  static String place(String id) {
    return "code_generator " + id;
  }
}
