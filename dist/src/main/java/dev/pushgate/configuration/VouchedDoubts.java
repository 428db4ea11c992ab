package dev.pushgate.configuration;

import dev.pushgate.push.policy.NetworkRule;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.client.Client;
import java.util.List;
import java.util.Map;

/**
 * Refuses what would let users in without any proof, where a NAS checks the passwords itself: no
 * second factor, and one that is remembered.
 */
final class VouchedDoubts {
  private static final String NOTHING_PROVED =
      "%s checks the passwords itself (source = nas), so users would come in without any proof here";

  private VouchedDoubts() {}

  static void refuse(Map<String, Client> clients, List<NetworkRule> networks, Section root) {
    List<Client> vouching =
        clients.values().stream()
            .filter(client -> client.sources().isPasswordCheckedByNas())
            .toList();
    for (Client client : vouching) {
      Section section = root.section("clients").section(client.name());
      Setting factor = section.setting("factor");
      if (factor != null && Requirement.NONE.word().equals(client.factor())) {
        factor.problem(NOTHING_PROVED.formatted(client.name()), "Write push-or-code");
      }
      Setting remember = section.setting("remember");
      if (remember != null && client.dialogue().remember() != null) {
        remember.problem(NOTHING_PROVED.formatted(client.name()), "Remove the key");
      }
    }
    for (NetworkRule network : networks) {
      Setting factor = root.section("networks").section(network.name()).setting("factor");
      if (!vouching.isEmpty()
          && factor != null
          && network.overrides()
          && network.requirement() == Requirement.NONE) {
        factor.problem(
            NOTHING_PROVED.formatted(vouching.getFirst().name()),
            "Write push-or-code, or remove overrides");
      }
    }
  }
}
