package dev.pushgate.command.phone;

import picocli.CommandLine.Command;

/** {@code pushgate phone deny}. */
@Command(
    name = "deny",
    mixinStandardHelpOptions = true,
    description = "Waits for a challenge and denies it.")
final class DenyCommand extends OneAnswerCommand {
  @Override
  Answer answer() {
    return Answer.deny;
  }
}
