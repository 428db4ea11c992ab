package dev.pushgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.Pushgate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/commands.md, against the commands and options that there are. */
class CommandsPageTest {
  private static final Path PAGE = Path.of("../docs/commands.md");

  /** Headings of commands are in lower case, those of other sections are not. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^##+ ([a-z].*)\\n((?:(?!^##).*\\n?)*)");

  private static final Pattern OPTION = Pattern.compile("(?m)^\\| `(--[a-z-]+(?: [^`]+)?)` \\|");

  /** Options in the page by command: with what follows them, as in {@code --wait SECONDS}. */
  private static Map<String, Set<String>> described() throws IOException {
    Map<String, Set<String>> commands = new TreeMap<>();
    COMMAND
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(
            command ->
                commands.put(
                    command.group(1),
                    OPTION
                        .matcher(command.group(2))
                        .results()
                        .map((MatchResult option) -> option.group(1))
                        .collect(Collectors.toCollection(TreeSet::new))));
    return commands;
  }

  private static void collect(CommandLine command, Map<String, Set<String>> into) {
    for (CommandLine each : Set.copyOf(command.getSubcommands().values())) {
      Set<String> options =
          each.getCommandSpec().options().stream()
              .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
              .map(CommandsPageTest::shown)
              .collect(Collectors.toCollection(TreeSet::new));
      String heading =
          each.getCommandSpec().qualifiedName().replaceFirst("pushgate ", "")
              + each.getCommandSpec().positionalParameters().stream()
                  .map(CommandsPageTest::shown)
                  .collect(Collectors.joining());
      if (each.getSubcommands().isEmpty() || !options.isEmpty()) {
        into.put(heading, options);
      }
      collect(each, into);
    }
  }

  private static String shown(PositionalParamSpec parameter) {
    return parameter.arity().min() == 0
        ? " [" + parameter.paramLabel() + "]"
        : " " + parameter.paramLabel();
  }

  private static String shown(OptionSpec option) {
    String parameter = option.paramLabel();
    return option.longestName()
        + (option.arity().max() == 0
            ? ""
            : option.arity().min() == 0 ? " [" + parameter + "]" : " " + parameter);
  }

  @Test
  void page_describesEachCommandWithItsOptionsAndNoOthers() throws IOException {
    Map<String, Set<String>> there = new TreeMap<>();
    collect(Pushgate.commandLine(), there);

    assertThat(described()).isEqualTo(there);
  }
}
