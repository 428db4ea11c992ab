package dev.pushgate.command;

import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.SecondFactorPlugins;
import dev.pushgate.server.Setup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config DIR}, which every command has that reads the configuration. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      paramLabel = "DIR",
      defaultValue = "/etc/pushgate",
      description = "The configuration folder (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("/etc/pushgate");

  Path folder() {
    return folder;
  }

  Setup.Reading read() {
    return Setup.read(
        folder, System.getenv(), SecondFactorPlugins.load().keySet(), InstantSource.system());
  }

  /** Reads all of the configuration; where it is broken, tells every mistake. */
  Optional<Setup.Reading.Usable> readOrTell(PrintWriter err) {
    return switch (read()) {
      case Setup.Reading.Usable usable -> Optional.of(usable);
      case Setup.Reading.Broken broken -> {
        for (Problem problem : broken.problems()) {
          err.println(problem);
        }
        err.println("pushgate: the configuration has mistakes, nothing was done");
        yield Optional.empty();
      }
    };
  }

  /** What pushgate.conf says, without the files that it names. */
  ConfigurationFile.Result file() {
    return ConfigurationFile.load(
        folder, System.getenv(), SecondFactorPlugins.load().keySet(), InstantSource.system());
  }
}
