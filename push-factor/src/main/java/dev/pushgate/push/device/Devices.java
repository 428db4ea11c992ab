package dev.pushgate.push.device;

import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.push.signed.DeviceKey;
import dev.pushgate.push.store.Store;
import dev.pushgate.push.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The enrolled devices.
 *
 * <p>Each call asks the store: a device that another process removes is gone from that moment on. A
 * removed device is kept as a mark, and is no device to any method here; its key cannot be enrolled
 * again.
 *
 * <p>Safe for use by many threads; the methods block.
 */
public final class Devices {
  /** How exact {@link Device#lastSeen} is kept; each write is a wait for the disk. */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(Devices.class);

  private static final String COLUMNS =
      "id, user_name, name, public_key, push, push_retired_at, push_sent_at, push_error,"
          + " push_error_at, enrolled_at, last_seen_at";

  private final Store store;
  private final InstantSource clock;

  public Devices(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What came of a {@link #remove}. */
  public enum Removal {
    REMOVED,
    /** It had been removed before. */
    ALREADY_REMOVED,
    /** There has never been such a device. */
    UNKNOWN
  }

  /**
   * @param id as a phone or an administrator gave it: any text
   */
  public Optional<Device> find(String id) throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select " + COLUMNS + " from device where id = :id and removed_at is null")
                .bind("id", id)
                .map((row, _) -> device(row))
                .findOne());
  }

  /** The devices of a user, the oldest first. */
  public List<Device> ofUser(String user) throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from device where user_name = :user and removed_at is null"
                        + " order by enrolled_at, id")
                .bind("user", user)
                .map((row, _) -> device(row))
                .list());
  }

  /** All devices, by user. */
  public List<Device> all() throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from device where removed_at is null"
                        + " order by user_name, enrolled_at, id")
                .map((row, _) -> device(row))
                .list());
  }

  /**
   * Removes a device: from now on nothing that it signs is taken. Where its notifications went is
   * forgotten at once, and so are the logins of its user that were to be remembered.
   */
  public Removal remove(String id) throws InterruptedException {
    return store.write(
        handle -> {
          int removed =
              handle
                  .createUpdate(
                      "update device set removed_at = :now, push = :push"
                          + " where id = :id and removed_at is null")
                  .bind("now", clock.millis())
                  .bind("push", PushAddressJson.write(new PushAddress.Poll()))
                  .bind("id", id)
                  .execute();
          if (removed > 0) {
            RememberedLogins.forget(handle, userOf(handle, id));
            return Removal.REMOVED;
          }
          boolean known =
              handle
                  .createQuery("select 1 from device where id = :id")
                  .bind("id", id)
                  .mapTo(Integer.class)
                  .findOne()
                  .isPresent();
          return known ? Removal.ALREADY_REMOVED : Removal.UNKNOWN;
        });
  }

  private static String userOf(Handle handle, String id) {
    return handle
        .createQuery("select user_name from device where id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .one();
  }

  /**
   * Changes where notifications go. What was known of the way to the last address is forgotten.
   *
   * @param iat when the phone signed this, in seconds since 1970; an old message sent again must
   *     not undo a newer one
   * @return false, and nothing changed, when {@code iat} is not later than that of the last change
   *     taken, or the device has gone
   */
  public boolean changePush(String id, PushAddress push, long iat) throws InterruptedException {
    return store.write(
        handle ->
            handle
                    .createUpdate(
                        "update device set push = :push, push_iat = :iat, push_since = :now,"
                            + " push_retired_at = null, push_sent_at = null,"
                            + " push_error = null, push_error_at = null"
                            + " where id = :id and removed_at is null and push_iat < :iat")
                    .bind("push", PushAddressJson.write(push))
                    .bind("now", clock.millis())
                    .bind("iat", iat)
                    .bind("id", id)
                    .execute()
                > 0);
  }

  /**
   * Records that the device has just spoken to us; writes at most once a minute. A failure is
   * logged, and keeps nobody from what the phone came for.
   */
  public void seen(Device device) throws InterruptedException {
    Instant now = clock.instant();
    if (device.lastSeen() != null && now.isBefore(device.lastSeen().plus(SEEN_EVERY))) {
      return;
    }
    try {
      var _ =
          store.write(
              handle ->
                  handle
                      .createUpdate("update device set last_seen_at = :now where id = :id")
                      .bind("now", now.toEpochMilli())
                      .bind("id", device.id())
                      .execute());
    } catch (StoreException e) {
      log.warn("cannot record that device {} was seen", device.id(), e);
    }
  }

  /**
   * Records that the service behind an address took a notification just now, for each device that
   * is told there.
   */
  public void sent(PushAddress address) throws InterruptedException {
    var _ =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "update device set push_sent_at = :now"
                            + " where push = :push and removed_at is null")
                    .bind("now", clock.millis())
                    .bind("push", PushAddressJson.write(address))
                    .execute());
  }

  /**
   * Records that a notification could not be handed over, for each device that is told there.
   *
   * @param reason for an administrator; must have no token in it
   */
  public void notSent(PushAddress address, String reason) throws InterruptedException {
    var _ =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "update device set push_error = :reason, push_error_at = :now"
                            + " where push = :push and removed_at is null")
                    .bind("reason", reason)
                    .bind("now", clock.millis())
                    .bind("push", PushAddressJson.write(address))
                    .execute());
  }

  /**
   * Records that an address is of no use, for each device that is told there: nothing is sent to it
   * until its phone gives an address again.
   *
   * @param reason for an administrator; must have no token in it
   * @param since when the address was seen to be dead; a device that gave it to us later than that
   *     keeps it
   * @return the devices that had it
   */
  public List<String> retire(PushAddress address, String reason, Instant since)
      throws InterruptedException {
    return store.write(
        handle -> {
          String condition =
              " where push = :push and push_since <= :since and push_retired_at is null"
                  + " and removed_at is null";
          List<String> retired =
              handle
                  .createQuery("select id from device" + condition)
                  .bind("push", PushAddressJson.write(address))
                  .bind("since", since.toEpochMilli())
                  .mapTo(String.class)
                  .list();
          var _ =
              handle
                  .createUpdate(
                      "update device set push_retired_at = :now, push_error = :reason,"
                          + " push_error_at = :now"
                          + condition)
                  .bind("now", clock.millis())
                  .bind("reason", reason)
                  .bind("push", PushAddressJson.write(address))
                  .bind("since", since.toEpochMilli())
                  .execute();
          return retired;
        });
  }

  /**
   * Keeps a new device, in the transaction of the enrolment.
   *
   * @return false, and nothing changed, when the key is known already
   */
  static boolean insert(Handle handle, Device device) {
    boolean isNew = insertRow(handle, device);
    if (isNew) {
      EverEnrolled.mark(handle, device.user(), device.enrolled());
    }
    return isNew;
  }

  private static boolean insertRow(Handle handle, Device device) {
    return handle
            .createUpdate(
                "insert into device"
                    + " (id, user_name, name, public_key, push, push_iat, push_since, enrolled_at)"
                    + " values (:id, :user, :name, :key, :push, 0, :enrolled, :enrolled)"
                    + " on conflict do nothing")
            .bind("id", device.id())
            .bind("user", device.user())
            .bind("name", device.name())
            .bind("key", device.key().jwk())
            .bind("push", PushAddressJson.write(device.push()))
            .bind("enrolled", device.enrolled().toEpochMilli())
            .execute()
        > 0;
  }

  private static Device device(ResultSet row) throws SQLException {
    return new Device(
        row.getString("id"),
        row.getString("user_name"),
        row.getString("name"),
        DeviceKey.ofStored(row.getString("public_key")),
        PushAddressJson.ofStored(row.getString("push")),
        health(row),
        Instant.ofEpochMilli(row.getLong("enrolled_at")),
        instantIfAny(row, "last_seen_at"));
  }

  private static PushHealth health(ResultSet row) throws SQLException {
    Instant failed = instantIfAny(row, "push_error_at");
    return new PushHealth(
        instantIfAny(row, "push_retired_at") != null,
        instantIfAny(row, "push_sent_at"),
        failed == null ? null : new PushHealth.Failure(failed, row.getString("push_error")));
  }

  private static @Nullable Instant instantIfAny(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
