package dev.pushgate.push.bypass;

import dev.pushgate.push.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Users who for a time get in without the second factor.
 *
 * <p>Each call asks the store: what another process grants or ends counts from that moment on. Safe
 * for use by many threads; the methods block.
 */
public final class Bypasses {
  /** How long one may last. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final String COLUMNS = "user_name, granted_at, expires_at, reason, granted_by";

  private final Store store;
  private final InstantSource clock;

  public Bypasses(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Lets a user in without the second factor, in place of what was granted before.
   *
   * @param user canonical name; the caller knows that there is such a user, and has recorded this
   * @param until after now, and by {@link #LONGEST} at most
   * @param reason why, not blank
   * @param by who grants it
   */
  public Bypass grant(String user, Instant until, String reason, String by)
      throws InterruptedException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    check(Duration.between(now, until), reason);
    Bypass bypass = new Bypass(user, now, Instant.ofEpochMilli(until.toEpochMilli()), reason, by);
    return store.write(
        handle -> {
          handle.execute("delete from bypass where expires_at <= ?", now.toEpochMilli());
          handle.execute("delete from bypass where user_name = ?", user);
          handle.execute(
              "insert into bypass (" + COLUMNS + ") values (?, ?, ?, ?, ?)",
              user,
              now.toEpochMilli(),
              until.toEpochMilli(),
              reason,
              by);
          return bypass;
        });
  }

  static void check(Duration length, String reason) {
    if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a bypass lasts for more than nothing and at most " + LONGEST + ", not " + length);
    }
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a bypass has a reason");
    }
  }

  /** Ends what a user was granted; false where there was nothing in force. */
  public boolean end(String user) throws InterruptedException {
    return store.write(
        handle ->
            handle.execute(
                    "delete from bypass where user_name = ? and expires_at > ?",
                    user,
                    clock.millis())
                > 0);
  }

  /** What lets a user in now without the second factor. */
  public Optional<Bypass> active(String user) throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from bypass where user_name = :user and expires_at > :now")
                .bind("user", user)
                .bind("now", clock.millis())
                .map((row, _) -> bypass(row))
                .findOne());
  }

  /** All that are in force, by user. */
  public List<Bypass> list() throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select " + COLUMNS + " from bypass where expires_at > :now order by user_name")
                .bind("now", clock.millis())
                .map((row, _) -> bypass(row))
                .list());
  }

  static Bypass bypass(ResultSet row) throws SQLException {
    return new Bypass(
        row.getString("user_name"),
        Instant.ofEpochMilli(row.getLong("granted_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getString("reason"),
        row.getString("granted_by"));
  }
}
