package dev.pushgate.radius.login;

import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;

/**
 * A login whose second factor is being asked.
 *
 * @param factor the name that the factor was chosen by, or what the user proved to be there by
 */
record Asking(Login login, String factor) {

  /** The same login once it is known what the user proved it by. */
  Asking approved(Outcome.Approved approved) {
    return approved.by() == null ? this : new Asking(login, approved.by());
  }
}
