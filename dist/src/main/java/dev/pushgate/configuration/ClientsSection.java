package dev.pushgate.configuration;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.dictionary.ReplyAttributeReader;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code clients}. */
final class ClientsSection {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** What to do about a name that {@link #isName} refuses. */
  static final String NAME_REMEDY = "Use 1 to 64 letters, digits, dots, hyphens and underscores";

  private static final Duration LEAST_ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final Duration MOST_ANSWER_WITHIN = Duration.ofMinutes(5);

  private static final Map<String, ClientKind> KINDS =
      Words.table(ClientKind.values(), ClientKind::word);

  private final Set<String> plugins;
  private final Language language;
  private final SourcesSection sources;
  private final ClientSecrets secrets;
  private final LoginGroups groups = new LoginGroups();
  private final ReplyAttributeReader replies;
  private final Map<Network, Owner> owners = new HashMap<>();

  /**
   * @param plugins names of the plugins that are installed
   * @param language of clients that name none
   * @param sources knows the sources of users, has been read
   * @param dictionary what reply attributes there are
   * @param files collects the files that are named
   */
  ClientsSection(
      Path folder,
      Set<String> plugins,
      Language language,
      SourcesSection sources,
      Dictionary dictionary,
      Set<Path> files) {
    this.plugins = plugins;
    this.language = language;
    this.sources = sources;
    this.secrets = new ClientSecrets(folder, files, "client", "NAS");
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
            Words.table(MessageAuthenticatorRule.values(), MessageAuthenticatorRule::word),
            MessageAuthenticatorRule.AUTO);
    ClientKind kind = section.word("kind", KINDS, ClientKind.GENERIC);
    Duration answerWithin =
        section.duration(
            "answer-within",
            LEAST_ANSWER_WITHIN,
            MOST_ANSWER_WITHIN,
            KindPreset.of(kind).answerWithin());
    Setting factorAsSet = section.setting("factor");
    String factor = factorAsSet == null ? null : FactorWords.ofClient(factorAsSet, plugins);
    ClientDialogue dialogue = DialogueKeys.read(section, kind, language);
    String loginGroup = groups.of(section);
    ClientSources from = sources.ofClient(section);
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
            from,
            dialogue,
            reply);
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
    NetworkList.refuseEmpty(setting);
    for (Setting element : setting.elements()) {
      Network network = NetworkList.network(element);
      if (network != null && isFree(network, section.name(), element)) {
        networks.add(network);
      }
    }
    return networks.stream().distinct().toList();
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
}
