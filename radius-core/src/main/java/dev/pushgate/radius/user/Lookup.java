package dev.pushgate.radius.user;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a source says of a name, without a password. */
public sealed interface Lookup {

  /** There is such a user. */
  record Known(User user) implements Lookup {}

  /** There is such a user, who may not log in, for example as disabled; safe to show. */
  record Barred(User user, String reason) implements Lookup {}

  /** There is no such user. */
  record Unknown() implements Lookup {}

  /**
   * The source tells nothing without a password: another RADIUS server, a plain bind.
   *
   * @param name what the canonical name is if there is such a user; null where that cannot be told
   *     either
   */
  record CannotTell(@Nullable String name) implements Lookup {

    /** Not even the name. */
    public CannotTell() {
      this(null);
    }
  }

  /**
   * The source cannot say now.
   *
   * @param reason for the log
   */
  record Unavailable(String reason) implements Lookup {}

  /** The user, where it is certain that there is one. */
  default Optional<User> found() {
    return switch (this) {
      case Known(User known) -> Optional.of(known);
      case Barred(User barred, _) -> Optional.of(barred);
      case Unknown _, CannotTell _, Unavailable _ -> Optional.empty();
    };
  }

  /** The canonical name of the user, of whom it may not be certain that there is one. */
  default Optional<String> canonicalName() {
    return this instanceof CannotTell(String name)
        ? Optional.ofNullable(name)
        : found().map(User::name);
  }
}
