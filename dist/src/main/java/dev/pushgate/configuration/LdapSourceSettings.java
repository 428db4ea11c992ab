package dev.pushgate.configuration;

import dev.pushgate.radius.ldap.LdapSettings;
import dev.pushgate.radius.ldap.LdapSource;
import dev.pushgate.radius.user.UserSource;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * A directory as a source of users.
 *
 * @param directory which one, and what of it
 */
record LdapSourceSettings(LdapSettings directory) implements SourceSettings {

  @Override
  public UserSource open(InstantSource clock, SecureRandom random) {
    return new LdapSource(directory, clock);
  }
}
