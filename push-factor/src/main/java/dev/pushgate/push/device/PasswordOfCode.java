package dev.pushgate.push.device;

import dev.pushgate.push.store.Store;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The password that a code of a first enrolment asks for.
 *
 * <p>Who has read the link alone has few tries at it: after {@value #TRIES} wrong ones the code is
 * void, however many come at once.
 */
final class PasswordOfCode {
  /** After as many wrong passwords a code is void. */
  static final int TRIES = 5;

  private static final String CONFIRMABLE =
      " where hash = :hash and password_needed = 1 and spent_by is null and expires_at > :now"
          + " and password_tries < :most";

  private final Store store;
  private final InstantSource clock;

  PasswordOfCode(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Asks for the confirmation of a code, and counts the try.
   *
   * @param password as the user typed it, or null
   */
  Confirmation by(EnrolmentCode code, @Nullable String password, PasswordConfirmation passwords)
      throws InterruptedException {
    long now = clock.millis();
    Optional<String> user =
        store.read(
            handle ->
                handle
                    .createQuery("select user_name from enrolment_code" + CONFIRMABLE)
                    .bind("hash", code.hash())
                    .bind("now", now)
                    .bind("most", TRIES)
                    .mapTo(String.class)
                    .findOne());
    if (user.isEmpty()) {
      // It asks for none, or is of no use.
      return Confirmation.NOT_NEEDED;
    }
    if (password == null) {
      return Confirmation.MISSING;
    }
    // Counted before anyone has looked, so that many at once are no more than five.
    int counted =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "update enrolment_code set password_tries = password_tries + 1"
                            + CONFIRMABLE)
                    .bind("hash", code.hash())
                    .bind("now", now)
                    .bind("most", TRIES)
                    .execute());
    if (counted == 0) {
      return Confirmation.WRONG;
    }
    return switch (passwords.check(user.get(), password)) {
      case RIGHT -> {
        uncount(code);
        yield Confirmation.GIVEN;
      }
      case WRONG -> Confirmation.WRONG;
      case UNAVAILABLE -> {
        uncount(code);
        yield Confirmation.UNAVAILABLE;
      }
    };
  }

  private void uncount(EnrolmentCode code) throws InterruptedException {
    var _ =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "update enrolment_code set password_tries = password_tries - 1"
                            + " where hash = :hash")
                    .bind("hash", code.hash())
                    .execute());
  }
}
