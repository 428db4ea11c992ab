package dev.pushgate.configuration;

import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.user.Realms;
import java.util.List;
import java.util.Map;

/**
 * Where users come from.
 *
 * @param sources those besides the file of users, by name
 * @param order who is asked where neither a realm nor a client says; at least one
 * @param realms the domains that users write about their names
 */
public record SourcesSettings(
    Map<String, SourceSettings> sources, List<String> order, Realms realms) {
  /** The file of users alone. */
  public static final SourcesSettings DEFAULT =
      new SourcesSettings(Map.of(), List.of(ClientSources.USERS_FILE), Realms.NONE);

  public SourcesSettings {
    sources = Map.copyOf(sources);
    order = List.copyOf(order);
  }
}
