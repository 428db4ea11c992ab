package dev.pushgate.push.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code push_stop}. */
final class StopTable {
  private StopTable() {}

  static boolean isStopped(Handle handle, String user, Instant now) {
    return handle
        .createQuery(
            "select 1 from push_stop where user_name = :user"
                + " and (stopped_until is null or stopped_until > :now)")
        .bind("user", user)
        .bind("now", now.toEpochMilli())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Stops pushes to a user, and forgets those stops of others that are over. */
  static void stop(Handle handle, PushStop stop) {
    handle.execute("delete from push_stop where stopped_until <= ?", stop.since().toEpochMilli());
    Instant until = stop.until();
    handle.execute(
        "insert into push_stop (user_name, stopped_at, stopped_until, reported_origin)"
            + " values (?, ?, ?, ?) on conflict (user_name) do update"
            + " set stopped_at = excluded.stopped_at, stopped_until = excluded.stopped_until,"
            + " reported_origin = excluded.reported_origin",
        stop.user(),
        stop.since().toEpochMilli(),
        until == null ? null : until.toEpochMilli(),
        stop.from());
  }

  /** Whether there was one that is not over. */
  static boolean lift(Handle handle, String user, Instant now) {
    boolean stopped = isStopped(handle, user, now);
    handle.execute("delete from push_stop where user_name = ?", user);
    return stopped;
  }

  /** Those that are not over, the oldest first. */
  static List<PushStop> all(Handle handle, Instant now) {
    return handle
        .createQuery(
            "select user_name, stopped_at, stopped_until, reported_origin from push_stop"
                + " where stopped_until is null or stopped_until > :now"
                + " order by stopped_at, user_name")
        .bind("now", now.toEpochMilli())
        .map(
            (row, _) ->
                new PushStop(
                    row.getString("user_name"),
                    Instant.ofEpochMilli(row.getLong("stopped_at")),
                    until(row),
                    row.getString("reported_origin")))
        .list();
  }

  private static @Nullable Instant until(ResultSet row) throws SQLException {
    long millis = row.getLong("stopped_until");
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
