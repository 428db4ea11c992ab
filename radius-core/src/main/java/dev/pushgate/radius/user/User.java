package dev.pushgate.radius.user;

import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.ReplyAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person as the source of users knows them.
 *
 * @param name the canonical name: the one thing that devices, challenges and limits hang on
 * @param groups names of the groups the user is in; may be empty
 * @param factor the second factor that the user's own entry asks for, or null for the client's
 * @param language that they are spoken to in, or null for the client's
 * @param mail where mail reaches them, or null where that is not known
 * @param reply what an Access-Accept for this user carries, that of the groups included
 */
public record User(
    String name,
    Set<String> groups,
    @Nullable String factor,
    @Nullable Language language,
    @Nullable String mail,
    ReplyAttributes reply) {

  public User {
    groups = Set.copyOf(groups);
  }

  /** A user for whom an Access-Accept carries nothing in particular. */
  public User(String name, Set<String> groups, @Nullable String factor) {
    this(name, groups, factor, null, null, ReplyAttributes.NONE);
  }
}
