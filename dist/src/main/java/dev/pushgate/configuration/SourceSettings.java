package dev.pushgate.configuration;

import dev.pushgate.radius.user.UserSource;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What is said of a source of users besides the file. Immutable; equal ones open equal sources, so
 * that a reload may keep the one that is open.
 */
public interface SourceSettings {

  /**
   * Makes the source, which connects when it is asked.
   *
   * @return the caller closes it
   */
  UserSource open(InstantSource clock, SecureRandom random);
}
