package dev.pushgate.radius.client;

import java.util.List;
import java.util.Set;

/**
 * Where the users of a client come from.
 *
 * @param names the sources to ask, in this order; empty for those of the whole server
 * @param silentWhenUnavailable whether a login gets no answer where a source cannot say, so that
 *     the NAS asks its next server; else it is rejected
 */
public record ClientSources(List<String> names, boolean silentWhenUnavailable) {
  /** The sources of the whole server; a login is rejected where one cannot say. */
  public static final ClientSources DEFAULT = new ClientSources(List.of(), false);

  /** The name of the file of users among the sources. */
  public static final String USERS_FILE = "users";

  /** What stands first where the NAS has checked the password itself. */
  public static final String NAS = "nas";

  /** The names that no other source can have. */
  public static final Set<String> RESERVED = Set.of(USERS_FILE, NAS);

  public ClientSources {
    names = List.copyOf(names);
  }

  /**
   * Whether the NAS has checked the password itself, so that here only a second factor is asked;
   * the other sources only tell who the user is.
   */
  public boolean isPasswordCheckedByNas() {
    return !names.isEmpty() && names.getFirst().equals(NAS);
  }
}
