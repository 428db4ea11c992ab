package dev.pushgate;

import static dev.pushgate.RunningPushgate.nextQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.callback.phone.Phone;
import dev.pushgate.callback.phone.Reply;
import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The one question that a login may put to a phone, whatever number of packets it takes. */
record OneQuestion(Phone phone, Question question) {
  /**
   * Waits for the question, lets packets pass, and sees that no other question has come.
   *
   * @param packets waits until the program has sent enough of them
   */
  static OneQuestion after(Phone phone, Runnable packets) throws IOException, InterruptedException {
    Question question = nextQuestion(phone);
    packets.run();
    assertThat(phone.challenges(Duration.ZERO))
        .as("one question for all packets of the login")
        .isEqualTo(new Reply.Done<>(List.of(question)));
    return new OneQuestion(phone, question);
  }

  void approve() throws IOException, InterruptedException {
    assertThat(phone.approve(question, null))
        .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
  }

  void deny() throws IOException, InterruptedException {
    assertThat(phone.deny(question)).isEqualTo(new Reply.Done<>(Settlement.State.DENIED));
  }

  /** Sees, when the program has its answer, that nothing more is asked. */
  static void noneIsLeft(Phone phone) throws IOException, InterruptedException {
    assertThat(phone.challenges(Duration.ZERO))
        .as("a second question")
        .isEqualTo(new Reply.Done<>(List.of()));
  }
}
