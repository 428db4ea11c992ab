package dev.pushgate.server;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.SourceSettings;
import dev.pushgate.configuration.SourcesSettings;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.GroupReplies;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.NasSource;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSources;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sources of users that the configuration sets up, which a reload may change.
 *
 * <p>A reload keeps what is open of a source of which nothing has changed. One that has changed is
 * closed at once: what is under way there ends as unavailable.
 */
public final class Sources implements UserSource {
  private record Open(SourceSettings settings, UserSource source) {}

  private final UserSource usersFile;
  private final Supplier<GroupReplies> groupReplies;
  private final Supplier<Set<String>> groupsInPolicy;
  private final InstantSource clock;
  private final SecureRandom random;
  private Map<String, Open> open = Map.of();
  private volatile UserSources sources;

  /**
   * @param usersFile the file of users; is not closed
   * @param groupReplies what members of groups get, whatever source knows them
   * @param groupsInPolicy the groups of which a policy says something
   */
  public Sources(
      UserSource usersFile,
      Supplier<GroupReplies> groupReplies,
      Supplier<Set<String>> groupsInPolicy,
      Configuration configuration,
      InstantSource clock,
      SecureRandom random) {
    this.usersFile = usersFile;
    this.groupReplies = groupReplies;
    this.groupsInPolicy = groupsInPolicy;
    this.clock = clock;
    this.random = random;
    this.sources = reopened(configuration);
  }

  /** Takes over other settings; attempts that have begun end with the old ones. */
  public synchronized void reload(Configuration configuration) {
    Map<String, Open> before = open;
    sources = reopened(configuration);
    before.forEach(
        (name, source) -> {
          if (!source.equals(open.get(name))) {
            source.source().close();
          }
        });
  }

  private UserSources reopened(Configuration configuration) {
    SourcesSettings settings = configuration.sources();
    Map<String, Open> now = new HashMap<>();
    settings
        .sources()
        .forEach(
            (name, wanted) -> {
              Open before = open.get(name);
              now.put(
                  name,
                  before != null && before.settings().equals(wanted)
                      ? before
                      : new Open(wanted, wanted.open(clock, random)));
            });
    open = now;
    Map<String, UserSource> byName = new HashMap<>();
    now.forEach(
        (name, source) ->
            byName.put(name, new LocalGroups(source.source(), groupReplies, groupsInPolicy)));
    byName.put(ClientSources.USERS_FILE, usersFile);
    if (configuration.isAnyPasswordCheckedByNas()) {
      byName.put(ClientSources.NAS, new NasSource());
    }
    return new UserSources(byName, settings.order(), settings.realms());
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    return sources.check(attempt);
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) throws InterruptedException {
    return sources.find(userName, client);
  }

  @Override
  public boolean isCheap(Attempt attempt) {
    return sources.isCheap(attempt);
  }

  @Override
  public String counted(String userName) {
    return sources.counted(userName);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(source -> source.source().close());
    open = Map.of();
  }
}
