package dev.pushgate.push.remember;

import dev.pushgate.push.store.Store;
import dev.pushgate.radius.client.IpLiteral;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Where a user's second factor was accepted a while ago, so that the same login needs none.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>An entry covers one user at one client (or group of clients) from one address with one
 * password, to an end that its use never moves. Of the password a keyed hash is kept: who has the
 * store without the key file learns nothing of it. With another newest key in the key file nothing
 * is covered any more.
 *
 * <p>Whoever shares the address and knows the password is covered, too.
 *
 * <p>Each call asks the store: what another process forgets is gone from that moment on. Safe for
 * use by many threads; the methods block.
 */
public final class RememberedLogins {
  private final Store store;
  private final InstantSource clock;

  /** One of them. */
  private record Kept(String fingerprint, Instant until) {
    @Override
    public String toString() {
      return "Kept[until " + until + "]";
    }
  }

  public RememberedLogins(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Remembers a login whose second factor has just been accepted, in place of what was remembered
   * of that user, scope and address. Not to be called for a login that was covered: that would
   * prolong it.
   *
   * @param user canonical name
   * @param scope where it is good: the name of the client, or of its group of clients
   * @param address where the user comes from
   * @param fingerprint of the password that the login had
   * @param until when it ends
   */
  public void remember(
      String user, String scope, InetAddress address, String fingerprint, Instant until)
      throws InterruptedException {
    Instant now = clock.instant();
    var _ =
        store.write(
            handle -> {
              handle.execute(
                  "delete from remembered_login where expires_at <= ?", now.toEpochMilli());
              return handle
                  .createUpdate(
                      "insert into remembered_login"
                          + " (user_name, scope, address, fingerprint, remembered_at, expires_at)"
                          + " values (:user, :scope, :address, :fingerprint, :now, :until)"
                          + " on conflict (user_name, scope, address) do update"
                          + " set fingerprint = excluded.fingerprint,"
                          + " remembered_at = excluded.remembered_at,"
                          + " expires_at = excluded.expires_at")
                  .bind("user", user)
                  .bind("scope", scope)
                  .bind("address", IpLiteral.text(address))
                  .bind("fingerprint", fingerprint)
                  .bind("now", now.toEpochMilli())
                  .bind("until", until.toEpochMilli())
                  .execute();
            });
  }

  /**
   * Whether a login needs no second factor because of one like it.
   *
   * @param user canonical name
   * @param scope as for {@link #remember}
   * @param address where the user comes from
   * @param fingerprint of the password that this login has, which has proved right
   */
  public boolean covers(String user, String scope, InetAddress address, String fingerprint)
      throws InterruptedException {
    return find(user, scope, address)
        .map(kept -> MessageDigest.isEqual(octets(kept.fingerprint()), octets(fingerprint)))
        .orElse(false);
  }

  /**
   * Until when logins of a user from an address are covered, if they have the password that was
   * right then; empty where nothing is remembered.
   */
  public Optional<Instant> until(String user, String scope, InetAddress address)
      throws InterruptedException {
    return find(user, scope, address).map(Kept::until);
  }

  /** What is remembered and has not ended. */
  private Optional<Kept> find(String user, String scope, InetAddress address)
      throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select fingerprint, expires_at from remembered_login"
                        + " where user_name = :user and scope = :scope and address = :address"
                        + " and expires_at > :now")
                .bind("user", user)
                .bind("scope", scope)
                .bind("address", IpLiteral.text(address))
                .bind("now", clock.millis())
                .map(
                    (row, _) ->
                        new Kept(
                            row.getString("fingerprint"),
                            Instant.ofEpochMilli(row.getLong("expires_at"))))
                .findOne());
  }

  private static byte[] octets(String fingerprint) {
    return fingerprint.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Forgets all of a user's.
   *
   * @return how many there were that had not ended
   */
  public int forget(String user) throws InterruptedException {
    return store.write(
        handle -> {
          int open =
              handle
                  .createQuery(
                      "select count(*) from remembered_login"
                          + " where user_name = :user and expires_at > :now")
                  .bind("user", user)
                  .bind("now", clock.millis())
                  .mapTo(Integer.class)
                  .one();
          forget(handle, user);
          return open;
        });
  }

  /** Forgets all of a user's, in the transaction of something else. */
  public static void forget(Handle handle, String user) {
    handle.execute("delete from remembered_login where user_name = ?", user);
  }

  /**
   * Lets what is remembered of a user at an address, of any scope, end at that time if it would end
   * later. Nothing is prolonged.
   *
   * @return how many end earlier now
   */
  public int endAt(String user, InetAddress address, Instant end) throws InterruptedException {
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "update remembered_login set expires_at = :end"
                        + " where user_name = :user and address = :address and expires_at > :end")
                .bind("end", end.toEpochMilli())
                .bind("user", user)
                .bind("address", IpLiteral.text(address))
                .execute());
  }
}
