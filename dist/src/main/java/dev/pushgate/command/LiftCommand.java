package dev.pushgate.command;

import dev.pushgate.radius.user.Lookup;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate lift}: lets pushes go to a user again after a report. */
@Command(
    name = "lift",
    mixinStandardHelpOptions = true,
    description = {
      "Lets pushes go to a user again who has reported a login. Have the password changed first:",
      "somebody else knows it."
    })
public final class LiftCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user, as 'status' shows the name.")
  private String user = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err);
    if (setup.isEmpty()) {
      return 1;
    }
    // Of a user who has been removed something may be left.
    Lookup found = NamedUser.lookup(user, null, setup.get());
    String name = found.canonicalName().orElse(user);
    InstantSource clock = InstantSource.system();
    boolean stopped;
    try (State state = State.open(setup.get().configuration(), clock, new SecureRandom())) {
      stopped = Administrator.liftStop(state, name, clock);
    }
    if (stopped) {
      out.println(name + " gets pushes again, wherever the login comes from");
      return 0;
    }
    if (found.canonicalName().isPresent()) {
      err.println("pushgate: pushes to " + name + " are not stopped");
    } else {
      NamedUser.tellUnknown(user, found, setup.get(), err);
    }
    return 1;
  }
}
