package dev.pushgate.command;

import dev.pushgate.push.code.RecoveryCodes;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pushgate recovery-codes}: makes codes for the day on which the phone is gone. */
@Command(
    name = "recovery-codes",
    mixinStandardHelpOptions = true,
    description = {
      "Prints ten codes for a user to keep on paper, each good for one login.",
      "Codes that the user had before are void."
    })
public final class RecoveryCodesCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "USER", description = "The user, as users.properties has the name.")
  private String user = "";

  @Option(names = "--left", description = "Tell how many are left, and make none.")
  private boolean left;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err);
    if (setup.isEmpty()) {
      return 1;
    }
    Optional<String> name = NamedUser.orTell(user, setup.get(), err);
    if (name.isEmpty()) {
      return 1;
    }
    try (State state =
        State.open(setup.get().configuration(), InstantSource.system(), new SecureRandom())) {
      RecoveryCodes codes = state.recoveryCodes();
      if (left) {
        out.println(codes.left(name.get()));
      } else {
        codes.issue(name.get()).forEach(out::println);
        err.println(
            "Each is good for one login of "
                + name.get()
                + "; codes of before are void. They are shown this once: hand them over with care.");
      }
    }
    return 0;
  }
}
