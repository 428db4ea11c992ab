package dev.pushgate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's FreeRADIUS as the server that knows the users, on loopback: alice by PAP, CHAP and
 * MS-CHAPv2, and carol, who is asked for the code 123456 after the password.
 */
final class FreeRadiusServer implements AutoCloseable {
  static final String SECRET = "secret-of-the-upstream";

  private final int port;
  private final ForeignProcess process;

  private FreeRadiusServer(int port, ForeignProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Writes its configuration and starts it.
   *
   * @param folder its own, there and empty
   */
  static FreeRadiusServer start(Path folder, int port) throws IOException {
    Path program =
        Stream.of("/usr/sbin/freeradius", "/usr/sbin/radiusd")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseGet(() -> ForeignProgram.require("freeradius"));
    Files.writeString(
        folder.resolve("radiusd.conf"),
        template()
            .replace("FOLDER", folder.toString())
            .replace("LIBRARIES", libraries())
            .replace("SECRET", SECRET)
            .replace("PORT", String.valueOf(port)));
    Files.writeString(
        folder.resolve("users"),
        """
        alice Cleartext-Password := "%s"
        \tClass := "OU=staff;",
        \tFilter-Id := "staff",
        \tFortinet-Group-Name := "vpn",
        \tSession-Timeout := 3600,
        \tFramed-Pool := "not-listed"
        """
            .formatted(RunningPushgate.PASSWORD));
    ForeignProcess process =
        ForeignProcess.start(List.of(program.toString(), "-X", "-d", folder.toString()));
    process.awaitWords("Ready to process requests");
    return new FreeRadiusServer(port, process);
  }

  private static String template() throws IOException {
    try (var in =
        requireNonNull(FreeRadiusServer.class.getResourceAsStream("upstream/radiusd.conf"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String libraries() {
    return Stream.of("/usr/lib/freeradius", "/usr/lib64/freeradius")
        .filter(folder -> Files.exists(Path.of(folder, "rlm_mschap.so")))
        .findFirst()
        .orElse("/usr/lib/freeradius");
  }

  int port() {
    return port;
  }

  /** All that it says of the requests that it gets. */
  String said() {
    return process.said();
  }

  @Override
  public void close() {
    process.close();
  }
}
