package dev.pushgate.configuration;

import dev.pushgate.push.policy.NetworkRule;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.client.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code networks}: what users need who come from there. */
final class NetworksSection {
  private static final Map<String, Boolean> TRUTHS = Words.table("true", true, "false", false);

  private NetworksSection() {}

  static List<NetworkRule> read(Section networks) {
    List<NetworkRule> rules = new ArrayList<>();
    for (Section each : networks.sections()) {
      List<Network> addresses = addresses(each);
      Requirement requirement = requirement(each);
      boolean overrides = each.word("overrides", TRUTHS, false);
      each.refuseUnknown(Vocabulary.NETWORK);
      if (!addresses.isEmpty() && requirement != null) {
        rules.add(new NetworkRule(each.name(), addresses, requirement, overrides));
      }
    }
    return rules;
  }

  private static List<Network> addresses(Section section) {
    Setting setting = section.setting("address");
    if (setting == null) {
      if (!section.has("address")) {
        section.missing(
            "address",
            "it is not said which network this is",
            "Set it to where users come from, such as \"198.51.100.0/24\"");
      }
      return List.of();
    }
    return NetworkList.read(setting);
  }

  private static @Nullable Requirement requirement(Section section) {
    Setting setting = section.setting("factor");
    if (setting == null && !section.has("factor")) {
      section.missing(
          "factor",
          "it is not said what users need who come from there",
          "Write " + Words.alternatives(FactorWords.ALL.keySet()));
    }
    return setting == null ? null : FactorWords.requirement(setting);
  }
}
