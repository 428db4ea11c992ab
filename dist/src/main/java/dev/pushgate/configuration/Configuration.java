package dev.pushgate.configuration;

import dev.pushgate.push.notifier.webpush.WebPushSettings;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.user.Realms;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that {@code pushgate.conf} says, checked.
 *
 * @param folder the configuration folder, absolute
 * @param push how phones are asked
 * @param callback where phones are listened to
 * @param radius where NASes are listened to
 * @param state the folder that the server writes to, absolute; need not exist yet
 * @param users the file of users, absolute; need not exist
 * @param rehash whether outgrown passwords are stored anew in that file at a login
 * @param sources where users come from
 * @param clients the NASes by name; at least one
 * @param secondFactor what is asked after the password
 */
public record Configuration(
    Path folder,
    PushSettings push,
    CallbackSettings callback,
    RadiusSettings radius,
    Path state,
    Path users,
    boolean rehash,
    SourcesSettings sources,
    Map<String, Client> clients,
    SecondFactorSettings secondFactor) {

  /** The state folder where the configuration names none. */
  public static final Path DEFAULT_STATE = Path.of("/var/lib/pushgate");

  /** The file of users where the configuration names none, relative to its folder. */
  public static final Path DEFAULT_USERS = Path.of("users.properties");

  /**
   * @throws IllegalArgumentException when phones would have no address to call back to
   */
  public Configuration {
    clients = Collections.unmodifiableMap(new TreeMap<>(clients));
    if (callback.publicUrl() == null && push.serverName() == null && push.serverIp() == null) {
      throw new IllegalArgumentException("phones have no address to call back to");
    }
  }

  /**
   * The base address of phones: {@code callback.public-url}, else {@code push.server-name}, else
   * {@code push.server-ip} with the port. IPv6 is in brackets; {@code :443} and a slash at the end
   * are left out.
   */
  public String baseAddress() {
    URI publicUrl = callback.publicUrl();
    if (publicUrl != null) {
      return publicUrl.toString();
    }
    String name = push.serverName();
    InetAddress address = push.serverIp();
    String host = name != null || address == null ? name : AddressText.inUrl(address);
    return "https://" + host + (push.serverPort() == 443 ? "" : ":" + push.serverPort());
  }

  /**
   * The base address of phones as a contact that push services take; empty where it is an IP
   * address or a name without a domain.
   */
  public Optional<String> contact() {
    return Optional.of(baseAddress()).filter(WebPushSettings::isSubject);
  }

  /** Whether a NAS checks passwords itself and says by a name alone who the user is. */
  public boolean isAnyPasswordCheckedByNas() {
    return clients.values().stream()
        .map(Client::sources)
        .anyMatch(from -> from.isPasswordCheckedByNas() && from.names().size() == 1);
  }

  /** Whether the file of users is asked at all, so that it has to be there. */
  public boolean isUsersFileAsked() {
    return Stream.concat(
            Stream.of(sources.order()),
            Stream.concat(
                clients.values().stream().map(client -> client.sources().names()),
                sources.realms().all().stream().map(Realms.Realm::sources)))
        .anyMatch(names -> names.contains(ClientSources.USERS_FILE));
  }

  /** Whether phones call a name, not an IP address. */
  boolean isBaseAddressNamed() {
    String host = URI.create(baseAddress()).getHost();
    return AddressText.address(host.replaceAll("[\\[\\]]", "")) == null;
  }
}
