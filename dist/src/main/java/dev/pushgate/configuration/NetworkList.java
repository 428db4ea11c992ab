package dev.pushgate.configuration;

import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an address, a network, or a list of them. */
final class NetworkList {
  private NetworkList() {}

  /** All that are sound, each once; the wrong ones and an empty list reported. */
  static List<Network> read(Setting setting) {
    refuseEmpty(setting);
    List<Network> networks = new ArrayList<>();
    for (Setting element : setting.elements()) {
      Network network = network(element);
      if (network != null) {
        networks.add(network);
      }
    }
    return networks.stream().distinct().toList();
  }

  static void refuseEmpty(Setting setting) {
    if (setting.isEmptyList()) {
      setting.problem("the list is empty", "Write an address such as \"192.0.2.1\"");
    }
  }

  /** The network of one element, or null where it is none (reported). */
  static @Nullable Network network(Setting element) {
    String text = element.text();
    if (text == null) {
      return null;
    }
    Network network = AddressText.network(text);
    if (network == null) {
      element.problem(
          Words.quoted(text) + " is neither an IP address nor a network",
          "Write one such as \"192.0.2.1\", \"192.0.2.0/24\" or \"2001:db8::/32\"");
      return null;
    }
    InetAddress address = AddressText.beforeSlash(text);
    if (address != null && !address.equals(network.address())) {
      element.problem(
          Words.quoted(text) + " has bits set behind the prefix",
          "Write \"%s/%d\" for the network or \"%s\" for the one address"
              .formatted(
                  IpLiteral.text(network.address()),
                  network.prefixLength(),
                  IpLiteral.text(address)));
      return null;
    }
    return network;
  }
}
