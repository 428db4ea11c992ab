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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one question that a login may put to a phone, whatever number of packets it takes. */
record OneQuestion(Phone phone, Question question) {
  private static final Pattern NUMBER =
      Pattern.compile("Enter ([0-9]{3} [0-9]{3}) on your phone, then ");

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

  /** Types on the phone what the prompt at the computer shows. */
  void approveWith(String number) throws IOException, InterruptedException {
    assertThat(question.digits()).isEqualTo(number.length());
    assertThat(phone.approve(question, number))
        .isEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
  }

  /** Types another number of as many digits. */
  void approveWithAnotherThan(String number) throws IOException, InterruptedException {
    char last = number.charAt(number.length() - 1);
    String other = number.substring(0, number.length() - 1) + (last == '0' ? '1' : '0');
    assertThat(phone.approve(question, other))
        .isNotEqualTo(new Reply.Done<>(Settlement.State.APPROVED));
  }

  /** The number that a prompt shows, without its space. */
  static String numberIn(String said) {
    Matcher prompt = NUMBER.matcher(said);
    assertThat(prompt.find()).as(said).isTrue();
    return prompt.group(1).replace(" ", "");
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
