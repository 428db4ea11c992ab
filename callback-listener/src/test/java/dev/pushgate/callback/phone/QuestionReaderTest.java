package dev.pushgate.callback.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushgate.push.challenge.ChallengeNotes;
import dev.pushgate.push.phone.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone makes of a server that says more than it knows, or nonsense. */
final class QuestionReaderTest {

  private static Question read(String json) throws Exception {
    return QuestionReader.read(new ObjectMapper().readTree(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"options\":\"12\"}",
        "{\"options\":{\"a\":\"12\"}}",
        "{\"options\":[12,47]}",
        "{\"options\":[\"12\",null]}",
        "{\"options\":[\"12\",\"12\"]}",
        "{\"options\":[\"12\",\"47<b>\"]}",
        "{\"options\":[\"12\",\"\"]}",
        "{\"options\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]}",
      })
  void optionsThatAreNone_areLeftOut(String json) throws Exception {
    assertThat(read(json).options()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"why\":\"soon\"}",
        "{\"why\":[\"full-moon\",7,null]}",
        "{\"why\":{},\"requests\":9}",
        "{\"why\":[\"many-requests\"],\"requests\":-9}",
        "{\"why\":[\"many-requests\"],\"requests\":\"x\"}",
        "{\"why\":[\"many-requests\"]}",
      })
  void wordsThatAreNotKnown_areLeftOut(String json) throws Exception {
    assertThat(read(json).notes()).isEqualTo(ChallengeNotes.NONE);
  }

  @Test
  void knownWordsBesideUnknownOnes_areTaken() throws Exception {
    assertThat(read("{\"why\":[\"x\",\"many-requests\",\"new-place\"],\"requests\":4}").notes())
        .isEqualTo(new ChallengeNotes(true, 4));
  }
}
