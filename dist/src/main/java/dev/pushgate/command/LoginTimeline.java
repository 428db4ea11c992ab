package dev.pushgate.command;

import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.dictionary.PacketText;
import dev.pushgate.radius.mschap.SessionKeys;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints what happens to a login, a line for each event, with the time since the start. */
final class LoginTimeline implements Nas.Progress, AutoCloseable {
  private final PrintWriter out;
  private final String server;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  LoginTimeline(PrintWriter out, InetSocketAddress server) {
    this.out = out;
    String host = server.getAddress().getHostAddress();
    this.server =
        (server.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
            + ":"
            + server.getPort();
  }

  /** Is said every few seconds until it is closed. */
  interface Waiting extends AutoCloseable {
    @Override
    void close();
  }

  /** Says from now on for how long there has been no answer. */
  Waiting waiting() {
    long asked = System.nanoTime();
    Future<?> saying =
        clock.scheduleAtFixedRate(
            () ->
                line("waiting " + Duration.ofNanos(System.nanoTime() - asked).toSeconds() + " s …"),
            4,
            4,
            TimeUnit.SECONDS);
    return () -> saying.cancel(false);
  }

  /** The user's side has nothing to say to the server's question. */
  void givesUp(String why) {
    line(why);
  }

  @Override
  public void sent(int attempt, int octets) {
    line(
        (attempt == 1 ? "sent Access-Request, " : "sent it again, ")
            + octets
            + " octets, to "
            + server);
  }

  @Override
  public void ignored(String why) {
    line("no answer yet: " + why);
  }

  void answered(NasAnswer answer) {
    line(answer.packet().getPacketTypeName());
    for (String attribute : new PacketText(Dictionary.shipped()).lines(answer.packet())) {
      out.println("          " + attribute);
    }
    out.flush();
  }

  /** Whether the server, too, knows the password. */
  void proved(boolean proved) {
    line(
        proved
            ? "the server has proved that it knows the password, too"
            : "the server has not proved that it knows the password: the user's side hangs up");
  }

  void keys(SessionKeys keys) {
    out.println("          MS-MPPE-Send-Key is 0x" + HexFormat.of().formatHex(keys.send()));
    out.println("          MS-MPPE-Recv-Key is 0x" + HexFormat.of().formatHex(keys.receive()));
    out.flush();
  }

  void unanswered(int seconds) {
    line(
        "no answer within "
            + seconds
            + " s. Is the server running at "
            + server
            + ", is this host one of its clients, and does the shared secret match?");
  }

  private synchronized void line(String event) {
    out.println(String.format(Locale.ROOT, "%7.3f s ", elapsed().toMillis() / 1000.0) + event);
    out.flush();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
