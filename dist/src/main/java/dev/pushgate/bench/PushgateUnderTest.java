package dev.pushgate.bench;

import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.demo.FreePort;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Starts Pushgate for a benchmark: the same jars, by the same options of Java as this process. */
final class PushgateUnderTest {
  private PushgateUnderTest() {}

  /**
   * Writes its configuration and starts it.
   *
   * @param folder its own, there and empty
   */
  static MeasuredServer start(Path folder, Cast cast, String version) throws IOException {
    int port = FreePort.udp(0);
    Files.writeString(
        folder.resolve(ConfigurationFile.NAME),
        """
        push { server-ip = "127.0.0.1", server-port = %d }
        callback.allow-access = [ "127.0.0.1" ]
        radius { listen = [ "127.0.0.1:%d" ], accounting = [] }
        state = "state"
        clients {
          bench { address = "127.0.0.1", secret = "%s", message-authenticator = required, factor = %s }
        }
        """
            .formatted(FreePort.tcp(0), port, cast.secret(), BenchmarkServer.FACTOR));
    Files.writeString(
        folder.resolve("users.properties"),
        cast.people().stream()
            .map(person -> person.name() + " = {CLEARTEXT}" + person.password())
            .collect(Collectors.joining("\n", "", "\n")));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BenchmarkServer.class.getName(),
            folder.toString()));
    return new MeasuredServer(
        version,
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
        MeasuredProcess.start(command, folder.resolve("log")));
  }
}
