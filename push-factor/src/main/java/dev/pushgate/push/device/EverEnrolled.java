package dev.pushgate.push.device;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Who has, or has had, a device or an app for codes: removing it does not take that away. */
public final class EverEnrolled {
  private EverEnrolled() {}

  /**
   * Keeps it, in the transaction of the enrolment. Invitations that were for a first device end.
   *
   * @param user canonical name
   */
  public static void mark(Handle handle, String user, Instant now) {
    handle.execute(
        "insert into ever_enrolled (user_name, first_at) values (?, ?) on conflict do nothing",
        user,
        now.toEpochMilli());
    handle.execute(
        "delete from enrolment_code"
            + " where user_name = ? and password_needed = 1 and spent_by is null",
        user);
  }

  static boolean contains(Handle handle, String user) {
    return handle
        .createQuery("select 1 from ever_enrolled where user_name = :user")
        .bind("user", user)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
