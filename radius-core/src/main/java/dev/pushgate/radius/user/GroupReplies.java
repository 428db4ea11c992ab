package dev.pushgate.radius.user;

import dev.pushgate.radius.packet.ReplyAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What an Access-Accept carries for the members of groups, by the names of the groups. Immutable.
 */
public final class GroupReplies {
  /** Of no group. */
  public static final GroupReplies NONE = new GroupReplies(Map.of(), _ -> false);

  private final Map<String, ReplyAttributes> byGroup;
  private final Set<String> once;

  /**
   * @param byGroup by the names as they are written
   * @param once tells by its name whether an attribute can be sent once only
   */
  public GroupReplies(Map<String, ReplyAttributes> byGroup, Predicate<String> once) {
    this.byGroup = Map.copyOf(byGroup);
    this.once = new HashSet<>();
    byGroup.values().stream()
        .flatMap(reply -> reply.names().stream())
        .filter(once)
        .forEach(this.once::add);
  }

  /** The groups of which something is said, as they are written. */
  public Set<String> groups() {
    return byGroup.keySet();
  }

  /**
   * What members of these groups get. Of an attribute that can be sent once only, the first group
   * in the order of names has its way.
   */
  public ReplyAttributes of(Collection<String> groups) {
    ReplyAttributes all = ReplyAttributes.NONE;
    for (String group : new TreeSet<>(groups)) {
      all = all.and(byGroup.getOrDefault(group, ReplyAttributes.NONE), once::contains);
    }
    return all;
  }

  @Override
  public String toString() {
    return "GroupReplies" + new LinkedHashMap<>(byGroup);
  }
}
