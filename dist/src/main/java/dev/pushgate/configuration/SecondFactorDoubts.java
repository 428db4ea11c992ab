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
 * Warns of what is said of the second factor that cannot work together: numbers and codes that no
 * prompt asks for, what needs the key file where there is none, and what plugins do without. Of the
 * users' own entries, see {@link UserDoubts}.
 */
final class SecondFactorDoubts {
  private static final String NUMBER_UNSEEN =
      "a number is asked for, and users see none in mode block: they are refused";
  private static final String NUMBER_REMEDY =
      "Write mode = number or challenge, for the client or the group";

  private static final String CODE_UNASKED =
      "a code is asked for, and nobody can give one in mode block without append: they are refused";
  private static final String CODE_REMEDY =
      "Write mode = challenge or number, or append = on, for the client";

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
    boolean append = isAppendAnywhere(configuration);
    List<Setting> needingKey = new ArrayList<>();
    for (Client client : configuration.clients().values()) {
      Section section = root.section("clients").section(client.name());
      ofFactor(
          section.setting("factor"),
          requirement(client.factor()),
          client.dialogue().mode() == Mode.BLOCK && !doesAGroupPrompt(configuration),
          client.dialogue().append(),
          needingKey);
      Setting remember = section.setting("remember");
      if (remember != null && client.dialogue().remember() != null) {
        needingKey.add(remember);
        ofRemember(remember, client.factor());
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
                    append,
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
                    append,
                    needingKey));
    warnOfMissingKey(needingKey);
  }

  /** Whether no client shows users anything but a refusal. */
  static boolean isEverywhereBlock(Configuration configuration) {
    return configuration.clients().values().stream()
        .allMatch(client -> client.dialogue().mode() == Mode.BLOCK);
  }

  /** Whether some client takes a code behind the password. */
  static boolean isAppendAnywhere(Configuration configuration) {
    return configuration.clients().values().stream().anyMatch(each -> each.dialogue().append());
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
      boolean promptsUnseen,
      boolean append,
      List<Setting> needingKey) {
    if (setting == null || requirement == null) {
      return;
    }
    if (requirement == Requirement.NUMBER && promptsUnseen) {
      setting.warning(NUMBER_UNSEEN, NUMBER_REMEDY);
    }
    if (requirement == Requirement.CODE) {
      needingKey.add(setting);
      if (promptsUnseen && !append) {
        setting.warning(CODE_UNASKED, CODE_REMEDY);
      }
    }
  }

  private static void ofRemember(Setting remember, @Nullable String factor) {
    if (factor == null || Requirement.of(factor).isPresent()) {
      return;
    }
    remember.warning(
        "the plugin " + factor + " is asked at each login, and nothing is remembered",
        "Remove the key");
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
