package dev.pushgate.configuration;

import dev.pushgate.radius.upstream.UpstreamClient;
import dev.pushgate.radius.upstream.UpstreamSettings;
import dev.pushgate.radius.upstream.UpstreamSource;
import dev.pushgate.radius.upstream.UpstreamSourceSettings;
import dev.pushgate.radius.user.UserSource;
import java.security.SecureRandom;
import java.time.InstantSource;

/** A source of users that is another RADIUS server. */
record UpstreamSourceInFile(UpstreamSettings servers, UpstreamSourceSettings settings)
    implements SourceSettings {

  @Override
  public UserSource open(InstantSource clock, SecureRandom random) {
    return new UpstreamSource(new UpstreamClient(servers, clock, random), settings);
  }
}
