package dev.pushgate.radius;

import dev.pushgate.radius.audit.Audit;
import dev.pushgate.radius.client.ClientDirectory;
import dev.pushgate.radius.client.RatchetMemory;
import dev.pushgate.radius.client.SignatureRatchet;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.exchange.LoginThreads;
import dev.pushgate.radius.login.LoginAudit;
import dev.pushgate.radius.login.LoginCounts;
import dev.pushgate.radius.login.LoginFlow;
import dev.pushgate.radius.login.PasswordLimits;
import dev.pushgate.radius.socket.UdpSockets;
import dev.pushgate.radius.user.UserSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * it came in on, see {@link AuthenticationPort} and {@link AccountingPort}.
 *
 * <p>Safe for use by many threads.
 */
public final class RadiusGate extends RadiusServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RadiusGate.class);

  private static final Duration PAUSE_AFTER_SOCKET_ERROR = Duration.ofMillis(50);
  private static final Duration REFRESH_RATCHETS_EVERY = Duration.ofSeconds(1);
  private static final Duration REFRESH_SOCKETS_EVERY = Duration.ofSeconds(2);

  private final Discards discards;
  private final LoginCounts loginCounts = new LoginCounts();
  private final SignatureRatchet signatures;
  private final OncePerMinute complaints;
  private final Exchanges exchanges;
  private final LoginThreads logins;
  private final AuthenticationPort authentication;
  private final AccountingPort accounting;
  private final UdpSockets sockets;
  private final Optional<UdpSockets> accountingSockets;
  private final ScheduledThreadPoolExecutor timer;
  private final Thread ratchetWatch =
      Thread.ofVirtual().name("ratchet-watch").unstarted(this::watchRatchets);

  /**
   * A gate that does not listen yet, and remembers which addresses sign as long as it runs.
   *
   * @see #RadiusGate(GateSettings, ClientDirectory, UserSource, Map, RatchetMemory, PasswordLimits,
   *     Audit, InstantSource, SecureRandom)
   */
  public RadiusGate(
      GateSettings settings,
      ClientDirectory clients,
      UserSource users,
      Map<String, SecondFactor> factors,
      InstantSource clock,
      SecureRandom random) {
    this(
        settings,
        clients,
        users,
        factors,
        RatchetMemory.ofThisProcess(),
        PasswordLimits.NONE,
        Audit.NONE,
        clock,
        random);
  }

  /**
   * A gate that does not listen yet.
   *
   * @param clients the NASes, asked for each datagram
   * @param users checks passwords
   * @param factors second factors by the name that clients and users choose them by
   * @param ratchets keeps which addresses sign, read once a second
   * @param limits is told of wrong passwords
   * @param audit is told of logins and accounting before they are answered
   * @param clock tells the time of deadlines
   * @param random makes the State of prompts
   */
  public RadiusGate(
      GateSettings settings,
      ClientDirectory clients,
      UserSource users,
      Map<String, SecondFactor> factors,
      RatchetMemory ratchets,
      PasswordLimits limits,
      Audit audit,
      InstantSource clock,
      SecureRandom random) {
    this.discards = new Discards(clock);
    this.signatures = new SignatureRatchet(ratchets, clock);
    this.complaints = new OncePerMinute(clock);
    this.exchanges = new Exchanges(settings.bounds(), clock);
    this.sockets = new UdpSockets(settings.listen(), this::listen);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("radius-timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    LoginAudit loginAudit = new LoginAudit(audit, clock);
    this.logins =
        new LoginThreads(
            new LoginFlow(
                users,
                factors,
                settings.rejectDelay(),
                limits,
                loginAudit,
                loginCounts,
                clock,
                random),
            signatures,
            exchanges,
            loginAudit,
            timer,
            clock);
    this.authentication =
        new AuthenticationPort(clients, signatures, exchanges, logins, loginAudit, discards, clock);
    this.accounting = new AccountingPort(clients, audit, discards, clock);
    this.accountingSockets =
        settings.accounting().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new UdpSockets(settings.accounting(), socket -> receive(socket, accounting)));
  }

  /**
   * Starts to listen; requests are answered when this returns.
   *
   * @throws IOException when an address cannot be bound; the gate is closed then
   */
  public void start() throws IOException {
    try {
      signatures.refresh();
      open(sockets, "RADIUS");
      every(Duration.ofSeconds(1), exchanges::forgetOldReplies);
      if (accountingSockets.isPresent()) {
        open(accountingSockets.get(), "accounting");
        every(Duration.ofSeconds(1), accounting::forgetOldReports);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading which addresses sign");
    } catch (IOException e) {
      close();
      throw e;
    }
    ratchetWatch.start();
  }

  private void open(UdpSockets some, String what) throws IOException {
    some.open();
    every(REFRESH_SOCKETS_EVERY, some::refresh);
    log.info("listening for {} on UDP {}", what, some.addresses());
  }

  /** Beside the timer, which must not wait for a memory. */
  private void watchRatchets() {
    try {
      while (true) {
        Thread.sleep(REFRESH_RATCHETS_EVERY);
        try {
          signatures.refresh();
        } catch (RuntimeException e) {
          if (complaints.permits("ratchets")) {
            log.error("cannot read which addresses sign, going on as before: {}", e.getMessage());
          }
        }
      }
    } catch (InterruptedException e) {
      // The gate closes.
      Thread.currentThread().interrupt();
    }
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

  /** Where it listens for accounting, likewise; empty where there is none. */
  public List<InetSocketAddress> accountingAddresses() {
    return accountingSockets.map(UdpSockets::addresses).orElse(List.of());
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

  /** Rejects what waits, then stops listening; takes 5 seconds at most. */
  @Override
  public void close() {
    logins.stop();
    accounting.stop();
    timer.shutdownNow();
    ratchetWatch.interrupt();
    sockets.close();
    accountingSockets.ifPresent(UdpSockets::close);
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
