package dev.pushgate.command;

import dev.pushgate.radius.user.Lookup;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code pushgate forget}: lets a user start anew, as if nothing had been learnt of past logins.
 */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Forgets what was learnt of a user's logins: those that are remembered, so that the next one",
      "needs the second factor; known places, counted pushes and failures, and a stop of pushes."
    })
public final class ForgetCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user, as users.properties has the name.")
  private String user = "";

  private final InstantSource clock = InstantSource.system();

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
    List<String> forgotten;
    try (State state = State.open(setup.get().configuration(), clock, new SecureRandom())) {
      forgotten = forget(name, state);
    }
    if (forgotten.isEmpty() && found.canonicalName().isEmpty()) {
      NamedUser.tellUnknown(user, found, setup.get(), err);
      return 1;
    }
    if (forgotten.isEmpty()) {
      out.println("nothing was remembered of " + name);
    }
    forgotten.forEach(what -> out.println("forgotten: " + what + " of " + name));
    return 0;
  }

  private List<String> forget(String name, State state) throws IOException, InterruptedException {
    List<String> forgotten = new ArrayList<>();
    int logins = state.rememberedLogins().forget(name);
    if (logins > 0) {
      forgotten.add(logins + " remembered logins");
    }
    if (Administrator.liftStop(state, name, clock)) {
      forgotten.add("the stop of pushes after a report");
    }
    if (state.pushLimits().forget(name)) {
      forgotten.add("known places and counted pushes");
    }
    long failures = state.failures().count(name);
    if (state.failures().forget(name)) {
      forgotten.add(failures + " wrong passwords and codes");
    }
    return forgotten;
  }
}
