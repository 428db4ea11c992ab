package dev.pushgate.radius;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.user.HashingThreads;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UsersFile;
import dev.pushgate.radius.user.UsersFileSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.tinyradius.util.RadiusServer;

/** A server with two users and one client, 127.0.0.1, that is asked over UDP. */
abstract sealed class ServerUnderTest implements AutoCloseable {
  static final String SECRET = "secret";
  static final String USER = "alice";
  static final String PASSWORD = "right-horse";
  // Of the example in RFC 2759 section 9.2.
  static final String OTHER_USER = "User";
  static final String OTHER_PASSWORD = "clientPass";

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("127.0.0.99");

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch firstWaits = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private volatile boolean firstIsToWait;
  volatile boolean slow;
  volatile boolean prompting;

  ServerUnderTest() {
    log.start();
    root().addAppender(log);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  abstract InetSocketAddress address();

  /** As much as every server has of TinyRadius's. */
  abstract RadiusServer tinyRadius();

  /** How long to wait for a reply before none is believed to come. */
  abstract Duration patience();

  abstract List<Class<?>> classesThatCompareAuthenticators();

  /** Starts one more server of the kind there. */
  abstract void startAnotherOn(InetSocketAddress address) throws IOException;

  /** Lets more time pass with a decision than duplicates are remembered for. */
  abstract void outlastDuplicates();

  void takeLongerThanDuplicatesAreKnown() {
    slow = true;
  }

  /** Asks for a code after the password, where the server can. */
  void prompt() {
    prompting = true;
  }

  void letTheFirstWait() {
    firstIsToWait = true;
  }

  void awaitTheFirst() throws InterruptedException {
    firstWaits.await();
  }

  /** What the decision on a login is like: stands for the user who is asked. */
  final void decide() {
    if (asked.incrementAndGet() == 1 && firstIsToWait) {
      firstWaits.countDown();
      await(end, Duration.ofMinutes(1));
    }
    if (slow) {
      outlastDuplicates();
    }
  }

  static void await(CountDownLatch latch, Duration atMost) {
    try {
      var unused = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How often a decision was asked for. */
  int asked() {
    return asked.get();
  }

  List<String> logged() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  Asker asker() throws IOException {
    return new Asker(LOOPBACK);
  }

  Asker strangerAsking() throws IOException {
    return new Asker(STRANGER);
  }

  @Override
  public void close() {
    end.countDown();
    root().detachAppender(log);
  }

  /** Sends datagrams as they are. */
  final class Asker implements AutoCloseable {
    private final DatagramSocket socket;

    private Asker(InetAddress own) throws IOException {
      socket = new DatagramSocket(new InetSocketAddress(own, 0));
      socket.connect(address());
      socket.setSoTimeout((int) patience().toMillis());
    }

    void send(byte[] datagram) throws IOException {
      socket.send(new DatagramPacket(datagram, datagram.length));
    }

    /** Sends, and waits for a reply as long as one may be on its way. */
    Optional<byte[]> ask(byte[] datagram) throws IOException {
      DatagramPacket reply = new DatagramPacket(new byte[5000], 5000);
      try {
        send(datagram);
        socket.receive(reply);
      } catch (SocketTimeoutException | PortUnreachableException silence) {
        return Optional.empty();
      }
      return Optional.of(Arrays.copyOf(reply.getData(), reply.getLength()));
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** Ours. */
  static final class Gate extends ServerUnderTest {
    private static final Duration DUPLICATES_KNOWN = Duration.ofSeconds(30);

    private final RadiusGate gate;
    private volatile Instant now = Instant.EPOCH;

    Gate() throws IOException {
      gate = gateOn(new InetSocketAddress(LOOPBACK, 0));
      gate.start();
    }

    private RadiusGate gateOn(InetSocketAddress address) throws IOException {
      return new RadiusGate(
          new GateSettings(List.of(address), Duration.ZERO, Exchanges.Bounds.DEFAULT),
          Clients.of(Client.of("nas", LOOPBACK.getHostAddress(), SECRET)),
          users(),
          Map.of(Client.DEFAULT_FACTOR, this::verify),
          () -> now,
          new SecureRandom());
    }

    private Outcome verify(Login login, Instant deadline) {
      decide();
      return prompting
          ? new Outcome.Asked(
              "Your code?", Duration.ofSeconds(30), false, (code, until) -> new Outcome.Approved())
          : new Outcome.Approved();
    }

    private static UserSource users() throws IOException {
      Path file = Files.createTempFile("users", ".properties");
      try {
        String line = "%s = {CLEARTEXT}%s%n";
        Files.writeString(
            file, line.formatted(USER, PASSWORD) + line.formatted(OTHER_USER, OTHER_PASSWORD));
        UsersFile.Reading read = new UsersFile(file, Set.of(Client.DEFAULT_FACTOR)).read();
        return new UsersFileSource(
            ((UsersFile.Reading.Read) read).users(),
            new HashingThreads(1, 1000),
            InstantSource.system());
      } finally {
        Files.delete(file);
      }
    }

    @Override
    InetSocketAddress address() {
      return gate.addresses().getFirst();
    }

    @Override
    RadiusServer tinyRadius() {
      return gate;
    }

    @Override
    Duration patience() {
      return Duration.ofSeconds(15);
    }

    @Override
    List<Class<?>> classesThatCompareAuthenticators() {
      try {
        return List.of(
            PacketDecoder.class, Class.forName("dev.pushgate.radius.packet.MessageAuthenticator"));
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    void startAnotherOn(InetSocketAddress address) throws IOException {
      try (RadiusGate other = gateOn(address)) {
        other.start();
      }
    }

    @Override
    void outlastDuplicates() {
      now = now.plus(DUPLICATES_KNOWN).plusSeconds(1);
    }

    @Override
    public void close() {
      super.close();
      gate.close();
    }
  }

  /** TinyRadius as it comes: only what it demands is there. */
  static final class BareTinyRadius extends ServerUnderTest {
    private static final Duration DUPLICATES_KNOWN = Duration.ofMillis(50);

    private final Server server;

    private final class Server extends RadiusServer {
      @Override
      public @Nullable String getSharedSecret(InetSocketAddress client) {
        return client.getAddress().equals(LOOPBACK) ? SECRET : null;
      }

      @Override
      public @Nullable String getUserPassword(String userName) {
        decide();
        return switch (userName) {
          case USER -> PASSWORD;
          case OTHER_USER -> OTHER_PASSWORD;
          default -> null;
        };
      }

      /** Opens the socket first, without which nobody could tell when it listens. */
      void startOn(int port) throws SocketException {
        setListenAddress(LOOPBACK);
        setAuthPort(port);
        var unused = getAuthSocket();
        start(true, false);
      }
    }

    BareTinyRadius() throws IOException {
      server = new Server();
      try (DatagramSocket free = new DatagramSocket(0, LOOPBACK)) {
        server.setAuthPort(free.getLocalPort());
      }
      server.startOn(server.getAuthPort());
    }

    @Override
    InetSocketAddress address() {
      return new InetSocketAddress(LOOPBACK, server.getAuthPort());
    }

    @Override
    RadiusServer tinyRadius() {
      return server;
    }

    @Override
    Duration patience() {
      return Duration.ofSeconds(2);
    }

    @Override
    List<Class<?>> classesThatCompareAuthenticators() {
      return List.of(
          org.tinyradius.packet.RadiusPacket.class, org.tinyradius.packet.AccessRequest.class);
    }

    @Override
    void startAnotherOn(InetSocketAddress address) {
      Server other = new Server();
      other.setListenAddress(address.getAddress());
      other.setAuthPort(address.getPort());
      other.start(true, false);
      other.stop();
    }

    @Override
    void takeLongerThanDuplicatesAreKnown() {
      server.setDuplicateInterval(DUPLICATES_KNOWN.toMillis());
      super.takeLongerThanDuplicatesAreKnown();
    }

    @Override
    void outlastDuplicates() {
      await(new CountDownLatch(1), DUPLICATES_KNOWN.multipliedBy(2));
    }

    @Override
    public void close() {
      super.close();
      server.stop();
    }
  }
}
