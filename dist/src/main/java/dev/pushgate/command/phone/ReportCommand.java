package dev.pushgate.command.phone;

import picocli.CommandLine.Command;

/** {@code pushgate phone report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Waits for a challenge, denies it and says that it was not you.")
final class ReportCommand extends OneAnswerCommand {
  @Override
  Answer answer() {
    return Answer.report;
  }
}
