package dev.pushgate;

import dev.pushgate.radius.GateSettings;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.RadiusGate;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gate over real UDP on two addresses, with the NAS of each file as a client, and a phone that is
 * a list of questions. Any user has the same password, so that thousands of runs share one gate.
 */
final class TappedGate implements AutoCloseable {
  private final RadiusGate gate;
  private final List<NasFile> files;
  private final Map<String, List<Question>> questions = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> passwords = new ConcurrentHashMap<>();

  /** What the phone shows. */
  static final class Question {
    private final Instant received;
    private final CompletableFuture<Outcome> answer = new CompletableFuture<>();
    private volatile boolean over;

    private Question(Login login) {
      this.received = login.received();
    }

    /** When the packet arrived that this is asked for. */
    Instant received() {
      return received;
    }

    void approve() {
      var _ = answer.complete(new Outcome.Approved("push"));
    }

    void deny() {
      var _ =
          answer.complete(new Outcome.Denied("denied", "The sign-in was denied on your phone."));
    }

    boolean isOpen() {
      return !over && !answer.isDone();
    }
  }

  private TappedGate(List<NasFile> files, Duration answerWithin) {
    this.files = files;
    List<Client> clients = new ArrayList<>();
    for (NasFile file : files) {
      clients.addAll(clients(file, answerWithin));
    }
    this.gate =
        new RadiusGate(
            new GateSettings(
                List.of(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0)),
                Duration.ofMillis(100),
                Exchanges.Bounds.DEFAULT),
            new Clients(clients),
            this::check,
            Map.of("push", this::push, "dialogue", this::dialogue),
            InstantSource.system(),
            new SecureRandom());
  }

  /**
   * Starts one.
   *
   * @param answerWithin what it is told of the patience of each client
   */
  static TappedGate start(List<NasFile> files, Duration answerWithin) throws IOException {
    TappedGate tapped = new TappedGate(files, answerWithin);
    tapped.gate.start();
    return tapped;
  }

  private List<Client> clients(NasFile file, Duration answerWithin) {
    List<Client> clients = new ArrayList<>();
    for (InetAddress address : addresses(file)) {
      clients.add(
          new Client(
              file.name() + clients.size(),
              List.of(Network.parse(address.getHostAddress())),
              SharedSecret.of(RunningPushgate.SECRET),
              file.kind(),
              MessageAuthenticatorRule.OPTIONAL,
              answerWithin,
              file.dialogue() ? "dialogue" : "push",
              file.group() ? file.name() : null,
              ClientSources.DEFAULT,
              ClientDialogue.DEFAULT,
              ReplyAttributes.NONE));
    }
    return clients;
  }

  private List<InetAddress> addresses(NasFile file) {
    int number = files.indexOf(file);
    return List.of(
        InetAddress.ofLiteral("127.1." + number + ".1"),
        InetAddress.ofLiteral("127.1." + number + ".2"));
  }

  /** The NAS of that file, with sockets of its own. */
  SimulatedNas nas(NasFile file) {
    return new SimulatedNas(addresses(file), gate.addresses());
  }

  private Answer check(Attempt attempt) {
    String name = attempt.userName();
    Password password = attempt.password();
    passwordsOf(name).incrementAndGet();
    return password instanceof Password.Pap pap
            && new String(pap.octets(), StandardCharsets.UTF_8).equals(RunningPushgate.PASSWORD)
        ? new Answer.Right(new User(name, Set.of(), null))
        : new Answer.Wrong("wrong password");
  }

  private AtomicInteger passwordsOf(String user) {
    return passwords.computeIfAbsent(user, _ -> new AtomicInteger());
  }

  /** How many packets of that user have had their password checked. */
  int checkedPasswords(String user) {
    return passwordsOf(user).get();
  }

  /** All that the phone of that user has been asked so far, the oldest first. */
  List<Question> questions(String user) {
    return questions.computeIfAbsent(user, _ -> new CopyOnWriteArrayList<>());
  }

  /** Asks for a code, and takes an empty answer as the wish for a question on the phone. */
  private Outcome dialogue(Login login, Instant deadline) {
    return new Outcome.Asked(
        "Enter a code, or nothing for a question on your phone",
        Duration.ofSeconds(30),
        false,
        (_, newDeadline) -> push(login, newDeadline));
  }

  private Outcome push(Login login, Instant deadline) throws InterruptedException {
    Question question = new Question(login);
    questions(login.user().name()).add(question);
    try {
      return question.answer.get(
          Duration.between(Instant.now(), deadline).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome.Denied("expired", "Nobody answered in time on your phone.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      question.over = true;
    }
  }

  @Override
  public void close() {
    gate.close();
  }
}
