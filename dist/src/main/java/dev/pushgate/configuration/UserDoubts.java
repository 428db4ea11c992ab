package dev.pushgate.configuration;

import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Account;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Warns of what users and {@code pushgate.conf} say of the second factor and cannot both mean. */
public final class UserDoubts {
  private static final int NAMED = 3;

  private final Configuration configuration;
  private final List<User> users;
  private final List<Problem> warnings = new ArrayList<>();

  private UserDoubts(Configuration configuration, Users users) {
    this.configuration = configuration;
    this.users = users.accounts().stream().map(Account::user).toList();
  }

  /** All that there are; a warning names some users and counts the others. */
  public static List<Problem> of(Configuration configuration, Users users) {
    UserDoubts doubts = new UserDoubts(configuration, users);
    doubts.ofNumbers();
    doubts.ofCodes();
    doubts.ofGroups();
    doubts.ofNoFactor();
    return List.copyOf(doubts.warnings);
  }

  private void ofNumbers() {
    List<User> asked = whoHas(Requirement.NUMBER);
    if (!asked.isEmpty()
        && SecondFactorDoubts.isEverywhereBlock(configuration)
        && !SecondFactorDoubts.doesAGroupPrompt(configuration)) {
      warnOfUsers(
          asked,
          "a number is asked for, and no client shows one in mode block: they are refused",
          "Set mode = number for a client or a group");
    }
  }

  private void ofCodes() {
    List<User> asked = whoHas(Requirement.CODE);
    Path keyFile = configuration.secondFactor().keyFile();
    if (!asked.isEmpty() && !Files.exists(keyFile)) {
      warnOfUsers(
          asked,
          "a code is asked for, which needs the key file " + keyFile + ", and there is none",
          "Make it with `pushgate key`");
    }
    if (!asked.isEmpty()
        && SecondFactorDoubts.isEverywhereBlock(configuration)
        && !SecondFactorDoubts.doesAGroupPrompt(configuration)
        && !SecondFactorDoubts.isAppendAnywhere(configuration)) {
      warnOfUsers(
          asked,
          "a code is asked for, and no client takes one in mode block without append: they are"
              + " refused",
          "Set mode = challenge or append = on for a client");
    }
  }

  /** What lets them in elsewhere lets them in nowhere that nothing else is checked. */
  private void ofNoFactor() {
    List<User> exempt = whoHas(Requirement.NONE);
    configuration.clients().values().stream()
        .filter(client -> client.sources().isPasswordCheckedByNas() && client.factor() == null)
        .findFirst()
        .filter(_ -> !exempt.isEmpty())
        .ifPresent(
            client ->
                warnOfUsers(
                    exempt,
                    "no factor is wanted, and "
                        + client.name()
                        + " checks the passwords itself: they are refused there",
                    "Set clients." + client.name() + ".factor, or remove the line"));
  }

  private void ofGroups() {
    if (!configuration.sources().sources().isEmpty()) {
      // Who is in which group at a directory is not known here.
      return;
    }
    Set<String> known =
        users.stream()
            .flatMap(user -> user.groups().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    for (String group : new TreeSet<>(configuration.secondFactor().policy().groups().keySet())) {
      if (!known.contains(group)) {
        warnings.add(
            new Problem(
                ConfigurationFile.NAME,
                0,
                "groups." + UntrustedText.shown(group),
                "no user is in this group",
                NearestName.to(group, known)
                    .map(near -> "Write " + UntrustedText.shown(near) + " if that is meant")
                    .orElse("Name the group in a user's groups, or remove it")));
      }
    }
  }

  private List<User> whoHas(Requirement requirement) {
    return users.stream().filter(user -> requirement.word().equals(user.factor())).toList();
  }

  private void warnOfUsers(List<User> who, String what, String remedy) {
    String names =
        who.stream()
            .limit(NAMED)
            .map(user -> UntrustedText.shown(user.name()))
            .collect(Collectors.joining(", "));
    int more = who.size() - NAMED;
    warnings.add(
        new Problem(
            configuration.users().toString(),
            0,
            UntrustedText.shown(who.getFirst().name()) + ".factor",
            "of " + names + (more > 0 ? " and " + more + " more" : "") + " " + what,
            remedy));
  }
}
