package dev.pushgate;

import dev.pushgate.callback.CallbackListener;
import dev.pushgate.callback.ListenerSettings;
import dev.pushgate.callback.certificate.SelfSignedCertificate;
import dev.pushgate.callback.limit.Limits;
import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.callback.phone.Trust;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.challenge.Choice;
import dev.pushgate.push.challenge.End;
import dev.pushgate.push.delivery.Delivery;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.notifier.Notice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real server of phones without RADIUS: tests open challenges of every kind at it, which real
 * browsers and phones answer over HTTPS.
 */
final class PhoneServer implements AutoCloseable {
  private static final Duration LIFE = Duration.ofSeconds(60);

  private final Path folder;
  private final InstantSource clock = InstantSource.system();
  private final String base;
  private final TestServer server;
  private final CallbackListener listener;
  private final SelfSignedCertificate certificate;
  private final HttpClient http;

  /**
   * A challenge that waits for its answer.
   *
   * @param delivery closed when the test is done with it
   */
  record Asked(Challenge challenge, Delivery delivery) implements AutoCloseable {
    /** How it was answered: approved, denied or reported. */
    String answer() {
      return challenge.end().orElseThrow() instanceof End.Answered answered
          ? answered.settlement().state().word()
          : "not answered";
    }

    boolean isOpen() {
      return challenge.end().isEmpty();
    }

    @Override
    public void close() {
      delivery.close();
    }
  }

  private PhoneServer(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    int port = RunningPushgate.freeTcpPort();
    base = "https://127.0.0.1:" + port;
    server = new TestServer(folder, clock);
    server.addresses.give(base);
    certificate = new SelfSignedCertificate(folder, clock, new SecureRandom());
    listener =
        new CallbackListener(
            new ListenerSettings(
                List.of(InetAddress.ofLiteral("127.0.0.1")),
                port,
                URI.create(base),
                "Demo VPN",
                Optional.empty(),
                Limits.DEFAULT),
            server.phones,
            clock,
            certificate.keptOrNew(URI.create(base)));
    listener.start();
    http = Trust.client(certificate.file());
  }

  static PhoneServer start(Path folder) throws IOException, InterruptedException {
    return new PhoneServer(folder);
  }

  /** The base address of phones. */
  String base() {
    return base;
  }

  /** What a phone has to trust. */
  Path certificate() {
    return certificate.file();
  }

  /** An enrolment link. */
  URI invite(String user) throws InterruptedException {
    return URI.create(server.codes.issue(user, Duration.ofHours(1), base).url());
  }

  /** A phone that has just been enrolled. */
  Phone enrol(String user) throws IOException, InterruptedException {
    Path account = Files.createTempFile(folder, "phone", ".json");
    return switch (Phone.enrol(http, invite(user), "Test phone", account, clock)) {
      case Reply.Done<Phone>(Phone phone) -> phone;
      case Reply.Refused<Phone> refused -> throw new IOException("refused: " + refused);
    };
  }

  /** What the server tells about the open challenges of a user's new device, octet by octet. */
  String toldAfter(String user, Questions questions) throws IOException, InterruptedException {
    TestPhone phone = server.enrolled(user);
    questions.ask();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/v1/challenges"))
            .header("Authorization", "Bearer " + phone.bearer("GET", "/v1/challenges"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Opens challenges. */
  interface Questions {
    void ask() throws InterruptedException;
  }

  /** Asks all devices of a user to type that number. */
  Asked askForNumber(String user, String number) throws InterruptedException {
    return ask(user, Optional.of(number), Optional.empty(), ChallengeNotes.NONE);
  }

  /** Asks all devices of a user to choose. */
  Asked askToChoose(String user, Choice choice) throws InterruptedException {
    return ask(user, Optional.empty(), Optional.of(choice), ChallengeNotes.NONE);
  }

  /** Asks all devices of a user for a tap on Approve, and tells them this. */
  Asked ask(String user, ChallengeNotes notes) throws InterruptedException {
    return ask(user, Optional.empty(), Optional.empty(), notes);
  }

  private Asked ask(
      String user, Optional<String> number, Optional<Choice> choice, ChallengeNotes notes)
      throws InterruptedException {
    List<Device> devices = server.devices.ofUser(user);
    Challenge challenge =
        server.challenges.open(
            server.login(user),
            devices.stream().map(Device::id).collect(Collectors.toSet()),
            clock.instant().plus(LIFE),
            number,
            choice,
            notes);
    Notice notice = new Notice(Notice.Kind.QUESTION, challenge.id(), base, challenge.expires());
    return new Asked(challenge, server.deliveries.start(challenge, devices, notice));
  }

  @Override
  public void close() {
    http.shutdownNow();
    listener.stop();
    server.close();
  }
}
