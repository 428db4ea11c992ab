package dev.pushgate;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.callback.phone.Trust;
import dev.pushgate.command.TotpApp;
import dev.pushgate.configuration.CallbackSettings;
import dev.pushgate.push.code.TotpSettings;
import dev.pushgate.push.phone.Question;
import dev.pushgate.push.secret.KeyFile;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.server.PushgateServer;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real server in a fresh folder, on loopback: what end-to-end tests stand on.
 *
 * <p>Users are alice and bob, both with the password {@value #PASSWORD}, and carol, who is
 * disabled.
 */
public final class RunningPushgate implements AutoCloseable {
  public static final String PASSWORD = "correct-horse";
  public static final String SECRET = "test-secret-of-the-nas";
  public static final String CLIENT = "test-vpn";

  private final Path folder;
  private final InetSocketAddress radius;
  private final Setup.Reading.Usable setup;
  private final State state;
  private final PushgateServer server;
  private final InstantSource clock;
  private final HttpClient http;

  private RunningPushgate(
      Path folder,
      InetSocketAddress radius,
      Setup.Reading.Usable setup,
      State state,
      PushgateServer server,
      InstantSource clock)
      throws IOException {
    this.folder = folder;
    this.radius = radius;
    this.setup = setup;
    this.state = state;
    this.server = server;
    this.clock = clock;
    this.http = Trust.client(certificate());
  }

  /** A server whose one client has these settings besides address and secret. */
  public static RunningPushgate start(Path folder, String clientSettings)
      throws IOException, InterruptedException {
    writeConfiguration(folder, freeUdpPort(), freeTcpPort(), clientSettings);
    return startIn(folder);
  }

  /** A server whose configuration has been written already. */
  public static RunningPushgate startIn(Path folder) throws IOException, InterruptedException {
    return startIn(folder, InstantSource.system());
  }

  /** The same by a clock of the test's own, which may be put forward and never stands still. */
  static RunningPushgate startIn(Path folder, InstantSource clock)
      throws IOException, InterruptedException {
    SecureRandom random = new SecureRandom();
    Setup.Reading.Usable setup =
        (Setup.Reading.Usable) Setup.read(folder, Map.of(), Set.of(), clock);
    State state = State.open(setup.configuration(), clock, random);
    PushgateServer server = PushgateServer.start(setup, state, Map.of(), clock, random);
    return new RunningPushgate(
        folder, setup.configuration().radius().listen().getFirst(), setup, state, server, clock);
  }

  /** Writes a configuration folder as an administrator would. */
  public static void writeConfiguration(
      Path folder, int radiusPort, int callbackPort, String clientSettings) throws IOException {
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        push { server-ip = "127.0.0.1", server-port = %1$d, service = "Test VPN" }
        callback.allow-access = [ "127.0.0.1" ]
        radius { listen = [ "127.0.0.1:%2$d", "127.0.0.2:%2$d" ], accounting = [ "127.0.0.1:%3$d" ] }
        limits { pushes = 100, window = 1m }
        state = "state"
        clients.%4$s { address = "127.0.0.1", secret = "%5$s", %6$s }
        """
            .formatted(callbackPort, radiusPort, freeUdpPort(), CLIENT, SECRET, clientSettings));
    Files.writeString(
        folder.resolve("users.properties"),
        """
        alice = {CLEARTEXT}%1$s
        bob = {CLEARTEXT}%1$s
        carol = {CLEARTEXT}%1$s
        carol.disabled = true
        """
            .formatted(PASSWORD));
  }

  public static int freeUdpPort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  public static int freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public Path folder() {
    return folder;
  }

  /** Takes over what has been written to the folder meanwhile. */
  void reload() throws IOException {
    server.reload((Setup.Reading.Usable) Setup.read(folder, Map.of(), Set.of(), clock));
  }

  /** Where it listens for RADIUS. */
  public InetSocketAddress radius() {
    return radius;
  }

  /** The second address that it listens on, which NASes take for another server. */
  InetSocketAddress secondRadius() {
    return setup.configuration().radius().listen().get(1);
  }

  /** Where it listens for accounting. */
  InetSocketAddress accounting() {
    return setup.configuration().radius().accounting().getFirst();
  }

  /** The base address of phones. */
  public String base() {
    return setup.configuration().baseAddress();
  }

  /** The server's certificate, PEM: the one of the configuration, else its own self-signed one. */
  Path certificate() {
    CallbackSettings.Tls tls = setup.configuration().callback().tls();
    return tls == null ? state.folder().resolve("tls.crt") : tls.certificate();
  }

  public State state() {
    return state;
  }

  /** What runs. */
  public PushgateServer server() {
    return server;
  }

  /** A client that trusts this server; shared by all phones of a test. */
  HttpClient http() {
    return http;
  }

  /** An enrolment link as 'pushgate enroll' prints it. */
  URI invite(String user) throws InterruptedException {
    return URI.create(state.enrolmentCodes().issue(user, Duration.ofHours(1), base()).url());
  }

  /** A phone that has just been enrolled over HTTPS. */
  public Phone enrol(String user) throws IOException, InterruptedException {
    Path account = Files.createTempFile(folder, "phone", ".json");
    return switch (Phone.enrol(http, invite(user), "Test phone", account, clock)) {
      case Reply.Done<Phone>(Phone phone) -> phone;
      case Reply.Refused<Phone> refused -> throw new IOException("refused: " + refused);
    };
  }

  /** An authenticator app of the user's, as {@code pushgate enroll USER --app totp} makes one. */
  TotpApp enrolCodes(String user) throws IOException, InterruptedException {
    makeKeys();
    return TotpApp.scanning(
        state
            .oneTimeCodes()
            .enrol(user, setup.configuration().push().service(), TotpSettings.USUAL)
            .url());
  }

  /** Makes the key file, as {@code pushgate key} does; without it nothing is remembered either. */
  void makeKeys() throws IOException {
    var _ = new KeyFile(State.keyFile(setup.configuration()), new SecureRandom()).create(null);
  }

  /** The next question that this phone is asked. */
  static Question nextQuestion(Phone phone) throws IOException, InterruptedException {
    if (phone.challenges(Duration.ofSeconds(20)) instanceof Reply.Done<List<Question>>(var asked)
        && !asked.isEmpty()) {
      return asked.getFirst();
    }
    throw new AssertionError("nobody asked the phone within 20 s");
  }

  /** A NAS of plain datagrams, to be closed by the test. */
  RawNas rawNas() throws IOException {
    return new RawNas(radius);
  }

  /** A NAS with a socket of its own, to be closed by the test. */
  Nas nas() throws IOException {
    return new Nas(radius, SharedSecret.of(SECRET), new SecureRandom());
  }

  /** The same that speaks to the port for accounting. */
  Nas accountingNas() throws IOException {
    return new Nas(accounting(), SharedSecret.of(SECRET), new SecureRandom());
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
