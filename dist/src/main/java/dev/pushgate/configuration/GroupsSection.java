package dev.pushgate.configuration;

import dev.pushgate.push.policy.GroupRule;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.client.Mode;
import java.util.Map;
import java.util.TreeMap;

/** Reads the section {@code groups}: what users of a group need. */
final class GroupsSection {
  private GroupsSection() {}

  static Map<String, GroupRule> read(Section groups) {
    Map<String, GroupRule> rules = new TreeMap<>();
    for (Section group : groups.sections()) {
      Setting factor = group.setting("factor");
      Requirement requirement = factor == null ? null : FactorWords.requirement(factor);
      Setting asked = group.setting("mode");
      Mode mode = asked == null ? null : asked.word(DialogueKeys.MODES);
      group.refuseUnknown(Vocabulary.GROUP);
      if (!group.has("factor") && !group.has("mode") && group.isSound()) {
        group.warning("nothing is said of this group", "Write factor or mode, or remove it");
      }
      rules.put(group.name(), new GroupRule(requirement, mode));
    }
    return rules;
  }
}
