package dev.pushgate.radius.user;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientSources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All sources of users, asked one after the other: the first that knows a user decides.
 *
 * <p>Which are asked, and in which order, says the realm of the name, else the client, else the
 * whole server. Where a realm is known, the sources get the name without it. Where nobody logs in,
 * as on the enrolment page and for an administrator's commands, all sources are asked.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Where a source cannot say, those behind it are not asked: whom it knows, another must not
 * decide on. A wrong password at the first that knows the user is wrong. Not guaranteed: that two
 * users of different sources are two, where both sources call them the same; the canonical name is
 * who somebody is.
 *
 * <p>Safe for any number of threads.
 */
public final class UserSources implements UserSource {
  private static final Comparator<String> LAST_THE_NAS =
      Comparator.<String, Boolean>comparing(ClientSources.NAS::equals)
          .thenComparing(Comparator.naturalOrder());

  /** Who tells who somebody is that a NAS has named and that no list has to know. */
  private static final List<String> VOUCHED = List.of(ClientSources.USERS_FILE, ClientSources.NAS);

  private final Map<String, UserSource> byName;
  private final List<String> order;
  private final List<String> anywhere;
  private final Realms realms;

  /**
   * @param byName every source by its name
   * @param order who is asked where neither a realm nor a client says; at least one
   * @throws IllegalArgumentException where the order or a realm names one that there is not
   */
  public UserSources(Map<String, UserSource> byName, List<String> order, Realms realms) {
    this.byName = Map.copyOf(byName);
    this.order = List.copyOf(order);
    this.anywhere =
        Stream.concat(order.stream(), byName.keySet().stream().sorted(LAST_THE_NAS))
            .distinct()
            .toList();
    this.realms = realms;
    Stream.concat(order.stream(), realms.all().stream().flatMap(realm -> realm.sources().stream()))
        .filter(name -> !byName.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("there is no source " + name);
            });
  }

  /** Which sources are asked for a name, and the name that they get. */
  private record Route(String userName, List<String> sources) {}

  private Route route(String userName, @Nullable Client client) {
    Realms.Split split = realms.split(userName);
    List<String> ofRealm = split.realm() == null ? List.of() : split.realm().sources();
    if (client == null) {
      return new Route(split.user(), ofRealm.isEmpty() ? anywhere : ofRealm);
    }
    List<String> ofClient = client.sources().names();
    if (client.sources().isPasswordCheckedByNas()) {
      return new Route(split.user(), whoIsWho(ofRealm, ofClient));
    }
    return new Route(
        split.user(), !ofRealm.isEmpty() ? ofRealm : !ofClient.isEmpty() ? ofClient : order);
  }

  /** Who tells whom the NAS means: those it is said of, else the file and then the NAS itself. */
  private static List<String> whoIsWho(List<String> ofRealm, List<String> ofClient) {
    if (ofClient.size() == 1) {
      return VOUCHED;
    }
    return ofRealm.isEmpty() ? ofClient.subList(1, ofClient.size()) : ofRealm;
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    Route route = route(attempt.userName(), attempt.client());
    if (attempt.client() == null) {
      return checkAnywhere(attempt.withUserName(route.userName()), route.sources());
    }
    List<String> reasons = new ArrayList<>();
    for (String name : route.sources()) {
      switch (source(name).check(attempt.withUserName(route.userName()))) {
        case Answer.Unknown(String reason) -> reasons.add(name + ": " + reason);
        case Answer.Right right -> {
          return right;
        }
        case Answer.Asked asked -> {
          return asked;
        }
        case Answer.Wrong wrong -> {
          return new Answer.Wrong(named(name, route, wrong.reason()), wrong.user(), wrong.cause());
        }
        case Answer.Unavailable(String reason) -> {
          return new Answer.Unavailable(name + ": " + reason);
        }
        case Answer.Busy(String reason) -> {
          return new Answer.Busy(name + ": " + reason);
        }
      }
    }
    return reasons.size() == 1
        ? new Answer.Unknown(reasons.getFirst().substring(reasons.getFirst().indexOf(' ') + 1))
        : new Answer.Unknown(String.join("; ", reasons));
  }

  /**
   * Asks the source that knows the user, or else the first that cannot tell without a password: no
   * other shall see it.
   */
  private Answer checkAnywhere(Attempt attempt, List<String> sources) throws InterruptedException {
    @Nullable UserSource mute = null;
    for (String name : sources) {
      UserSource source = source(name);
      switch (source.find(attempt.userName(), null)) {
        case Lookup.Known _, Lookup.Barred _ -> {
          return source.check(attempt);
        }
        case Lookup.CannotTell _ -> mute = mute == null ? source : mute;
        case Lookup.Unknown _ -> {}
        case Lookup.Unavailable(String reason) -> {
          return new Answer.Unavailable(name + ": " + reason);
        }
      }
    }
    return mute == null ? new Answer.Unknown() : mute.check(attempt);
  }

  /** Says which source it was where that is not plain. */
  private static String named(String name, Route route, String reason) {
    return route.sources().size() == 1 ? reason : name + ": " + reason;
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) throws InterruptedException {
    Route route = route(userName, client);
    return find(route.userName(), route.sources(), client);
  }

  /** At a login the first decides that does not say no; elsewhere certainty goes first. */
  private Lookup find(String userName, List<String> sources, @Nullable Client client)
      throws InterruptedException {
    @Nullable Lookup uncertain = null;
    for (String name : sources) {
      switch (source(name).find(userName, client)) {
        case Lookup.Unknown _ -> {}
        case Lookup.Known known -> {
          return known;
        }
        case Lookup.Barred barred -> {
          return barred;
        }
        case Lookup.CannotTell tells -> uncertain = uncertain == null ? tells : uncertain;
        case Lookup.Unavailable(String reason) -> {
          if (!(uncertain instanceof Lookup.Unavailable)) {
            uncertain = new Lookup.Unavailable(name + ": " + reason);
          }
        }
      }
      if (uncertain != null && client != null) {
        return uncertain;
      }
    }
    return uncertain == null ? new Lookup.Unknown() : uncertain;
  }

  @Override
  public boolean isCheap(Attempt attempt) {
    Route route = route(attempt.userName(), attempt.client());
    Attempt routed = attempt.withUserName(route.userName());
    return route.sources().stream().allMatch(name -> source(name).isCheap(routed));
  }

  @Override
  public String counted(String userName) {
    return UserName.folded(realms.split(userName).user());
  }

  private UserSource source(String name) {
    UserSource source = byName.get(name);
    if (source == null) {
      throw new IllegalStateException("there is no source " + name);
    }
    return source;
  }
}
