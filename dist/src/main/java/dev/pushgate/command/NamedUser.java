package dev.pushgate.command;

import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.server.Setup;
import java.io.PrintWriter;
import java.util.Optional;

/** The user that a command is about, as users.properties has the name. */
final class NamedUser {
  private NamedUser() {}

  /** The canonical name; where there is no such user, tells how to add one. */
  static Optional<String> orTell(String typed, Setup.Reading.Usable setup, PrintWriter err) {
    Optional<String> name = find(typed, setup);
    if (name.isEmpty()) {
      tellUnknown(typed, setup, err);
    }
    return name;
  }

  /**
   * The canonical name, or the name as it was typed: of a user who is gone something may be left.
   */
  static String orTyped(String typed, Setup.Reading.Usable setup) {
    return find(typed, setup).orElse(typed);
  }

  static Optional<String> find(String typed, Setup.Reading.Usable setup) {
    return setup.users().find(typed).map(account -> account.user().name());
  }

  static void tellUnknown(String typed, Setup.Reading.Usable setup, PrintWriter err) {
    err.println(
        "pushgate: there is no user "
            + UntrustedText.shown(typed)
            + " in "
            + setup.configuration().users()
            + "; add one with: pushgate passwd "
            + UntrustedText.shown(typed));
  }
}
