package dev.pushgate.command.phone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pushgate phone approve}. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = "Waits for a challenge and approves it.")
final class ApproveCommand extends OneAnswerCommand {
  @Option(
      names = "--match",
      paramLabel = "TEXT",
      description = "What the VPN shows, where it shows a number to type or an option to choose.")
  private @Nullable String match;

  @Override
  Answer answer() {
    return Answer.approve;
  }

  @Override
  @Nullable String match() {
    return match;
  }
}
