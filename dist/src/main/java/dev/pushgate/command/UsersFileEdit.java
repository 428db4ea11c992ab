package dev.pushgate.command;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.SecondFactorPlugins;
import dev.pushgate.radius.user.UsersFileEditor;
import dev.pushgate.radius.user.UsersFileEditor.Edited;
import dev.pushgate.server.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A change of the users file that a configuration names. */
@FunctionalInterface
interface UsersFileEdit {
  /** How long to wait for others who edit the file. */
  Duration PATIENCE = Duration.ofSeconds(10);

  /** Makes the change. */
  Edited in(UsersFileEditor editor) throws IOException, InterruptedException;

  /**
   * Makes the change and tells what hinders it, if so.
   *
   * @return what came of it; empty where nothing was changed
   */
  default Optional<Edited> make(ConfigurationFile.Result configured, PrintWriter err)
      throws IOException, InterruptedException {
    UsersFileEditor editor =
        new UsersFileEditor(
            Setup.usersFile(
                configured, SecondFactorPlugins.load().keySet(), InstantSource.system()),
            PATIENCE);
    Edited edited;
    try (NewUsersFile made = NewUsersFile.at(configured.users(), serverFolder(configured))) {
      edited = in(editor);
      made.keepIf(!(edited instanceof Edited.Refused));
    }
    if (edited instanceof Edited.Refused refused) {
      for (Problem problem : refused.problems()) {
        err.println(problem);
      }
      err.println("pushgate: nothing was changed");
      return Optional.empty();
    }
    return Optional.of(edited);
  }

  /** A folder that the server's user owns, as far as the configuration tells. */
  private static Path serverFolder(ConfigurationFile.Result configured) {
    return switch (configured) {
      case ConfigurationFile.Result.Loaded loaded -> loaded.configuration().state();
      case ConfigurationFile.Result.Broken broken -> Configuration.DEFAULT_STATE;
    };
  }
}
