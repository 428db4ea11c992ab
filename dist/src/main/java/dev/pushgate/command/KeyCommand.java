package dev.pushgate.command;

import dev.pushgate.push.code.StoredSecrets;
import dev.pushgate.push.secret.KeyFile;
import dev.pushgate.push.secret.KeyRing;
import dev.pushgate.radius.file.EditLock;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pushgate key}: makes, shows and rotates the keys that secrets are encrypted with. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the key file, by which secrets in the state folder are encrypted.",
      "Where there is one, tells what is in it; keys are never shown."
    },
    synopsisSubcommandLabel = "[rotate | prune]")
public final class KeyCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private ConfigurationOption ofThis = new ConfigurationOption();

  private final SecureRandom random = new SecureRandom();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Optional<Setup.Reading.Usable> setup = ofThis.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    KeyFile file = file(setup.get());
    if (file.create(ownerFor(setup.get().configuration().state()))) {
      out().println("made " + file.path());
      err()
          .println(
              "Keep a copy in a safe place, apart from copies of the state folder: without these"
                  + " keys nobody can read the secrets in it.");
    }
    return switch (file.read()) {
      case KeyFile.Reading.Read(KeyRing keys) -> {
        List<String> names = keys.names();
        out().println(names.size() + (names.size() == 1 ? " key" : " keys, the newest first"));
        names.forEach(out()::println);
        yield 0;
      }
      case KeyFile.Reading.Missing() -> {
        err().println("pushgate: " + file.path() + " has gone just now");
        yield 1;
      }
      case KeyFile.Reading.Broken(var problems) -> {
        problems.forEach(err()::println);
        yield 1;
      }
    };
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a new key and encrypts all secrets with it. Older keys stay in the file.",
        "Logins that were remembered need the second factor again."
      })
  int rotate(@Mixin ConfigurationOption configuration) throws IOException, InterruptedException {
    requireOptionsBehind("rotate");
    return locked(
        configuration,
        (file, setup) -> {
          // The file comes first, while this may still be root: a secret never needs a key that is
          // not in it. The server reads it anew when it meets a key that it does not know.
          String added = file.addKey();
          try (State state = open(setup)) {
            int secrets = new StoredSecrets(state.store(), state.keys()).encryptAnew();
            out().println("added key " + added + " and encrypted " + secrets + " secrets with it");
          }
          err()
              .println(
                  "Copy the file anew. The older keys are needed for copies of the state folder"
                      + " alone; 'pushgate key prune' removes them.");
        });
  }

  @Command(
      name = "prune",
      mixinStandardHelpOptions = true,
      description = "Removes from the key file the keys that no secret needs any more.")
  int prune(@Mixin ConfigurationOption configuration) throws IOException, InterruptedException {
    requireOptionsBehind("prune");
    return locked(
        configuration,
        (file, setup) -> {
          try (State state = open(setup)) {
            List<String> removed =
                new StoredSecrets(state.store(), state.keys()).removeUnneededKeys(file);
            removed.forEach(name -> out().println("removed key " + name));
            if (removed.isEmpty()) {
              out().println("every key is needed");
            }
          }
        });
  }

  /** What is done to a key file while nobody else changes it. */
  @FunctionalInterface
  private interface Change {
    void make(KeyFile file, Setup.Reading.Usable setup) throws IOException, InterruptedException;
  }

  private int locked(ConfigurationOption configuration, Change change)
      throws IOException, InterruptedException {
    Optional<Setup.Reading.Usable> setup = configuration.readOrTell(err());
    if (setup.isEmpty()) {
      return 1;
    }
    KeyFile file = file(setup.get());
    if (file.read() instanceof KeyFile.Reading.Missing) {
      err()
          .println(
              "pushgate: there is no key file " + file.path() + "; make one with: pushgate key");
      return 1;
    }
    Optional<EditLock> lock = file.lock(PATIENCE);
    if (lock.isEmpty()) {
      err()
          .println(
              "pushgate: another command has been changing %s for %d s; try again when it is done"
                  .formatted(file.path(), PATIENCE.toSeconds()));
      return 1;
    }
    EditLock held = lock.get();
    try {
      change.make(file, setup.get());
    } finally {
      held.close();
    }
    return 0;
  }

  private KeyFile file(Setup.Reading.Usable setup) {
    return new KeyFile(State.keyFile(setup.configuration()), random);
  }

  private State open(Setup.Reading.Usable setup) throws IOException, InterruptedException {
    return State.open(setup.configuration(), InstantSource.system(), random);
  }

  /** The server's user, who must be able to read the file; null where only this one can be it. */
  private static @Nullable UserPrincipal ownerFor(Path state) throws IOException {
    return Files.isDirectory(state) && System.getProperty("user.name").equals("root")
        ? Files.getOwner(state)
        : null;
  }

  /** Those before a subcommand would be taken, and have no effect. */
  private void requireOptionsBehind(String subcommand) {
    CommandLine parent = Objects.requireNonNull(spec).commandLine();
    if (!parent.getParseResult().matchedOptions().isEmpty()) {
      throw new ParameterException(parent, "options go behind '" + subcommand + "'");
    }
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
