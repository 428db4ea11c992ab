package dev.pushgate.push.policy;

import dev.pushgate.radius.client.Network;
import java.net.InetAddress;
import java.util.List;

/**
 * What users need who come from some networks.
 *
 * @param name as the configuration calls it
 * @param networks where it holds; at least one
 * @param requirement the second factor
 * @param overrides whether it goes before all rules that do not override, also where it is less
 *     strict
 */
public record NetworkRule(
    String name, List<Network> networks, Requirement requirement, boolean overrides) {

  public NetworkRule {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("rule " + name + " has no network");
    }
    networks = List.copyOf(networks);
  }

  /** Whether an address lies in one of the networks. */
  boolean matches(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
