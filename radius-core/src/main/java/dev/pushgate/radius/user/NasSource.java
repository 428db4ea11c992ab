package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users whose password a NAS has checked itself, and of whom nothing is known here but the name.
 *
 * <p>Checks no password: by a password nobody gets in. At a NAS whoever it names is known; without
 * one it cannot tell whether there is such a user.
 */
public final class NasSource implements UserSource {

  @Override
  public Answer check(Attempt attempt) {
    return new Answer.Wrong("the NAS must check the password itself");
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) {
    Optional<String> name = PlainName.canonical(userName);
    if (name.isEmpty()) {
      return new Lookup.Unknown();
    }
    return client == null
        ? new Lookup.CannotTell(name.get())
        : new Lookup.Known(new User(name.get(), Set.of(), null));
  }
}
