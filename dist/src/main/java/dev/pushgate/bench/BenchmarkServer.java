package dev.pushgate.bench;

import dev.pushgate.configuration.RadiusSettings;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.SecondFactor;
import dev.pushgate.radius.SecondFactorPlugin;
import dev.pushgate.server.PushgateServer;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The process that a benchmark measures: {@code serve}, with a second factor that approves at once.
 *
 * <p>No command leads here and no configuration can name that factor elsewhere. A folder in which
 * any address but loopback is listened on is refused.
 */
final class BenchmarkServer {
  /** Name of the factor that approves at once. */
  static final String FACTOR = "approved-at-once";

  private BenchmarkServer() {}

  private record ApprovedAtOnce() implements SecondFactorPlugin {
    @Override
    public String name() {
      return FACTOR;
    }

    @Override
    public SecondFactor create() {
      return (login, deadline) -> new Outcome.Approved();
    }
  }

  /** Serves until SIGTERM; the only argument is the folder of the configuration. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, SecondFactorPlugin> factors = Map.of(FACTOR, new ApprovedAtOnce());
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Setup.Reading.Usable setup =
        switch (Setup.read(Path.of(arguments[0]), Map.of(), factors.keySet(), clock)) {
          case Setup.Reading.Usable usable -> usable;
          case Setup.Reading.Broken broken ->
              throw new IOException(broken.problems().getFirst().toString());
        };
    requireLoopback(setup);
    State state = State.open(setup.configuration(), clock, random);
    PushgateServer server = PushgateServer.start(setup, state, factors, clock, random);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    new CountDownLatch(1).await();
  }

  private static void requireLoopback(Setup.Reading.Usable setup) throws IOException {
    RadiusSettings radius = setup.configuration().radius();
    if (!Stream.concat(radius.listen().stream(), radius.accounting().stream())
        .allMatch(address -> address.getAddress().isLoopbackAddress())) {
      throw new IOException("a benchmark's server listens on loopback alone");
    }
  }
}
