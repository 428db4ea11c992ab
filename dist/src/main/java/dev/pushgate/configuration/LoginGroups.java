package dev.pushgate.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads which clients count as one, and looks whether their groups make sense together. */
final class LoginGroups {
  private record Member(String client, Setting setting) {}

  private final Map<String, List<Member>> groups = new TreeMap<>();

  /**
   * The group of a client, or null where it has none or one that cannot be called so (reported).
   */
  @Nullable String of(Section client) {
    Setting setting = client.setting("login-group");
    String group = setting == null ? null : setting.text();
    if (setting == null || group == null) {
      return null;
    }
    if (!ClientsSection.isName(group)) {
      setting.problem(
          "the name of a group cannot be " + Words.quoted(group), ClientsSection.NAME_REMEDY);
      return null;
    }
    groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(new Member(client.name(), setting));
    return group;
  }

  /**
   * Reports groups that are called like a client outside of them, and warns of those with one
   * client, which may be a slip of the pen.
   *
   * @param clients the names of all clients, also of those that have mistakes in them
   */
  void check(Collection<String> clients) {
    groups.forEach(
        (group, members) -> {
          boolean foreign =
              clients.contains(group)
                  && members.stream().noneMatch(member -> member.client().equals(group));
          for (Member member : members) {
            if (foreign) {
              member
                  .setting()
                  .problem(
                      Words.quoted(group) + " is the name of a client that is not in this group",
                      "Call the group otherwise, or put clients.%s into it".formatted(group));
            } else if (members.size() == 1) {
              member
                  .setting()
                  .warning(
                      "no other client is in group " + Words.quoted(group),
                      "Write it at each client that belongs to it, or remove the key");
            }
          }
        });
  }
}
