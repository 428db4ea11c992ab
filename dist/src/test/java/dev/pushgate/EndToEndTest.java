package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.nas.NasAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One whole login: a NAS over UDP, a phone over HTTPS, a server between them. */
class EndToEndTest {

  @Test
  void login_approvedOnThePhone_isAccepted(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Nas nas = pushgate.nas()) {
      Phone phone = pushgate.enrol("alice");
      CompletableFuture<Optional<NasAnswer>> answer =
          CompletableFuture.supplyAsync(() -> ask(nas), threads);
      Question question =
          ((Reply.Done<List<Question>>) phone.challenges(Duration.ofSeconds(20)))
              .value()
              .getFirst();
      assertThat(question.client()).isEqualTo(RunningPushgate.CLIENT);
      assertThat(phone.approve(question, null))
          .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
      assertThat(answer.get().map(NasAnswer::isAccept)).contains(true);
    }
  }

  private static Optional<NasAnswer> ask(Nas nas) {
    try {
      return nas.ask(
          nas.request("alice", RunningPushgate.PASSWORD.getBytes(StandardCharsets.UTF_8)),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Nas.Progress.NONE);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
