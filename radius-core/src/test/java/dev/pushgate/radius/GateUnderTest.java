package dev.pushgate.radius;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.audit.AuditException;
import dev.pushgate.radius.audit.AuditRecord;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.RatchetMemory;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import dev.pushgate.radius.user.UserSource.Answer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gate on two addresses, real UDP, with a factor that the test answers for the user. The password
 * of everybody is {@code right}.
 */
final class GateUnderTest implements AutoCloseable {
  static final SharedSecret SECRET = SharedSecret.of("a shared secret");
  static final int ACCEPT = 2;
  static final int REJECT = 3;
  static final int CHALLENGE = 11;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RadiusGate gate;
  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private final List<DatagramSocket> sockets = new ArrayList<>();
  private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private volatile boolean auditFails;

  /** A login that the factor has been asked about. */
  record Question(Login login, CompletableFuture<Outcome> answer) {}

  GateUnderTest(Client... clients) throws Exception {
    this(InstantSource.system(), clients);
  }

  /** One whose pauses and memories go by that clock. */
  GateUnderTest(InstantSource clock, Client... clients) throws Exception {
    this(GateUnderTest::check, clock, clients);
  }

  /** One with users of the test's own. */
  GateUnderTest(UserSource users, InstantSource clock, Client... clients) throws Exception {
    gate =
        new RadiusGate(
            new GateSettings(
                List.of(
                    new InetSocketAddress(loopback(1), 0), new InetSocketAddress(loopback(2), 0)),
                List.of(),
                Duration.ZERO,
                Exchanges.Bounds.DEFAULT),
            Clients.of(clients),
            users,
            Map.of("push", this::ask),
            RatchetMemory.ofThisProcess(),
            wrong::add,
            record -> {
              if (auditFails) {
                throw new AuditException("the disk is full", null);
              }
              records.add(record);
            },
            clock,
            new SecureRandom());
    gate.start();
  }

  private static InetAddress loopback(int host) {
    return InetAddress.ofLiteral("127.0.0." + host);
  }

  private static Answer check(Attempt attempt) {
    String name = attempt.userName();
    Password password = attempt.password();
    return password instanceof Password.Pap pap
            && new String(pap.octets(), StandardCharsets.UTF_8).equals("right")
        ? new Answer.Right(new User(name, Set.of(), null))
        : new Answer.Wrong("wrong password", name);
  }

  private Outcome ask(Login login, java.time.Instant deadline) throws InterruptedException {
    Question question = new Question(login, new CompletableFuture<>());
    questions.add(question);
    try {
      return question.answer().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets no record be written from now on. */
  void failAudit() {
    auditFails = true;
  }

  /** How logins have ended so far. */
  List<AuditRecord.LoginEnd> ends() {
    return records.stream().map(AuditRecord.LoginEnd.class::cast).toList();
  }

  /** Whose passwords were wrong so far, as the gate told. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  RadiusGate gate() {
    return gate;
  }

  /** The next question that the factor is asked. */
  Question nextQuestion() throws InterruptedException {
    Question question = questions.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(question).as("a question").isNotNull();
    return java.util.Objects.requireNonNull(question);
  }

  /** How many questions nobody has looked at. */
  int questionsLeft() {
    return questions.size();
  }

  /** One port of a NAS, at 127.0.0.{@code host}. */
  Port port(int host) throws Exception {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback(host), 0));
    sockets.add(socket);
    return new Port(socket);
  }

  /** A request of alice, from one address, with the right password. */
  static SignedRequest login(int identifier) {
    return request(identifier, "right").add(AttributeType.CALLING_STATION_ID, utf8("203.0.113.7"));
  }

  static SignedRequest request(int identifier, String password) {
    return new SignedRequest(identifier, SECRET, new SecureRandom())
        .add(AttributeType.USER_NAME, utf8("alice"))
        .addPassword(utf8(password));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A socket of a NAS. */
  final class Port {
    private final DatagramSocket socket;

    private Port(DatagramSocket socket) {
      this.socket = socket;
    }

    /** Sends to the server's first or second address. */
    void send(SignedRequest request, int server) throws Exception {
      byte[] datagram = request.encode();
      String address = "/127.0.0." + server + ":";
      InetSocketAddress target =
          gate.addresses().stream()
              .filter(each -> each.toString().startsWith(address))
              .findFirst()
              .orElseThrow();
      socket.send(new DatagramPacket(datagram, datagram.length, target));
    }

    /** The reply to a request, which others may come before. */
    ReceivedPacket reply(SignedRequest request) throws Exception {
      return replyWithin(request, PATIENCE)
          .orElseThrow(() -> new AssertionError("no reply within " + PATIENCE));
    }

    /** The code of the next reply, whatever it answers. */
    int codeOfNextReply() throws Exception {
      byte[] buffer = new byte[4096];
      DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.receive(datagram);
      return buffer[0];
    }

    /** Whether a reply to this comes within a moment. */
    @Nullable ReceivedPacket replyInAMoment(SignedRequest request) throws Exception {
      return replyWithin(request, Duration.ofMillis(300)).orElse(null);
    }

    private Optional<ReceivedPacket> replyWithin(SignedRequest request, Duration atMost)
        throws Exception {
      byte[] buffer = new byte[4096];
      long end = System.nanoTime() + atMost.toNanos();
      while (true) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return Optional.empty();
        }
        socket.setSoTimeout((int) left);
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        try {
          socket.receive(datagram);
        } catch (SocketTimeoutException e) {
          return Optional.empty();
        }
        if (PacketDecoder.decodeReply(
                buffer, datagram.getLength(), SECRET, request.requestAuthenticator())
            instanceof PacketDecoder.Decoded.Packet(ReceivedPacket packet)) {
          return Optional.of(packet);
        }
      }
    }
  }

  /** What the user reads. */
  static String words(ReceivedPacket reply) {
    return reply.value(AttributeType.REPLY_MESSAGE).map(UntrustedText::decode).orElse("");
  }

  @Override
  public void close() {
    gate.close();
    sockets.forEach(DatagramSocket::close);
  }
}
