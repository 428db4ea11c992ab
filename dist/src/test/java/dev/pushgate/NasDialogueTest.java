package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the files whose login begins with an Access-Challenge, with a factor that asks for a code
 * and takes no code as the wish for a push: one push, one Accept.
 */
class NasDialogueTest {
  private static final double PACE = 100_000_000;

  static List<NasFile> files() {
    return NasFile.all().stream().filter(NasFile::dialogue).toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void emptyAnswerToAChallenge_isOnePushAndOneAcceptForTheNewestPacket(NasFile file)
      throws Exception {
    String user = "alice";
    try (TappedGate gate = TappedGate.start(List.of(file), Duration.ofSeconds(20));
        SimulatedNas nas = gate.nas(file)) {
      NasSession session = NasSession.first(file, nas, user);
      session.play(PACE);
      assertThat(session.sendings()).as("packets that were sent").isEqualTo(file.packets().size());
      await().until(() -> !gate.questions(user).isEmpty());
      gate.questions(user).getFirst().approve();
      await().until(session::isAnswered);
      assertThat(session.newestCode()).isEqualTo(CheckedReply.ACCEPT);
      assertThat(gate.questions(user)).as("pushes").hasSize(1);
      assertThat(session.accepts()).as("Accepts").isEqualTo(1);
      assertThat(nas.strayReplies()).as("replies that answer nothing").isEmpty();
    }
  }
}
