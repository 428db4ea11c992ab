package dev.pushgate.command;

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

/** {@code pushgate forget}: lets a user's next login ask for the second factor again. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = "Forgets a user's remembered logins: the next one needs the second factor.")
public final class ForgetCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user, as users.properties has the name.")
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
    String name = NamedUser.orTyped(user, setup.get());
    int logins;
    try (State state =
        State.open(setup.get().configuration(), InstantSource.system(), new SecureRandom())) {
      logins = state.rememberedLogins().forget(name);
    }
    if (logins == 0 && NamedUser.find(user, setup.get()).isEmpty()) {
      NamedUser.tellUnknown(user, setup.get(), err);
      return 1;
    }
    out.println(
        logins == 0
            ? "nothing was remembered of " + name
            : "forgotten: " + logins + " remembered logins of " + name);
    return 0;
  }
}
