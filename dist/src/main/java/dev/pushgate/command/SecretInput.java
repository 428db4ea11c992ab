package dev.pushgate.command;

import java.io.Console;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where a command gets a secret from: an option, the environment, or the keyboard unseen. */
final class SecretInput {
  private SecretInput() {}

  /**
   * The secret.
   *
   * @param option what the command line gave, or null
   * @param variable of the environment that is looked at next
   * @param prompt shown when a person has to type it
   */
  static String of(@Nullable String option, String variable, String prompt, CommandSpec command) {
    if (option != null && !option.isEmpty()) {
      return option;
    }
    String fromEnvironment = System.getenv(variable);
    if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
      return fromEnvironment;
    }
    Console console = Objects.requireNonNull(System.console());
    char @Nullable [] typed = console.isTerminal() ? console.readPassword(prompt) : null;
    if (typed == null || typed.length == 0) {
      throw new ParameterException(
          command.commandLine(),
          prompt.replace(": ", "") + " is missing: set " + variable + " or run this in a terminal");
    }
    return new String(typed);
  }
}
