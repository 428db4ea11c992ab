package dev.pushgate.radius.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fixed set of clients; of several whose networks hold an address, the longest prefix wins. */
public final class Clients implements ClientDirectory {
  private record Entry(Network network, Client client) {}

  private final Map<InetAddress, Client> hosts = new HashMap<>();
  private final List<Entry> networks = new ArrayList<>();

  /**
   * @throws IllegalArgumentException when two clients have the very same network
   */
  public Clients(List<Client> clients) {
    Map<Network, Client> seen = new HashMap<>();
    for (Client client : clients) {
      for (Network network : client.addresses()) {
        Client other = seen.put(network, client);
        if (other != null) {
          throw new IllegalArgumentException(
              "clients " + other.name() + " and " + client.name() + " both have " + network);
        }
        if (network.prefixLength() == network.address().getAddress().length * 8) {
          hosts.put(network.address(), client);
        } else {
          networks.add(new Entry(network, client));
        }
      }
    }
    networks.sort(
        Comparator.comparingInt((Entry entry) -> entry.network().prefixLength()).reversed());
  }

  /** As the constructor, for a handful of clients. */
  public static Clients of(Client... clients) {
    return new Clients(List.of(clients));
  }

  @Override
  public Optional<Client> find(InetAddress source) {
    Client host = hosts.get(source);
    if (host != null) {
      return Optional.of(host);
    }
    if (networks.isEmpty()) {
      return Optional.empty();
    }
    byte[] octets = source.getAddress();
    for (Entry entry : networks) {
      if (entry.network().contains(octets)) {
        return Optional.of(entry.client());
      }
    }
    return Optional.empty();
  }
}
