package dev.pushgate.radius.user;

import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.dictionary.Definition;
import dev.pushgate.radius.dictionary.ReplyAttributeReader;
import dev.pushgate.radius.dictionary.ReplyAttributeReader.Reading;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns lines of reply attributes into what an Access-Accept carries. For one thread. */
final class ReplyDrafts {
  /** What stands behind the colon in {@code alice.reply.Tunnel-Type:1 = VLAN}. */
  private static final Pattern TAGGED = Pattern.compile("(?<tag>[0-9]+)\\s*=\\s*(?<value>.*)");

  private final UserProblems problems;
  private final ReplyAttributeReader reader;
  private final boolean ocservAsks;
  private final Map<String, ReplyAttributes> ofGroup = new LinkedHashMap<>();
  private final Map<String, Assignment> firstOfGroup = new LinkedHashMap<>();

  /** Many users are in the same groups. */
  private final Map<List<String>, ReplyAttributes> ofGroups = new HashMap<>();

  /**
   * @param problems where to tell what is wrong
   * @param ocservAsks whether a client is ocserv, which takes no service but a framed one
   */
  ReplyDrafts(UserProblems problems, ReplyAttributeReader reader, boolean ocservAsks) {
    this.problems = problems;
    this.reader = reader;
    this.ocservAsks = ocservAsks;
  }

  /**
   * The line as it is meant: in this syntax the colon before a tag ends the key, so that the value
   * begins with the tag.
   */
  Assignment withTagInKey(Assignment assignment) {
    UserKey key = UserKey.of(assignment.key());
    if (!key.isReply() || !reader.find(key.attribute()).map(Definition::tagged).orElse(false)) {
      return assignment;
    }
    Matcher tagged = TAGGED.matcher(assignment.value());
    return tagged.matches()
        ? assignment.readAs(assignment.key() + ":" + tagged.group("tag"), tagged.group("value"))
        : assignment;
  }

  /** What a line says; nothing where it is wrong, which is told. */
  ReplyAttributes read(String attribute, String value, Assignment assignment) {
    return switch (ValueList.parse(value)) {
      case ValueList.Parsed.Malformed(String what, String remedy) -> {
        problems.tell(assignment, what, remedy);
        yield ReplyAttributes.NONE;
      }
      case ValueList.Parsed.Values(List<String> values) ->
          switch (reader.read(attribute, values)) {
            case Reading.Read(ReplyAttributes read) -> {
              warnOfOcserv(read, assignment);
              yield read;
            }
            case Reading.Refused(String what, String remedy) -> {
              problems.tell(assignment, what, remedy);
              yield ReplyAttributes.NONE;
            }
            case Reading.Unknowable() -> ReplyAttributes.NONE;
          };
    };
  }

  private void warnOfOcserv(ReplyAttributes read, Assignment assignment) {
    if (ocservAsks && read.askForOtherServiceThanFramed()) {
      problems.warn(
          assignment,
          "ocserv fails logins whose Service-Type is not Framed-User",
          "Write Framed-User, or remove the line");
    }
  }

  void addToGroup(UserKey key, String value, Assignment assignment) {
    firstOfGroup.putIfAbsent(key.user(), assignment);
    ReplyAttributes read = read(key.attribute(), value, assignment);
    ofGroup.merge(key.user(), read, ReplyAttributes::and);
  }

  /**
   * What an Access-Accept carries for a user: the user's own attributes, then what only groups
   * name.
   *
   * @param groups in the order in which the user's line names them
   * @param line where to tell that it is too much
   */
  ReplyAttributes of(ReplyAttributes own, List<String> groups, Assignment line) {
    ReplyAttributes all = own.or(ofGroups.computeIfAbsent(groups, this::ofGroups));
    if (all.length() > ReplyAttributes.MOST) {
      problems.tell(
          line,
          "the reply attributes have "
              + all.length()
              + " octets, and a packet can carry "
              + ReplyAttributes.MOST,
          "Remove some, of the user or of the groups");
    } else if (all.length() > ReplyAttributes.MOST_FOR_PAM) {
      problems.warn(
          line,
          "the reply attributes have "
              + all.length()
              + " octets, and pam_radius takes "
              + ReplyAttributes.MOST_FOR_PAM,
          "Remove some where pam_radius asks");
    }
    return all;
  }

  /** What an Access-Accept carries for members of each group. */
  GroupReplies groupReplies() {
    return new GroupReplies(ofGroup, reader::isOnce);
  }

  private ReplyAttributes ofGroups(List<String> groups) {
    ReplyAttributes all = ReplyAttributes.NONE;
    for (String group : groups) {
      all = all.and(ofGroup.getOrDefault(group, ReplyAttributes.NONE), reader::isOnce);
    }
    return all;
  }

  void warnOfGroupsWithout(Set<String> known) {
    firstOfGroup.forEach(
        (group, assignment) -> {
          if (!known.contains(group)) {
            Optional<String> meant = NearestName.to(group, new TreeSet<>(known));
            problems.warn(
                assignment,
                "no user is in the group '" + UntrustedText.shown(group) + "'",
                meant
                    .map(near -> "Write '" + UntrustedText.shown(near) + "' if that is meant")
                    .orElse("Name the group in a user's groups, or remove the line"));
          }
        });
  }
}
