package dev.pushgate.push.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code push_limit}: a few statements by its primary key for each login.
 *
 * <p>What is counted is swapped for what was read, so that of two servers on one database one loses
 * and reads again.
 */
final class SpendingTable {
  /** Stands in the column of origins for all places that are not known. */
  private static final String ELSEWHERE = "";

  private SpendingTable() {}

  /**
   * What is kept of a user with regard to one place.
   *
   * @param there of the place itself
   * @param elsewhere of all places that are not known together
   */
  record Found(Spending there, Spending elsewhere) {}

  private record Row(String origin, Spending spending) {}

  static Found find(Handle handle, String user, Origin origin) {
    List<Row> rows =
        handle
            .createQuery(
                "select origin, accepted_at, sent_plain, sent_numbered from push_limit"
                    + " where user_name = :user and origin in ('', :origin)")
            .bind("user", user)
            .bind("origin", origin.text())
            .map((row, _) -> new Row(row.getString("origin"), spending(row)))
            .list();
    return new Found(of(rows, origin.text()), of(rows, ELSEWHERE));
  }

  private static Spending of(List<Row> rows, String origin) {
    return rows.stream()
        .filter(row -> row.origin().equals(origin))
        .map(Row::spending)
        .findFirst()
        .orElse(Spending.NONE);
  }

  private static Spending spending(ResultSet row) throws SQLException {
    return new Spending(
        acceptedAt(row),
        SentPushes.parse(row.getString("sent_plain")),
        SentPushes.parse(row.getString("sent_numbered")));
  }

  private static @Nullable Instant acceptedAt(ResultSet row) throws SQLException {
    long millis = row.getLong("accepted_at");
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  /** Counts for one place; false where it no longer is as it was before. */
  static boolean swapThere(
      Handle handle, String user, Origin origin, Spending before, Spending after) {
    return swap(handle, user, origin.text(), before, after);
  }

  /** Counts for all unknown places; false where it no longer is as it was before. */
  static boolean swapElsewhere(Handle handle, String user, Spending before, Spending after) {
    return swap(handle, user, ELSEWHERE, before, after);
  }

  private static boolean swap(
      Handle handle, String user, String origin, Spending before, Spending after) {
    return handle
            .createUpdate(
                "insert into push_limit (user_name, origin, sent_plain, sent_numbered)"
                    + " values (:user, :origin, :plain, :numbered)"
                    + " on conflict (user_name, origin) do update"
                    + " set sent_plain = excluded.sent_plain,"
                    + " sent_numbered = excluded.sent_numbered"
                    + " where push_limit.sent_plain = :plainBefore"
                    + " and push_limit.sent_numbered = :numberedBefore")
            .bind("user", user)
            .bind("origin", origin)
            .bind("plain", after.plain().lines())
            .bind("numbered", after.numbered().lines())
            .bind("plainBefore", before.plain().lines())
            .bind("numberedBefore", before.numbered().lines())
            .execute()
        > 0;
  }

  /** Makes a place one that the user was accepted from at that time, with nothing spent. */
  static void accept(Handle handle, String user, Origin origin, Instant now) {
    handle.execute(
        "insert into push_limit (user_name, origin, accepted_at, sent_plain, sent_numbered)"
            + " values (?, ?, ?, '', '') on conflict (user_name, origin) do update"
            + " set accepted_at = excluded.accepted_at, sent_plain = '', sent_numbered = ''",
        user,
        origin.text(),
        now.toEpochMilli());
  }

  /** Remembers that the user was accepted for the first time. */
  static void acceptFirst(Handle handle, String user, Instant now) {
    handle.execute(
        "insert into push_limit (user_name, origin, accepted_at, sent_plain, sent_numbered)"
            + " values (?, '', ?, '', '') on conflict (user_name, origin) do update"
            + " set accepted_at = excluded.accepted_at where push_limit.accepted_at is null",
        user,
        now.toEpochMilli());
  }

  /** Forgets that the user was accepted from a place. */
  static void unaccept(Handle handle, String user, Origin origin) {
    handle.execute(
        "delete from push_limit where user_name = ? and origin = ? and origin <> ''",
        user,
        origin.text());
  }

  /** Forgets the user's places that are no longer known. */
  static void forgetOld(Handle handle, String user, Instant acceptedBefore) {
    handle.execute(
        "delete from push_limit where user_name = ? and origin <> ''"
            + " and (accepted_at is null or accepted_at <= ?)",
        user,
        acceptedBefore.toEpochMilli());
  }

  /** Forgets all of a user's; whether there was anything. */
  static boolean forget(Handle handle, String user) {
    return handle.execute("delete from push_limit where user_name = ?", user) > 0;
  }
}
