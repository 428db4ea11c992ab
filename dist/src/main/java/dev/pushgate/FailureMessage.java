package dev.pushgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failed command's reason in a line; a stack trace only for what is a defect of ours. */
final class FailureMessage implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    command.getErr().println("pushgate: " + words(failure));
    boolean expected = failure instanceof IOException || failure instanceof UncheckedIOException;
    if (!expected) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String words(Exception failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
