package dev.pushgate.push.limit;

import dev.pushgate.push.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often a user has failed since the last success: wrong passwords and wrong codes, from
 * anywhere. NIST SP 800-63B-4 section 3.2.2 caps them at {@value #CAP}; one of the means it names
 * is to serve known addresses only from then on.
 *
 * <p>Failures are counted in memory and written by tens, so that guessing does not keep the disk
 * busy: a restart forgets nine at most. The cap is a multiple of ten, so it is written the moment
 * it is reached. Several servers add up what they write. A success is written only where something
 * was written before.
 *
 * <p>Memory holds a number for each user who has failed since the last success, and no more of them
 * than the source of users has. Safe for use by many threads; the methods block.
 */
public final class ConsecutiveFailures {
  /** How many failures there may be before only known places are served. */
  public static final int CAP = 100;

  static final int WRITTEN_BY = 10;

  private final Store store;
  private final Map<String, Integer> unwritten = new ConcurrentHashMap<>();

  public ConsecutiveFailures(Store store) {
    this.store = store;
  }

  /**
   * Takes note of a wrong password or code.
   *
   * @param user canonical name of somebody whom the source of users knows
   */
  public void failed(String user) throws InterruptedException {
    Integer now = unwritten.merge(user, 1, (before, one) -> (before + one) % WRITTEN_BY);
    if (now == 0) {
      var _ =
          store.write(
              handle ->
                  handle.execute(
                      "insert into failure_count (user_name, failures) values (?, ?)"
                          + " on conflict (user_name) do update"
                          + " set failures = failure_count.failures + excluded.failures",
                      user,
                      WRITTEN_BY));
    }
  }

  /**
   * Takes note that a user got in. Where {@link #isCapped}, this is for a login from a known place
   * only, others being refused before.
   */
  public void succeeded(String user) throws InterruptedException {
    unwritten.remove(user);
    if (written(user) > 0) {
      var _ = forget(user);
    }
  }

  /** Whether the user may be served at known places only. */
  public boolean isCapped(String user) throws InterruptedException {
    return written(user) >= CAP;
  }

  /** How many failures there have been since the last success, those of other servers by tens. */
  public long count(String user) throws InterruptedException {
    return written(user) + unwritten.getOrDefault(user, 0);
  }

  private long written(String user) throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery("select failures from failure_count where user_name = :user")
                .bind("user", user)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  /** Starts anew for a user, as an administrator asks; whether anything had been written. */
  public boolean forget(String user) throws InterruptedException {
    unwritten.remove(user);
    return store.write(
        handle -> handle.execute("delete from failure_count where user_name = ?", user) > 0);
  }
}
