package dev.pushgate.demo;

import dev.pushgate.push.device.EnrolmentCodes;
import dev.pushgate.push.device.Invitation;
import dev.pushgate.radius.Problem;
import dev.pushgate.server.PushgateServer;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import dev.pushgate.terminal.TerminalQrCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A throw-away Pushgate on this machine, with a user and a NAS that everybody knows. */
public final class Demo implements AutoCloseable {
  private static final int RADIUS_PORT = 1812;
  private static final int ACCOUNTING_PORT = 1813;
  private static final int CALLBACK_PORT = 4433;

  private final Path folder;
  private final boolean isTemporary;
  private final boolean lan;
  private final Setup.Reading.Usable setup;
  private final State state;
  private final PushgateServer server;

  private Demo(
      Path folder,
      boolean isTemporary,
      boolean lan,
      Setup.Reading.Usable setup,
      State state,
      PushgateServer server) {
    this.folder = folder;
    this.isTemporary = isTemporary;
    this.lan = lan;
    this.setup = setup;
    this.state = state;
    this.server = server;
  }

  /**
   * Writes the configuration and starts the server on it.
   *
   * @param keepIn the folder for configuration and state, or null for a temporary one
   * @param radiusPort a number, 0 for any free one, or null for the usual one if that is free
   * @param callbackPort likewise
   * @param lan whether phones of the network may call
   */
  public static Demo start(
      @Nullable Path keepIn,
      @Nullable Integer radiusPort,
      @Nullable Integer callbackPort,
      boolean lan)
      throws IOException, InterruptedException {
    Path folder = keepIn == null ? Files.createTempDirectory("pushgate-demo") : keepIn;
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    DemoFolder.write(
        folder,
        loopback(),
        radiusPort == null || radiusPort == 0
            ? FreePort.udp(radiusPort == null ? RADIUS_PORT : 0)
            : radiusPort,
        FreePort.udp(radiusPort == null ? ACCOUNTING_PORT : 0),
        phoneAddresses(lan),
        callbackPort == null || callbackPort == 0
            ? FreePort.tcp(callbackPort == null ? CALLBACK_PORT : 0)
            : callbackPort,
        random);
    Setup.Reading.Usable setup =
        switch (Setup.read(folder, Map.of(), Set.of(), clock)) {
          case Setup.Reading.Usable usable -> usable;
          case Setup.Reading.Broken(List<Problem> problems, _, _) ->
              throw new IOException(problems.getFirst().toString());
        };
    State state = State.open(setup.configuration(), clock, random);
    PushgateServer server = PushgateServer.start(setup, state, Map.of(), clock, random);
    return new Demo(folder, keepIn == null, lan, setup, state, server);
  }

  private static List<InetAddress> loopback() {
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(InetAddress.ofLiteral("127.0.0.1"));
    InetAddress six = InetAddress.ofLiteral("::1");
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(six, 0))) {
      addresses.add(probe.getLocalAddress());
    } catch (SocketException noIpv6) {
      // This machine has no IPv6: the demonstration does without.
    }
    return addresses;
  }

  private static List<InetAddress> phoneAddresses(boolean lan) throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    if (lan) {
      addresses.add(
          DefaultRoute.address()
              .orElseThrow(
                  () ->
                      new IOException(
                          "this machine has no default route, so no network for --lan")));
    }
    addresses.add(InetAddress.ofLiteral("127.0.0.1"));
    return addresses;
  }

  /** The server that runs. */
  public PushgateServer server() {
    return server;
  }

  /** Plays one login; whether it ended in Access-Accept. */
  public boolean playLogin(PrintWriter out) throws IOException, InterruptedException {
    return new DemoLogin(out)
        .play(
            setup.configuration().radius().listen().getFirst(),
            URI.create(invite().url()),
            state.folder().resolve("tls.crt"));
  }

  private Invitation invite() throws InterruptedException {
    return state
        .enrolmentCodes()
        .issue(
            DemoFolder.USER, EnrolmentCodes.DEFAULT_VALIDITY, setup.configuration().baseAddress());
  }

  /** Says what to type and which page to open to try it by hand. */
  public void explain(PrintWriter out) throws InterruptedException {
    Invitation invitation = invite();
    InetSocketAddress radius = setup.configuration().radius().listen().getFirst();
    String server = DemoFolder.endpoint(radius.getAddress(), radius.getPort());
    if (lan) {
      out.println();
      out.print(TerminalQrCode.of(invitation.url()));
    }
    // Only where this machine has IPv6.
    String inNumberMode =
        setup.configuration().radius().listen().stream()
            .filter(address -> address.getAddress() instanceof Inet6Address)
            .findFirst()
            .map(Demo::inNumberMode)
            .orElse("");
    out.println(
        """

        Now by hand. Open this page, on a phone of this network if you gave --lan. The browser warns of
        the self-signed certificate; go on:

          %s

        Log in as a VPN would, in another terminal, then tap Approve:

          dist/pushgate login alice --server %s --secret %s --password %s --from 203.0.113.77

        or with FreeRADIUS's client:

          echo 'User-Name=alice,User-Password=%s,Message-Authenticator=0x00' | radclient -t 60 -r 1 %s auth %s
        %s
        All other commands work on it with --config %s
        Ctrl-C ends it."""
            .formatted(
                invitation.url(),
                server,
                DemoFolder.SECRET,
                DemoFolder.PASSWORD,
                DemoFolder.PASSWORD,
                server,
                DemoFolder.SECRET,
                inNumberMode,
                folder));
    out.flush();
  }

  private static String inNumberMode(InetSocketAddress radius) {
    return """

        or as a VPN that shows a number, to be typed on the phone (mode number; here for whoever asks by IPv6):

          dist/pushgate login alice --server %s --secret %s --password %s --from 203.0.113.77
        """
        .formatted(
            DemoFolder.endpoint(radius.getAddress(), radius.getPort()),
            DemoFolder.SECRET,
            DemoFolder.PASSWORD);
  }

  /** Stops the server; a temporary folder is deleted. */
  @Override
  public void close() throws IOException {
    server.close();
    if (isTemporary) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
