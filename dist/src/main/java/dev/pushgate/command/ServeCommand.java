package dev.pushgate.command;

import dev.pushgate.configuration.FileWatch;
import dev.pushgate.radius.SecondFactorPlugins;
import dev.pushgate.server.PushgateServer;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pushgate serve}: runs the server until SIGTERM. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the server until SIGTERM.",
      "SIGHUP, or a changed file, reloads users, clients and certificates."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Setup.Reading.Usable> setup =
        configuration.readOrTell(Objects.requireNonNull(spec).commandLine().getErr());
    if (setup.isEmpty()) {
      return 1;
    }
    setup.get().warnings().forEach(warning -> log.warn("{}", warning));
    setup.get().notes().forEach(note -> log.info("{}", note));
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Reload reload = new Reload(configuration::read);
    FileWatch watch = new FileWatch(reload);
    // Before anything can be seen to run: a SIGHUP that nobody handles ends the process.
    HangUp.handle(watch::wake);
    // Closed from the last to the first: the server before its state.
    try (UntilTerminated end = UntilTerminated.begin();
        State state = State.open(setup.get().configuration(), clock, random);
        PushgateServer server =
            PushgateServer.start(setup.get(), state, SecondFactorPlugins.load(), clock, random);
        watch) {
      reload.into(server, watch);
      watch.watch(setup.get().files());
      watch.start();
      end.await(server);
    }
    return 0;
  }
}
