package dev.pushgate.configuration;

import dev.pushgate.radius.user.RightPasswordMemory;
import dev.pushgate.radius.user.UserSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A source that is spared the same right password for a short time.
 *
 * @param keptFor 10 s to 5 min
 */
record RememberingSource(SourceSettings source, Duration keptFor) implements SourceSettings {

  @Override
  public UserSource open(InstantSource clock, SecureRandom random) {
    return new RightPasswordMemory(source.open(clock, random), keptFor, clock, random);
  }
}
