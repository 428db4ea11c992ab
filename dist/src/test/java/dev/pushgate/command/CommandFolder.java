package dev.pushgate.command;

import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.server.Setup;
import dev.pushgate.server.State;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A configuration folder as an administrator would write it, on ports that are free. */
record CommandFolder(Path path, int radiusPort, int callbackPort) {
  static final String PASSWORD = "correct-horse";
  static final String SECRET = "test-secret-of-the-nas";
  static final String USERS =
      """
      # the staff
      alice = {CLEARTEXT}%1$s
      bob = {CLEARTEXT}%1$s
      """
          .formatted(PASSWORD);

  /** Writes a good configuration with the users alice and bob. */
  static CommandFolder in(Path path) throws IOException {
    CommandFolder folder = new CommandFolder(path, freeUdpPort(), freeTcpPort());
    folder.write(
        "pushgate.conf",
        """
        push { server-ip = "127.0.0.1", server-port = %d, service = "Test VPN" }
        callback.allow-access = [ "127.0.0.1" ]
        radius { listen = [ "127.0.0.1:%d" ], accounting = [], reject-delay = 0s }
        state = "state"
        clients.test-vpn { address = "127.0.0.1", secret = "%s" }
        """
            .formatted(folder.callbackPort, folder.radiusPort, SECRET));
    folder.write("users.properties", USERS);
    return folder;
  }

  static int freeUdpPort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  static int freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  Path state() {
    return path.resolve("state");
  }

  /** Writes a file that only its owner can read. */
  void write(String name, String text) throws IOException {
    Files.setPosixFilePermissions(
        Files.writeString(file(name), text), PosixFilePermissions.fromString("rw-------"));
  }

  void replaceInUsers(String before, String after) throws IOException {
    String users = Files.readString(file("users.properties"));
    Files.writeString(file("users.properties"), users.replace(before, after));
  }

  /** The arguments of a command that reads this folder. */
  String[] arguments(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--config", path.toString()));
    return arguments.toArray(String[]::new);
  }

  /** The state as a server has it open, in this process. */
  State openState() throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    Setup.Reading setup = Setup.read(path, Map.of(), Set.of(), clock);
    return State.open(((Setup.Reading.Usable) setup).configuration(), clock, new SecureRandom());
  }

  /** Starts {@code serve}; it answers when this returns. */
  PushgateProcess serve() throws IOException {
    PushgateProcess server = PushgateProcess.start(arguments("serve"));
    server.awaitLine("phones call https://");
    return server;
  }

  PushgateProcess.Result run(String command, String... more)
      throws IOException, InterruptedException {
    return PushgateProcess.run(arguments(command, more));
  }

  /** The link that 'enroll' prints on a line of its own. */
  String invite(String user) throws IOException, InterruptedException {
    return run("enroll", user, "--no-qr").done().out().getFirst();
  }

  /** The account file of a phone that has just been enrolled. */
  Path enrol(String user) throws IOException, InterruptedException {
    Path account = file("phone-" + user + ".json");
    PushgateProcess.run(phone(account, "enrol", invite(user))).done();
    return account;
  }

  /** The arguments of a 'phone' command with that account. */
  String[] phone(Path account, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of("phone", command));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--account", account.toString()));
    arguments.addAll(List.of("--trust", state().resolve("tls.crt").toString()));
    return arguments.toArray(String[]::new);
  }

  /** The arguments of 'login' at this folder's server. */
  String[] login(String user, String... more) {
    List<String> arguments = new ArrayList<>(List.of("login", user));
    arguments.addAll(List.of("--server", "127.0.0.1:" + radiusPort, "--secret", SECRET));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Logs in without a process; nothing where no answer came within 10 s. */
  Optional<NasAnswer> ask(String user, String password) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), radiusPort);
    try (Nas nas = new Nas(server, SharedSecret.of(SECRET), new SecureRandom())) {
      return nas.ask(
          nas.request(user, password.getBytes(StandardCharsets.UTF_8)),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Nas.Progress.NONE);
    }
  }

  boolean isAccepted(String user, String password) throws IOException {
    return ask(user, password).map(NasAnswer::isAccept).orElse(false);
  }
}
