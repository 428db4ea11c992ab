package dev.pushgate.radius;

import dev.pushgate.radius.client.ClientDirectory;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.exchange.LoginThreads;
import dev.pushgate.radius.login.LoginCounts;
import dev.pushgate.radius.login.LoginFlow;
import dev.pushgate.radius.socket.UdpSockets;
import dev.pushgate.radius.user.UserSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinyradius.packet.RadiusPacket;
import org.tinyradius.util.RadiusServer;

/**
 * The RADIUS server: datagrams come in here, and replies leave.
 *
 * <p>It owns the sockets and their threads. What becomes of a datagram is decided by the port that
 * it came in on, see {@link AuthenticationPort}.
 *
 * <p>Safe for use by many threads.
 */
public final class RadiusGate extends RadiusServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RadiusGate.class);

  private static final Duration PAUSE_AFTER_SOCKET_ERROR = Duration.ofMillis(50);
  private static final Duration REFRESH_SOCKETS_EVERY = Duration.ofSeconds(5);

  private final Discards discards;
  private final LoginCounts loginCounts = new LoginCounts();
  private final Exchanges exchanges;
  private final LoginThreads logins;
  private final AuthenticationPort authentication;
  private final UdpSockets sockets;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * A gate that does not listen yet.
   *
   * @param clients the NASes, asked for each datagram
   * @param users checks passwords
   * @param factors second factors by the name that clients and users choose them by
   * @param clock tells the time of deadlines
   * @param random makes the State of prompts
   */
  public RadiusGate(
      GateSettings settings,
      ClientDirectory clients,
      UserSource users,
      Map<String, SecondFactor> factors,
      InstantSource clock,
      SecureRandom random) {
    this.discards = new Discards(clock);
    this.exchanges = new Exchanges(settings.bounds(), clock);
    this.sockets = new UdpSockets(settings.listen(), this::listen);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("radius-timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    this.logins =
        new LoginThreads(
            new LoginFlow(users, factors, settings.rejectDelay(), loginCounts, clock, random),
            exchanges,
            timer,
            clock);
    this.authentication = new AuthenticationPort(clients, exchanges, logins, discards, clock);
  }

  /**
   * Starts to listen; requests are answered when this returns.
   *
   * @throws IOException when an address cannot be bound
   */
  public void start() throws IOException {
    sockets.open();
    every(Duration.ofSeconds(1), exchanges::forgetOldReplies);
    every(REFRESH_SOCKETS_EVERY, sockets::refresh);
    log.info("listening for RADIUS on UDP {}", sockets.addresses());
  }

  private void every(Duration pause, Runnable task) {
    Runnable unstoppable =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            // An exception would end the repetition in silence.
            log.error("a periodic task failed and goes on", e);
          }
        };
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            unstoppable, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where it listens, with the ports that were taken for port 0. */
  public List<InetSocketAddress> addresses() {
    return sockets.addresses();
  }

  /** How many logins wait for their reply now. */
  public int waiting() {
    return exchanges.waiting();
  }

  /** How many datagrams were dropped, and why. */
  public DiscardCounts discarded() {
    return discards.counts();
  }

  /** What happened to logins besides being decided. */
  public LoginCounts loginCounts() {
    return loginCounts;
  }

  /** Receives from one socket of the authentication port until it is closed. */
  @Override
  protected void listen(DatagramSocket socket) {
    receive(socket, authentication);
  }

  private static void receive(DatagramSocket socket, DatagramHandler port) {
    byte[] buffer = new byte[RadiusPacket.MAX_PACKET_LENGTH];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        datagram.setLength(buffer.length);
        socket.receive(datagram);
        port.take(socket, datagram);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          log.warn(
              "receiving on UDP {} failed: {}", socket.getLocalSocketAddress(), e.getMessage());
          pauseAfterError();
        }
      } catch (RuntimeException e) {
        // A defect of ours must not silence the socket for everybody else.
        log.error("a datagram from {} could not be processed", datagram.getSocketAddress(), e);
      }
    }
  }

  private static void pauseAfterError() {
    try {
      Thread.sleep(PAUSE_AFTER_SOCKET_ERROR);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes in one datagram of the authentication port; its octets are not used after the return. */
  @Override
  protected void processRequest(DatagramSocket socket, DatagramPacket datagram) {
    authentication.take(socket, datagram);
  }

  /** Rejects what waits, then stops listening; takes 3 seconds at most. */
  @Override
  public void close() {
    logins.stop();
    timer.shutdownNow();
    sockets.close();
    stop();
  }

  /** Not used: clients are found by {@link ClientDirectory}, and secrets are no Strings here. */
  @Override
  public @Nullable String getSharedSecret(InetSocketAddress client) {
    return null;
  }

  /** Not used: passwords are checked by {@link UserSource}. */
  @Override
  public @Nullable String getUserPassword(String userName) {
    return null;
  }
}
