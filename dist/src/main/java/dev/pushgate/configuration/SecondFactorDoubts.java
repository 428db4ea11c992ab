package dev.pushgate.configuration;

import dev.pushgate.push.policy.GroupRule;
import dev.pushgate.push.policy.Requirement;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Mode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Warns of what is said of the second factor that cannot work together: numbers where none can be
 * shown, and what needs the key file where there is none. Of the users' own entries, see {@link
 * UserDoubts}.
 */
final class SecondFactorDoubts {
  private static final String NUMBER_UNSEEN =
      "a number is asked for, and users see none in mode block: they are refused";
  private static final String NUMBER_REMEDY =
      "Write mode = number or challenge, for the client or the group";

  private final Configuration configuration;
  private final Section root;

  /**
   * @param configuration without mistakes
   * @param root what it was read from
   */
  SecondFactorDoubts(Configuration configuration, Section root) {
    this.configuration = configuration;
    this.root = root;
  }

  void tell() {
    boolean everywhereBlock = isEverywhereBlock(configuration);
    List<Setting> needingKey = new ArrayList<>();
    for (Client client : configuration.clients().values()) {
      Section section = root.section("clients").section(client.name());
      ofFactor(
          section.setting("factor"),
          requirement(client.factor()),
          client.dialogue().mode() == Mode.BLOCK && !doesAGroupPrompt(configuration),
          needingKey);
      Setting remember = section.setting("remember");
      if (remember != null && client.dialogue().remember() != null) {
        needingKey.add(remember);
      }
    }
    configuration
        .secondFactor()
        .policy()
        .groups()
        .forEach(
            (name, rule) ->
                ofFactor(
                    root.section("groups").section(name).setting("factor"),
                    rule.requirement(),
                    isUnseen(rule, everywhereBlock),
                    needingKey));
    configuration
        .secondFactor()
        .policy()
        .networks()
        .forEach(
            rule ->
                ofFactor(
                    root.section("networks").section(rule.name()).setting("factor"),
                    rule.requirement(),
                    everywhereBlock && !doesAGroupPrompt(configuration),
                    needingKey));
    warnOfMissingKey(needingKey);
  }

  /** Whether no client shows users anything but a refusal. */
  static boolean isEverywhereBlock(Configuration configuration) {
    return configuration.clients().values().stream()
        .allMatch(client -> client.dialogue().mode() == Mode.BLOCK);
  }

  /** Whether a group's users are prompted whatever the client's mode is. */
  static boolean doesAGroupPrompt(Configuration configuration) {
    return configuration.secondFactor().policy().groups().values().stream()
        .map(GroupRule::mode)
        .filter(Objects::nonNull)
        .anyMatch(mode -> mode != Mode.BLOCK);
  }

  private static boolean isUnseen(GroupRule rule, boolean everywhereBlock) {
    return rule.mode() == null ? everywhereBlock : rule.mode() == Mode.BLOCK;
  }

  private static @Nullable Requirement requirement(@Nullable String word) {
    return word == null ? null : FactorWords.ALL.get(word);
  }

  private static void ofFactor(
      @Nullable Setting setting,
      @Nullable Requirement requirement,
      boolean numberUnseen,
      List<Setting> needingKey) {
    if (setting == null || requirement == null) {
      return;
    }
    if (requirement == Requirement.NUMBER && numberUnseen) {
      setting.warning(NUMBER_UNSEEN, NUMBER_REMEDY);
    }
    if (requirement == Requirement.CODE) {
      needingKey.add(setting);
    }
  }

  private void warnOfMissingKey(List<Setting> needingKey) {
    if (Files.exists(configuration.secondFactor().keyFile())) {
      return;
    }
    for (Setting setting : needingKey) {
      setting.warning(
          "this needs the key file "
              + configuration.secondFactor().keyFile()
              + ", which is missing",
          "Make it with `pushgate key`");
    }
  }
}
