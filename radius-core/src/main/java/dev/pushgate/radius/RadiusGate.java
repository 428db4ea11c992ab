package dev.pushgate.radius;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDirectory;
import dev.pushgate.radius.client.SignatureRatchet;
import dev.pushgate.radius.exchange.Exchange;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.exchange.Exchanges.Arrival;
import dev.pushgate.radius.exchange.LoginThreads;
import dev.pushgate.radius.exchange.RequestKey;
import dev.pushgate.radius.login.AccessRequest;
import dev.pushgate.radius.login.LoginFlow;
import dev.pushgate.radius.login.Words;
import dev.pushgate.radius.packet.DiscardReason;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.socket.ReplyPath;
import dev.pushgate.radius.socket.UdpSockets;
import dev.pushgate.radius.user.UserSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinyradius.packet.RadiusPacket;
import org.tinyradius.util.RadiusServer;

/**
 * The RADIUS server: datagrams come in here, and replies leave.
 *
 * <p>A datagram goes through {@link #processRequest} on the thread of its socket: client by
 * address, structure and Message-Authenticator, retransmission or new. A new request gets a virtual
 * thread, on which {@link LoginFlow#answer} blocks as long as the user takes. Every request that
 * deserves an answer gets exactly one, in time, whatever the password source or the factor does.
 *
 * <p>Safe for use by many threads.
 */
public final class RadiusGate extends RadiusServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RadiusGate.class);

  private static final Duration PAUSE_AFTER_SOCKET_ERROR = Duration.ofMillis(50);
  private static final Duration REFRESH_SOCKETS_EVERY = Duration.ofSeconds(5);

  private final ClientDirectory clients;
  private final InstantSource clock;
  private final LoginThreads logins;
  private final Exchanges exchanges;
  private final SignatureRatchet signatures = new SignatureRatchet();
  private final DiscardCounts discarded = new DiscardCounts();
  private final OncePerMinute complaints;
  private final UdpSockets sockets;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * A gate that does not listen yet.
   *
   * @param clients the NASes, asked for each datagram
   * @param users checks passwords
   * @param factors second factors by the name that clients and users choose them by
   * @param clock tells the time of deadlines
   */
  public RadiusGate(
      GateSettings settings,
      ClientDirectory clients,
      UserSource users,
      Map<String, SecondFactor> factors,
      InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
    this.exchanges = new Exchanges(settings.bounds(), clock);
    this.complaints = new OncePerMinute(clock);
    this.sockets = new UdpSockets(settings.listen(), this::listen);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("radius-timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    this.logins =
        new LoginThreads(
            new LoginFlow(users, factors, settings.rejectDelay(), clock), exchanges, timer, clock);
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
    return discarded;
  }

  /** Receives from one socket until it is closed. */
  @Override
  protected void listen(DatagramSocket socket) {
    byte[] buffer = new byte[RadiusPacket.MAX_PACKET_LENGTH];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        datagram.setLength(buffer.length);
        socket.receive(datagram);
        processRequest(socket, datagram);
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

  /** Takes in one datagram; its octets are not used after the return. */
  @Override
  protected void processRequest(DatagramSocket socket, DatagramPacket datagram) {
    InetSocketAddress source = (InetSocketAddress) datagram.getSocketAddress();
    Optional<Client> client = clients.find(source.getAddress());
    if (client.isEmpty()) {
      discard(DiscardReason.UNKNOWN_CLIENT, null, source);
      return;
    }
    switch (PacketDecoder.decodeRequest(
        datagram.getData(), datagram.getLength(), client.get().secret())) {
      case Decoded.Discarded(DiscardReason reason) -> discard(reason, client.get(), source);
      case Decoded.Packet(ReceivedPacket packet) -> receive(socket, source, client.get(), packet);
    }
  }

  private void receive(
      DatagramSocket socket, InetSocketAddress source, Client client, ReceivedPacket packet) {
    if (packet.getPacketType() != RadiusPacket.ACCESS_REQUEST) {
      discard(DiscardReason.CODE, client, source);
      return;
    }
    if (!signatures.admits(client, source.getAddress(), packet)) {
      discard(DiscardReason.MESSAGE_AUTHENTICATOR_MISSING, client, source);
      return;
    }
    AccessRequest request = new AccessRequest(newLoginId(), packet, client, clock.instant());
    ReplyPath path = new ReplyPath(socket, source);
    RequestKey key =
        RequestKey.of(
            source,
            (InetSocketAddress) socket.getLocalSocketAddress(),
            packet.getPacketIdentifier(),
            packet.getAuthenticator());
    switch (exchanges.arrive(key, request, path)) {
      case Arrival.New(Exchange exchange) -> logins.start(exchange);
      case Arrival.InProgress() -> discarded.count(DiscardReason.RETRANSMISSION);
      case Arrival.Answered() -> log.debug("{}: a lost reply was sent again", request);
      case Arrival.Refused() -> {
        if (complaints.permits(Words.BUSY + client.name())) {
          log.error(
              "{} logins wait, no more are admitted: refusing new ones of {}",
              exchanges.waiting(),
              client.name());
        }
        path.send(LoginFlow.reject(request, Words.BUSY).encode());
      }
    }
  }

  private static String newLoginId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 10);
  }

  private void discard(DiscardReason reason, @Nullable Client client, InetSocketAddress source) {
    discarded.count(reason);
    String name = client == null ? "unknown" : client.name();
    if (complaints.permits(reason + name)) {
      log.warn("discarding packets of {} ({}): {}", name, source.getAddress(), hint(reason));
    }
  }

  private static String hint(DiscardReason reason) {
    return switch (reason) {
      case UNKNOWN_CLIENT -> "no client has this address; add it under 'clients' if it is a NAS";
      case MESSAGE_AUTHENTICATOR_WRONG ->
          reason.words() + "; does the shared secret match on both sides?";
      case MESSAGE_AUTHENTICATOR_MISSING ->
          reason.words()
              + "; let the NAS send it, or set 'message-authenticator = optional' for this client";
      default -> reason.words();
    };
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
