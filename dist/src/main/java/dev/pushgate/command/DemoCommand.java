package dev.pushgate.command;

import dev.pushgate.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pushgate demo}: a throw-away server with one login played through. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a throw-away server on loopback, plays one whole login by itself, then stays and",
      "shows how to try it by hand."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(names = "--once", description = "End after the login.")
  private boolean once;

  @Option(
      names = "--lan",
      description =
          "Let phones of this network try too: also listen on the address of the default route.")
  private boolean lan;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Keep everything in this folder (default: a temporary one).")
  private @Nullable Path folder;

  @Option(
      names = "--radius-port",
      paramLabel = "N",
      description = "UDP port, 0 for a free one (default: 1812, or a free one where it is taken).")
  private @Nullable Integer radiusPort;

  @Option(
      names = "--callback-port",
      paramLabel = "N",
      description = "TCP port, 0 for a free one (default: 4433, or a free one where it is taken).")
  private @Nullable Integer callbackPort;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    requirePort(command, "--radius-port", radiusPort);
    requirePort(command, "--callback-port", callbackPort);
    PrintWriter out = command.commandLine().getOut();
    try (UntilTerminated end = UntilTerminated.begin();
        Demo demo = Demo.start(folder, radiusPort, callbackPort, lan)) {
      boolean accepted = demo.playLogin(out);
      if (!accepted) {
        return 1;
      }
      if (!once) {
        demo.explain(out);
        end.await(demo.server());
      }
    }
    return 0;
  }

  private static void requirePort(CommandSpec command, String option, @Nullable Integer port) {
    if (port != null && (port < 0 || port > 65535)) {
      throw new ParameterException(command.commandLine(), option + ": " + port + " is not a port");
    }
  }
}
