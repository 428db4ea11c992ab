package dev.pushgate;

import static org.awaitility.Awaitility.await;

import dev.pushgate.push.secret.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A real server for dialogues: each has a user and a NAS of its own, which are added by reload, so
 * that none is in another's way. Its clock is put forward where a real user would wait.
 */
final class DialogueServer implements AutoCloseable {
  private final Path folder;
  private final int radiusPort = RunningPushgate.freeUdpPort();
  private final int callbackPort = RunningPushgate.freeTcpPort();
  private final List<String> clients = new ArrayList<>();
  private final List<String> users = new ArrayList<>();
  private final List<DialogueUser> open = new ArrayList<>();
  private final InstantSource clock;
  private String settings;
  private volatile Duration ahead = Duration.ZERO;
  private RunningPushgate pushgate;

  /**
   * Starts it.
   *
   * @param settings lines of pushgate.conf besides what every server needs
   */
  DialogueServer(Path folder, String settings) throws IOException, InterruptedException {
    this.folder = folder;
    this.settings = settings;
    this.clock = () -> Instant.now().plus(ahead);
    var _ = new KeyFile(folder.resolve(KeyFile.NAME), new SecureRandom()).create(null);
    clients.add("clients.unused { address = \"127.99.0.1\", secret = \"0123456789abcdef\" }");
    users.add("unused = {CLEARTEXT}unused-horse");
    write();
    this.pushgate = RunningPushgate.startIn(folder, clock);
  }

  private void write() throws IOException {
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        push { server-ip = "127.0.0.1", server-port = %1$d, service = "Test VPN" }
        callback.allow-access = [ "127.0.0.1" ]
        radius { listen = [ "127.0.0.1:%2$d", "127.0.0.2:%2$d" ], accounting = [], reject-delay = 0s }
        state = "state"
        %3$s
        %4$s
        """
            .formatted(callbackPort, radiusPort, settings, String.join("\n", clients)));
    Files.writeString(folder.resolve("users.properties"), String.join("\n", users) + "\n");
  }

  /**
   * A user whom nobody has seen before.
   *
   * @param entries of users.properties behind the name, for example {@code factor = number}
   */
  DialogueUser user(String... entries) throws IOException {
    String name = "user" + users.size();
    add(name, DialogueUser.PASSWORD, entries);
    DialogueUser user = new DialogueUser(this, name);
    open.add(user);
    return user;
  }

  private void add(String name, String password, String... entries) throws IOException {
    StringBuilder lines = new StringBuilder(name + " = {CLEARTEXT}" + password);
    for (String entry : entries) {
      lines.append('\n').append(name).append('.').append(entry);
    }
    users.add(lines.toString());
    write();
    pushgate.reload();
  }

  /** Changes a user's password. */
  void setPassword(String user, String password) throws IOException {
    users.replaceAll(
        lines ->
            lines.startsWith(user + " ")
                ? lines.replaceFirst("\\{CLEARTEXT}.*", "{CLEARTEXT}" + password)
                : lines);
    write();
    pushgate.reload();
  }

  /** A NAS with these settings; the name of the loopback address that it has. */
  String client(String clientSettings) throws IOException {
    String address = "127.0.3." + clients.size();
    clients.add(
        "clients.nas%d { address = \"%s\", secret = \"%s\", %s }"
            .formatted(clients.size(), address, RunningPushgate.SECRET, clientSettings));
    write();
    pushgate.reload();
    return address;
  }

  /** Replaces the settings besides what every server needs by others, which must reload. */
  void set(String others) throws IOException {
    settings = others;
    write();
    pushgate.reload();
  }

  /** Lets time go by. */
  void later(Duration time) {
    ahead = ahead.plus(time);
  }

  /** Lets time go by until a step of 30 seconds has just begun. */
  void atTheBeginningOfAStep() {
    long into = clock.millis() % 30_000;
    later(Duration.ofMillis(30_000 - into));
  }

  /** Waits until so many packets wait for their answer. */
  void awaitWaiting(int packets) {
    await().until(() -> pushgate.server().waiting() == packets);
  }

  /** Runs a command of an administrator's beside the server; its exit code. */
  int run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addFirst(command);
    all.addAll(List.of("--config", folder.toString()));
    return Pushgate.commandLine().execute(all.toArray(String[]::new));
  }

  void restart() throws IOException, InterruptedException {
    pushgate.close();
    pushgate = RunningPushgate.startIn(folder, clock);
  }

  InstantSource clock() {
    return clock;
  }

  Path folder() {
    return folder;
  }

  RunningPushgate pushgate() {
    return pushgate;
  }

  @Override
  public void close() {
    open.forEach(DialogueUser::close);
    pushgate.close();
  }
}
