package dev.pushgate.command;

import java.io.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where a command gets a secret from: an option, the environment, or the keyboard unseen. */
public final class SecretInput {
  private SecretInput() {}

  /**
   * The secret.
   *
   * @param option what the command line gave, or null
   * @param variable of the environment that is looked at next
   * @param prompt shown when a person has to type it
   */
  // Java 22 to 24 gave a console in any case; since 25 there is none again without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  public static String of(
      @Nullable String option, String variable, String prompt, CommandSpec command) {
    if (option != null && !option.isEmpty()) {
      return option;
    }
    String fromEnvironment = System.getenv(variable);
    if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
      return fromEnvironment;
    }
    @Nullable Console console = System.console();
    char @Nullable [] typed =
        console != null && console.isTerminal() ? console.readPassword(prompt) : null;
    if (typed == null || typed.length == 0) {
      throw new ParameterException(
          command.commandLine(),
          prompt.replace(": ", "") + " is missing: set " + variable + " or run this in a terminal");
    }
    return new String(typed);
  }
}
