package dev.pushgate.command.phone;

import picocli.CommandLine.Command;

/** {@code pushgate phone ignore}. */
@Command(
    name = "ignore",
    mixinStandardHelpOptions = true,
    description = "Waits for a challenge and shows it, without an answer.")
final class IgnoreCommand extends OneAnswerCommand {
  @Override
  Answer answer() {
    return Answer.ignore;
  }
}
