package dev.pushgate.push.policy;

import dev.pushgate.push.policy.Ground.Aspect;
import dev.pushgate.push.policy.Ground.Origin;
import dev.pushgate.push.policy.Ground.Weight;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.user.User;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who needs what: tells for a login which second factor it takes and how the user is asked.
 *
 * <p>The user's own entry, the user's groups, the client and the networks of the user's address may
 * each ask for a factor. The strictest wins, in the order of {@link Requirement}, unless a network
 * that matches is said to override: then the strictest of those. Where nothing at all is said it is
 * {@link Requirement#PUSH_OR_CODE}. A group's mode goes before the client's; of several groups the
 * one that shows the user the most: a number before a prompt before waiting.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A network rule is never matched by guessing: where the NAS tells no address, or one that does
 * not parse as an address, none matches, so that an exemption for a network is not given. The
 * converse holds too: a stricter rule for a network does not match either, so what must always hold
 * belongs to the client or a group.
 *
 * @param groups rules by the name of the group, as users have it
 * @param networks rules for where users come from; several may match one address
 */
public record Policy(Map<String, GroupRule> groups, List<NetworkRule> networks) {
  /** The policy of a configuration that has no groups and no networks. */
  public static final Policy DEFAULT = new Policy(Map.of(), List.of());

  public Policy {
    groups = Map.copyOf(groups);
    networks = List.copyOf(networks);
  }

  private record Rule(Origin origin, String name, Requirement requirement, boolean overrides) {}

  /** What this login takes, and why. */
  public Decision decide(Login login) {
    List<Ground> grounds = new ArrayList<>();
    Requirement requirement = requirement(login, grounds);
    Mode mode = mode(login.user(), login.client(), grounds);
    return new Decision(requirement, mode, List.copyOf(grounds));
  }

  /**
   * The plugin that the user's own entry, or else the client, names as the factor; it is asked in
   * place of this server's own factor. Empty where both say nothing, or the first that says
   * something says a word of {@link Requirement}.
   */
  public static Optional<String> plugin(User user, Client client) {
    return Optional.ofNullable(user.factor() == null ? client.factor() : user.factor())
        .filter(word -> Requirement.of(word).isEmpty());
  }

  private Requirement requirement(Login login, List<Ground> grounds) {
    List<Rule> rules = rules(login, grounds);
    if (rules.isEmpty()) {
      grounds.add(
          new Ground(
              Origin.DEFAULT,
              "",
              Aspect.FACTOR,
              Requirement.PUSH_OR_CODE.word(),
              Weight.NOTHING_ELSE));
      return Requirement.PUSH_OR_CODE;
    }
    List<Rule> overriding = rules.stream().filter(Rule::overrides).toList();
    List<Rule> candidates = overriding.isEmpty() ? rules : overriding;
    Requirement strictest =
        candidates.stream().map(Rule::requirement).min(Comparator.naturalOrder()).orElseThrow();
    for (Rule rule : rules) {
      grounds.add(
          new Ground(
              rule.origin(),
              rule.name(),
              Aspect.FACTOR,
              rule.requirement().word(),
              weight(rule, strictest, !overriding.isEmpty())));
    }
    return strictest;
  }

  private static Weight weight(Rule rule, Requirement strictest, boolean anyOverrides) {
    if (anyOverrides && !rule.overrides()) {
      return Weight.OVERRIDDEN;
    }
    if (rule.requirement() != strictest) {
      return Weight.LESS_STRICT;
    }
    return rule.overrides() ? Weight.OVERRIDES : Weight.STRICTEST;
  }

  /** All that match; a plugin that is named goes into the grounds, for it asks for no word. */
  private List<Rule> rules(Login login, List<Ground> grounds) {
    List<Rule> rules = new ArrayList<>();
    User user = login.user();
    add(Origin.USER, user.name(), user.factor(), Weight.PLUGIN, rules, grounds);
    for (String group : new TreeSet<>(user.groups())) {
      GroupRule rule = groups.get(group);
      if (rule != null && rule.requirement() != null) {
        rules.add(new Rule(Origin.GROUP, group, rule.requirement(), false));
      }
    }
    Client client = login.client();
    add(
        Origin.CLIENT,
        client.name(),
        client.factor(),
        user.factor() == null ? Weight.PLUGIN : Weight.PLUGIN_OF_CLIENT,
        rules,
        grounds);
    Optional<InetAddress> from = login.userIp();
    for (NetworkRule network : networks) {
      if (from.map(network::matches).orElse(false)) {
        rules.add(
            new Rule(Origin.NETWORK, network.name(), network.requirement(), network.overrides()));
      }
    }
    return rules;
  }

  private static void add(
      Origin origin,
      String name,
      @Nullable String word,
      Weight ofPlugin,
      List<Rule> rules,
      List<Ground> grounds) {
    if (word == null) {
      return;
    }
    Requirement.of(word)
        .ifPresentOrElse(
            requirement -> rules.add(new Rule(origin, name, requirement, false)),
            () -> grounds.add(new Ground(origin, name, Aspect.FACTOR, word, ofPlugin)));
  }

  private Mode mode(User user, Client client, List<Ground> grounds) {
    Map<String, Mode> modes = new TreeMap<>();
    for (String group : user.groups()) {
      GroupRule rule = groups.get(group);
      if (rule != null && rule.mode() != null) {
        modes.put(group, rule.mode());
      }
    }
    Mode ofClient = client.dialogue().mode();
    Mode chosen = modes.values().stream().max(Comparator.naturalOrder()).orElse(ofClient);
    modes.forEach(
        (group, mode) ->
            grounds.add(
                new Ground(
                    Origin.GROUP,
                    group,
                    Aspect.MODE,
                    mode.word(),
                    mode == chosen ? Weight.BEFORE_CLIENT : Weight.SHOWS_LESS)));
    grounds.add(
        new Ground(
            Origin.CLIENT,
            client.name(),
            Aspect.MODE,
            ofClient.word(),
            modes.isEmpty() ? Weight.NOTHING_ELSE : Weight.BEHIND_GROUP));
    return chosen;
  }
}
