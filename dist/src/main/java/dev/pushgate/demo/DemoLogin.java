package dev.pushgate.demo;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.callback.phone.Trust;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One whole login, played over real UDP and real HTTPS: a NAS asks, a phone approves. */
final class DemoLogin {
  private static final String FROM = "203.0.113.77";

  private final PrintWriter out;
  private final long start = System.nanoTime();

  DemoLogin(PrintWriter out) {
    this.out = out;
  }

  /**
   * Plays it and prints its timeline.
   *
   * @param invitation enrolment URL for the phone
   * @param certificate the server's own, which the phone shall trust
   * @return whether it ended in Access-Accept
   */
  boolean play(InetSocketAddress radius, URI invitation, Path certificate)
      throws IOException, InterruptedException {
    Path account = Files.createTempFile("pushgate-demo", ".json");
    SecureRandom random = new SecureRandom();
    try (HttpClient http = Trust.client(certificate);
        Nas nas = new Nas(radius, SharedSecret.of(DemoFolder.SECRET), random)) {
      Phone phone =
          done(Phone.enrol(http, invitation, "Demo phone", account, InstantSource.system()));
      line("phone", "enrolled over HTTPS for " + phone.account().user());
      Thread tap = Thread.ofVirtual().name("demo-phone").start(() -> approveNext(phone));
      SignedRequest request =
          nas.request(DemoFolder.USER, DemoFolder.PASSWORD.getBytes(StandardCharsets.UTF_8));
      request.add(AttributeType.CALLING_STATION_ID, FROM.getBytes(StandardCharsets.UTF_8));
      Optional<NasAnswer> answer =
          nas.ask(
              request,
              Duration.ofSeconds(5),
              Duration.ofSeconds(60),
              new Nas.Progress() {
                @Override
                public void sent(int attempt, int octets) {
                  line("NAS", "Access-Request, " + octets + " octets, to UDP " + radius.getPort());
                }
              });
      line("NAS", answer.map(reply -> reply.packet().getPacketTypeName()).orElse("no answer"));
      tap.join();
      // It has played its part; a phone that nobody holds would be asked in vain from now on.
      var _ = phone.remove();
      return answer.map(NasAnswer::isAccept).orElse(false);
    } finally {
      Files.deleteIfExists(account);
    }
  }

  private void approveNext(Phone phone) {
    try {
      List<Question> questions = done(phone.challenges(Duration.ofSeconds(50)));
      Question question = questions.getFirst();
      line(
          "phone",
          "\"%s signs in to %s at %s from %s: is it you?\""
              .formatted(question.user(), question.service(), question.client(), question.from()));
      Settlement.State state = done(phone.approve(question, null));
      line("phone", "tapped Approve: " + state.word());
    } catch (IOException e) {
      line("phone", "no connection: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T done(Reply<T> reply) throws IOException {
    return switch (reply) {
      case Reply.Done<T>(T value) -> value;
      case Reply.Refused<T> refused ->
          throw new IOException("the server refused: " + refused.code());
    };
  }

  private synchronized void line(String who, String what) {
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    out.println(String.format(Locale.ROOT, "%7.3f s  %-5s  %s", seconds, who, what));
    out.flush();
  }
}
