package dev.pushgate.demo;

import dev.pushgate.configuration.ConfigurationFile;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.user.Argon2id;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the configuration that the demonstration runs on, like any other configuration folder. */
final class DemoFolder {
  static final String USER = "alice";
  static final String PASSWORD = "correct-horse";
  static final String SECRET = "demo-secret";

  private static final String MARK = "# Made by 'pushgate demo', which writes it anew each time.";

  private DemoFolder() {}

  /**
   * Writes {@code pushgate.conf} and {@code users.properties}.
   *
   * @param radius addresses for RADIUS
   * @param accountingPort port for accounting on the same addresses
   * @param phones addresses for phones; the first is what they call
   * @throws IOException when the folder holds a configuration that is not the demonstration's
   */
  static void write(
      Path folder,
      List<InetAddress> radius,
      int radiusPort,
      int accountingPort,
      List<InetAddress> phones,
      int callbackPort,
      SecureRandom random)
      throws IOException {
    Files.createDirectories(folder);
    Path configuration = folder.resolve(ConfigurationFile.NAME);
    if (Files.exists(configuration) && !Files.readString(configuration).startsWith(MARK)) {
      throw new IOException(
          configuration + " was not made by 'pushgate demo': give another folder by --dir");
    }
    Files.writeString(
        configuration,
        """
        %s
        push {
          server-ip = "%s"
          server-port = %d
          service = "Demo VPN"
        }
        callback.allow-access = [ %s ]
        radius.listen = [ %s ]
        radius.accounting = [ %s ]
        state = "state"
        clients {
          demo-vpn { address = "127.0.0.1", secret = "%7$s", mode = block }
          demo-number { address = "::1", secret = "%7$s", mode = number }
        }
        """
            .formatted(
                MARK,
                phones.getFirst().getHostAddress(),
                callbackPort,
                phones.stream()
                    .map(address -> '"' + address.getHostAddress() + '"')
                    .collect(Collectors.joining(", ")),
                endpoints(radius, radiusPort),
                endpoints(radius, accountingPort),
                SECRET));
    Files.writeString(
        folder.resolve("users.properties"),
        USER + " = " + Argon2id.hash(PASSWORD.toCharArray(), random).text() + "\n");
  }

  private static String endpoints(List<InetAddress> addresses, int port) {
    return addresses.stream()
        .map(address -> '"' + endpoint(address, port) + '"')
        .collect(Collectors.joining(", "));
  }

  static String endpoint(InetAddress address, int port) {
    String host = IpLiteral.text(address);
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
