package dev.pushgate;

import static dev.pushgate.CheckedReply.ACCEPT;
import static dev.pushgate.CheckedReply.REJECT;
import static dev.pushgate.RunningPushgate.PASSWORD;
import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One whole login: a NAS over UDP, a phone over HTTPS, a server between them. */
class EndToEndTest {
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  @Test
  void login_approvedOnThePhone_isAccepted(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas nas = pushgate.rawNas()) {
      Phone phone = pushgate.enrol("alice");
      RawRequest request =
          new RawRequest(7, "alice", PASSWORD)
              .with(RawRequest.PROXY_STATE, "first")
              .with(RawRequest.CALLING_STATION_ID, "203.0.113.77")
              .with(RawRequest.PROXY_STATE, "")
              .with(RawRequest.PROXY_STATE, new byte[] {0, (byte) 0xff, 0});
      nas.send(request);

      Question question = nextQuestion(phone);
      assertThat(question.user()).isEqualTo("alice");
      assertThat(question.client()).isEqualTo(RunningPushgate.CLIENT);
      assertThat(question.service()).isEqualTo("Test VPN");
      assertThat(question.from()).isEqualTo("203.0.113.77");
      assertThat(question.expires()).isBetween(Instant.now(), Instant.now().plusSeconds(30));
      assertThat(phone.approve(question, null))
          .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));

      CheckedReply reply = nas.reply(request);
      assertThat(reply.code()).isEqualTo(ACCEPT);
      assertThat(reply.types()).containsExactly(80, 33, 33, 33);
    }
  }

  @Test
  void login_deniedOnThePhone_isRejectedWithTheReason(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas nas = pushgate.rawNas()) {
      Phone phone = pushgate.enrol("alice");
      RawRequest request = new RawRequest(255, "alice", PASSWORD).with(RawRequest.PROXY_STATE, "p");
      nas.send(request);
      assertThat(phone.deny(nextQuestion(phone)))
          .isEqualTo(new Reply.Done<>(Settlement.State.DENIED));

      CheckedReply reply = nas.reply(request);
      assertThat(reply.code()).isEqualTo(REJECT);
      assertThat(reply.types()).containsExactly(80, 18, 33);
      assertThat(reply.message()).isEqualTo("The sign-in was denied on your phone.");
    }
  }

  @Test
  void login_reportedOnThePhone_looksDeniedAtTheKeyboard(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas nas = pushgate.rawNas()) {
      Phone phone = pushgate.enrol("alice");
      RawRequest request = new RawRequest(0, "alice", PASSWORD);
      nas.send(request);
      assertThat(phone.report(nextQuestion(phone)))
          .isEqualTo(new Reply.Done<>(Settlement.State.REPORTED));

      CheckedReply reply = nas.reply(request);
      assertThat(reply.code()).isEqualTo(REJECT);
      assertThat(reply.types()).containsExactly(80, 18);
      assertThat(reply.message()).isEqualTo("The sign-in was denied on your phone.");
    }
  }

  @Test
  void login_leftToExpire_isRejectedBeforeTheNasGivesUp(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 3s");
        RawNas nas = pushgate.rawNas()) {
      Phone phone = pushgate.enrol("alice");
      RawRequest request = new RawRequest(1, "alice", PASSWORD);
      long sent = System.nanoTime();
      nas.send(request);
      Question question = nextQuestion(phone);

      CheckedReply reply = nas.reply(request);
      assertThat(Duration.ofNanos(System.nanoTime() - sent))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
      assertThat(reply.code()).isEqualTo(REJECT);
      assertThat(reply.types()).containsExactly(80, 18);
      assertThat(reply.message()).isEqualTo("Nobody answered in time on your phone.");
      assertThat(phone.approve(question, null))
          .isEqualTo(new Reply.Refused<>(410, "expired", null, null));
    }
  }

  @Test
  void retransmission_joinsTheWaitAndLaterGetsTheSameOctets(@TempDir Path folder) throws Exception {
    try (RunningPushgate pushgate = RunningPushgate.start(folder, "answer-within = 30s");
        RawNas nas = pushgate.rawNas()) {
      Phone phone = pushgate.enrol("alice");
      RawRequest request = new RawRequest(9, "alice", PASSWORD).with(RawRequest.PROXY_STATE, "p");
      nas.send(request);
      Question question = nextQuestion(phone);
      nas.send(request).send(request);
      assertThat(nas.receive(A_MOMENT)).as("while the login waits").isEmpty();
      assertThat(pushgate.server().waiting()).isEqualTo(1);
      assertThat(phone.challenges(Duration.ZERO))
          .as("one question for all copies")
          .isEqualTo(new Reply.Done<>(List.of(question)));

      var _ = phone.approve(question, null);
      CheckedReply reply = nas.reply(request);
      assertThat(reply.code()).isEqualTo(ACCEPT);
      assertThat(nas.receive(A_MOMENT)).as("a second reply").isEmpty();

      for (int i = 0; i < 3; i++) {
        assertThat(nas.ask(request).octets()).isEqualTo(reply.octets());
      }
      assertThat(phone.challenges(Duration.ZERO)).isEqualTo(new Reply.Done<>(List.of()));
    }
  }
}
