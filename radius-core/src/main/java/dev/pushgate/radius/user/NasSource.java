package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users whose password a NAS has checked itself, and of whom nothing is known here but the name.
 *
 * <p>Checks no password: by a password nobody gets in.
 */
public final class NasSource implements UserSource {

  @Override
  public Answer check(Attempt attempt) {
    return new Answer.Wrong("the NAS must check the password itself");
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) {
    Optional<String> name = PlainName.canonical(userName);
    return name.isPresent()
        ? new Lookup.Known(new User(name.get(), Set.of(), null))
        : new Lookup.Unknown();
  }
}
