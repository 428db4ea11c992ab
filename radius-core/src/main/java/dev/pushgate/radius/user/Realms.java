package dev.pushgate.radius.user;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The domains that users write about their names, as in {@code alice@corp.example.com} and {@code
 * CORP\alice}: which of them mean the same, and where their users come from.
 *
 * <p>Names of realms are compared as users' names are, without regard to case.
 *
 * @param all no two with a name in common
 */
public record Realms(List<Realm> all) {
  /** No name has a realm. */
  public static final Realms NONE = new Realms(List.of());

  /**
   * A domain.
   *
   * @param name what the administrator calls it
   * @param names what users write behind an {@code @} or before a backslash; at least one
   * @param sources the names of the sources that know its users, in order; empty for those of the
   *     client
   */
  public record Realm(String name, List<String> names, List<String> sources) {
    public Realm {
      names = List.copyOf(names);
      sources = List.copyOf(sources);
    }

    private boolean isCalled(String folded) {
      return names.stream().map(UserName::folded).anyMatch(folded::equals);
    }
  }

  /**
   * A name, taken apart.
   *
   * @param user without the realm
   * @param realm null where the name has none that is known; all of it is the user then
   */
  public record Split(String user, @Nullable Realm realm) {}

  /**
   * @throws IllegalArgumentException where two realms have a name in common
   */
  public Realms {
    all = List.copyOf(all);
    Set<String> taken = new HashSet<>();
    for (Realm realm : all) {
      for (String name : realm.names()) {
        if (!taken.add(UserName.folded(name))) {
          throw new IllegalArgumentException("two realms have the name " + name);
        }
      }
    }
  }

  /**
   * Takes a name apart where it has a known realm: what stands behind the last {@code @}, or before
   * the first backslash or slash. One is taken off, once.
   *
   * @param userName as typed; hostile
   */
  public Split split(String userName) {
    return split(userName, userName.lastIndexOf('@'), false)
        .or(() -> split(userName, userName.indexOf('\\'), true))
        .or(() -> split(userName, userName.indexOf('/'), true))
        .orElseGet(() -> new Split(userName, null));
  }

  private Optional<Split> split(String userName, int at, boolean realmFirst) {
    if (at < 0) {
      return Optional.empty();
    }
    String before = userName.substring(0, at);
    String behind = userName.substring(at + 1);
    String written = UserName.folded(realmFirst ? before : behind);
    String user = realmFirst ? behind : before;
    return all.stream()
        .filter(realm -> !user.isEmpty() && realm.isCalled(written))
        .map(realm -> new Split(user, realm))
        .findFirst();
  }
}
