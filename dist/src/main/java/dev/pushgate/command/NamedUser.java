package dev.pushgate.command;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.HashingThreads;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UsersFileSource;
import dev.pushgate.server.Setup;
import dev.pushgate.server.Sources;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The user that a command is about, as the source that knows the user has the name. */
final class NamedUser {
  private NamedUser() {}

  /**
   * The canonical name; where no source knows such a user, or one cannot say, tells so. Where a
   * source cannot tell without a password, the name is taken, with a word about it: users must be
   * enrolled who are known there only.
   */
  static Optional<String> orTell(String typed, Setup.Reading.Usable setup, PrintWriter err)
      throws InterruptedException {
    Lookup found = lookup(typed, null, setup);
    return switch (found) {
      case Lookup.Known(User user) -> Optional.of(user.name());
      case Lookup.Barred(User user, _) -> Optional.of(user.name());
      case Lookup.CannotTell(String name) when name != null -> {
        err.println(
            "note: no source can tell without a password whether there is a user "
                + UntrustedText.shown(name)
                + ", so look whether the name is spelled right");
        yield Optional.of(name);
      }
      case Lookup.CannotTell _ -> {
        err.println(
            "note: no source can tell without a password who "
                + UntrustedText.shown(typed)
                + " is, so the name is taken as it is written: it must be the one that the directory"
                + " has");
        yield Optional.of(typed);
      }
      case Lookup.Unknown _, Lookup.Unavailable _ -> {
        tellUnknown(typed, found, setup, err);
        yield Optional.empty();
      }
    };
  }

  /**
   * The canonical name, or the name as it was typed: of a user who is gone something may be left.
   */
  static String orTyped(String typed, Setup.Reading.Usable setup) throws InterruptedException {
    return lookup(typed, null, setup).canonicalName().orElse(typed);
  }

  /**
   * What the sources say of a name.
   *
   * @param client where it is typed, or null for anywhere
   */
  static Lookup lookup(String typed, @Nullable Client client, Setup.Reading.Usable setup)
      throws InterruptedException {
    InstantSource clock = InstantSource.system();
    try (HashingThreads hashing = new HashingThreads(1, 1);
        UserSource sources =
            new Sources(
                new UsersFileSource(setup.users(), hashing, clock),
                () -> setup.users().groupReplies(),
                () -> setup.configuration().secondFactor().policy().groups().keySet(),
                setup.configuration(),
                clock,
                new SecureRandom())) {
      return sources.find(typed, client);
    }
  }

  /** Tells that there is no such user, or why nobody can say. */
  static void tellUnknown(String typed, Lookup found, Setup.Reading.Usable setup, PrintWriter err) {
    String name = UntrustedText.shown(typed);
    if (found instanceof Lookup.Unavailable(String reason)) {
      err.println("pushgate: nobody can say who " + name + " is: " + reason);
    } else if (found instanceof Lookup.CannotTell) {
      err.println(
          "pushgate: no source can tell who "
              + name
              + " is without a password; set bind-dn for it");
    } else if (setup.configuration().isUsersFileAsked()) {
      err.println(
          "pushgate: there is no user "
              + name
              + " in "
              + setup.configuration().users()
              + (setup.configuration().sources().sources().isEmpty()
                  ? ""
                  : " or in another source of users")
              + "; add one with: pushgate passwd "
              + name);
    } else {
      err.println("pushgate: no source of users knows " + name);
    }
  }
}
