package dev.pushgate;

import dev.pushgate.push.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLHandshakeException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failed command's reason in a line; a stack trace only for what is a defect of ours. */
final class FailureMessage implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    command.getErr().println("pushgate: " + words(failure));
    boolean expected =
        failure instanceof IOException
            || failure instanceof UncheckedIOException
            || failure instanceof StoreException;
    if (!expected) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String words(Exception failure) {
    return switch (failure) {
      case NoSuchFileException e -> "there is no file " + e.getFile();
      case AccessDeniedException e -> e.getFile() + ": this user has no right to do that";
      case UnknownHostException e -> "there is no host " + e.getMessage();
      case ConnectException _ ->
          "no connection. Is the server running, and can its port be reached from here?";
      case SSLHandshakeException e ->
          "no trusted connection: "
              + e.getMessage()
              + ". Where the server has a certificate of its own making, give that by --trust";
      case StoreException e when e.getCause() != null ->
          e.getMessage() + ": " + e.getCause().getMessage();
      default -> {
        String message = failure.getMessage();
        yield message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
      }
    };
  }
}
