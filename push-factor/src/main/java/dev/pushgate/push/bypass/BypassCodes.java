package dev.pushgate.push.bypass;

import dev.pushgate.push.code.WrittenCode;
import dev.pushgate.push.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Codes that the help desk reads out to a user whose phone is not at hand.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Each lets in once, also when two processes get it at the same moment, and only until its end.
 * It has 80 random bits, and only its hash is kept. A user has one at a time.
 *
 * <p>Safe for use by many threads; the methods block.
 */
public final class BypassCodes {
  /** How long a code can be used where the administrator does not say. */
  public static final Duration DEFAULT_VALIDITY = Duration.ofMinutes(15);

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random;

  public BypassCodes(Store store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a code for a user; one of before is no use any more.
   *
   * @param user canonical name; the caller knows that there is such a user, and has recorded this
   * @param until after now, and by {@link Bypasses#LONGEST} at most
   * @param reason why, not blank
   * @param by who gives it
   * @return the code in groups of four letters and digits; kept nowhere else
   */
  public String issue(String user, Instant until, String reason, String by)
      throws InterruptedException {
    Instant now = clock.instant();
    Bypasses.check(Duration.between(now, until), reason);
    WrittenCode code = WrittenCode.random(random);
    return store.write(
        handle -> {
          handle.execute("delete from bypass_code where expires_at <= ?", now.toEpochMilli());
          handle.execute("delete from bypass_code where user_name = ?", user);
          handle.execute(
              "insert into bypass_code"
                  + " (hash, user_name, granted_at, expires_at, reason, granted_by)"
                  + " values (?, ?, ?, ?, ?, ?)",
              code.hash(user),
              user,
              now.toEpochMilli(),
              until.toEpochMilli(),
              reason,
              by);
          return code.inGroups();
        });
  }

  /**
   * Uses a code up.
   *
   * @param user canonical name
   * @param typed what the user typed: any text; lower case and missing hyphens do not matter
   * @return whether it was the user's, in time, and had not been used
   */
  public boolean use(String user, String typed) throws InterruptedException {
    Optional<WrittenCode> code = WrittenCode.ofTyped(typed);
    return code.isPresent()
        && store.write(
            handle ->
                handle.execute(
                        "delete from bypass_code"
                            + " where hash = ? and user_name = ? and expires_at > ?",
                        code.get().hash(user),
                        user,
                        clock.millis())
                    > 0);
  }

  /** Makes a user's code useless; false where there was none to use. */
  public boolean end(String user) throws InterruptedException {
    return store.write(
        handle ->
            handle.execute(
                    "delete from bypass_code where user_name = ? and expires_at > ?",
                    user,
                    clock.millis())
                > 0);
  }

  /** Whether a user has one that can be used. */
  public boolean has(String user) throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select 1 from bypass_code where user_name = :user and expires_at > :now")
                .bind("user", user)
                .bind("now", clock.millis())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
  }

  /** Those that can still be used, by user. */
  public List<Bypass> unused() throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select user_name, granted_at, expires_at, reason, granted_by"
                        + " from bypass_code where expires_at > :now order by user_name")
                .bind("now", clock.millis())
                .map((row, _) -> Bypasses.bypass(row))
                .list());
  }
}
