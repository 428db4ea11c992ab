package dev.pushgate.configuration;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.dictionary.ReplyAttributeReader;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code clients}. */
final class ClientsSection {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** What to do about a name that {@link #isName} refuses. */
  static final String NAME_REMEDY = "Use 1 to 64 letters, digits, dots, hyphens and underscores";

  private static final Duration LEAST_ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final Duration MOST_ANSWER_WITHIN = Duration.ofMinutes(5);
  private static final Set<String> MODES_TO_COME = Set.of("challenge", "number");
  private static final Set<String> FACTORS_TO_COME =
      Set.of("deny", "number", "code", "push-or-code");

  private final Set<String> knownFactors;
  private final ClientSecrets secrets;
  private final LoginGroups groups = new LoginGroups();
  private final ReplyAttributeReader replies;
  private final Map<Network, Owner> owners = new HashMap<>();

  /**
   * @param knownFactors names of the plugins that are installed
   * @param dictionary what reply attributes there are
   * @param files collects the files that are named
   */
  ClientsSection(Path folder, Set<String> knownFactors, Dictionary dictionary, Set<Path> files) {
    this.knownFactors = knownFactors;
    this.secrets = new ClientSecrets(folder, files);
    this.replies = new ReplyAttributeReader(dictionary);
  }

  private record Owner(String client, Place place) {}

  /** Whether a client or a group of them can be called so. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  Map<String, Client> read(Section root) {
    Section section = root.section("clients");
    List<Section> all = section.sections();
    if (all.isEmpty() && section.isSound()) {
      section.problem(
          "there is no client, so no login could be answered",
          "Write one: clients { NAME { address = \"192.0.2.1\", secret-file = \"NAME.secret\" } }");
    }
    Map<String, Client> clients = new TreeMap<>();
    for (Section each : all) {
      Client client = client(each);
      if (client != null) {
        clients.put(client.name(), client);
      }
    }
    groups.check(all.stream().map(Section::name).toList());
    return clients;
  }

  private @Nullable Client client(Section section) {
    String name = section.name();
    boolean named = isName(name);
    if (!named) {
      section.problem("the name of a client cannot be " + Words.quoted(name), NAME_REMEDY);
    }
    List<Network> addresses = addresses(section);
    SharedSecret secret = secrets.of(section);
    MessageAuthenticatorRule rule =
        section.word(
            "message-authenticator",
            words(MessageAuthenticatorRule.values(), MessageAuthenticatorRule::word),
            MessageAuthenticatorRule.AUTO);
    ClientKind kind =
        section.word("kind", words(ClientKind.values(), ClientKind::word), ClientKind.GENERIC);
    Duration answerWithin =
        section.duration("answer-within", LEAST_ANSWER_WITHIN, MOST_ANSWER_WITHIN, preset(kind));
    checkMode(section.setting("mode"));
    String factor = factor(section.setting("factor"));
    String loginGroup = groups.of(section);
    ReplyAttributes reply = new ReplySection(replies, kind).read(section.section("reply"));
    section.refuseUnknown(Vocabulary.CLIENT);
    return !named || addresses.isEmpty() || secret == null
        ? null
        : new Client(
            name,
            addresses,
            secret,
            kind,
            rule,
            answerWithin,
            factor,
            loginGroup,
            ClientDialogue.DEFAULT,
            reply);
  }

  /** How long products of a kind wait where they are set up as their makers say. */
  private static Duration preset(ClientKind kind) {
    return switch (kind) {
      case STRONGSWAN -> Duration.ofSeconds(14);
      case PALOALTO, CISCO_ASA -> Duration.ofSeconds(30);
      case FORTIGATE, GENERIC, PAM, OPENVPN, OCSERV -> Client.DEFAULT_ANSWER_WITHIN;
    };
  }

  private List<Network> addresses(Section section) {
    Setting setting = section.setting("address");
    if (setting == null) {
      if (!section.has("address")) {
        section.missing(
            "address",
            "the client has no address",
            "Set it to the address that its datagrams come from, such as \"192.0.2.1\"");
      }
      return List.of();
    }
    List<Network> networks = new ArrayList<>();
    List<Setting> elements = setting.elements();
    if (setting.isEmptyList()) {
      setting.problem("the list is empty", "Write an address such as \"192.0.2.1\"");
    }
    for (Setting element : elements) {
      Network network = network(element);
      if (network != null && isFree(network, section.name(), element)) {
        networks.add(network);
      }
    }
    return networks.stream().distinct().toList();
  }

  private static @Nullable Network network(Setting element) {
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

  private boolean isFree(Network network, String client, Setting element) {
    Owner owner = owners.putIfAbsent(network, new Owner(client, element.place()));
    if (owner == null || owner.client().equals(client)) {
      return true;
    }
    element.problem(
        "%s/%d belongs to client %s (%s) already"
            .formatted(
                IpLiteral.text(network.address()),
                network.prefixLength(),
                owner.client(),
                owner.place()),
        "Leave it with one of the two");
    return false;
  }

  private static void checkMode(@Nullable Setting setting) {
    String mode = setting == null ? null : setting.text();
    if (setting == null || mode == null || mode.equals("block")) {
      return;
    }
    setting.problem(
        Words.quoted(mode)
            + (MODES_TO_COME.contains(mode) ? " is not available yet" : " is not known here"),
        "Write block");
  }

  private String factor(@Nullable Setting setting) {
    String factor = setting == null ? null : setting.text();
    if (setting == null || factor == null || factor.equals(Client.DEFAULT_FACTOR)) {
      return Client.DEFAULT_FACTOR;
    }
    Set<String> usable = new TreeSet<>(knownFactors);
    usable.removeAll(FACTORS_TO_COME);
    usable.remove("none");
    usable.add(Client.DEFAULT_FACTOR);
    if (factor.equals("none")) {
      setting.problem(
          "'none' would let users in by their password alone, and is not available yet",
          "Write " + Words.alternatives(usable));
    } else if (FACTORS_TO_COME.contains(factor)) {
      setting.problem(
          Words.quoted(factor) + " is not available yet", "Write " + Words.alternatives(usable));
    } else if (!usable.contains(factor)) {
      setting.problem(
          Words.quoted(factor) + " is neither push nor an installed plugin",
          "Write " + Words.alternatives(usable) + ", or install the plugin");
    }
    return factor;
  }

  private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
    Map<String, T> words = new LinkedHashMap<>();
    for (T value : values) {
      words.put(word.apply(value), value);
    }
    return words;
  }
}
