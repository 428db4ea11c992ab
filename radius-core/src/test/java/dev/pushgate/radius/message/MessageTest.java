package dev.pushgate.radius.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {
  private static final int REPLY_MESSAGE_OCTETS = 253;
  private static final String LONGEST_LINK = "l".repeat(150);

  static Stream<Arguments> sentences() {
    return Arrays.stream(Language.values())
        .flatMap(
            language ->
                Arrays.stream(Message.values()).map(message -> Arguments.of(language, message)));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void sentence_withTheLongestThatItsGapsTake_fitsInAReplyMessage(
      Language language, Message message) {
    String sentence =
        message == Message.ENROL_HERE
            ? message.in(language, 1440, LONGEST_LINK)
            : message.in(language, "12345678 ");

    assertThat(sentence.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(REPLY_MESSAGE_OCTETS);
    assertThat(sentence).isNotBlank().doesNotContain("%");
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void sentence_hasTheSameGapsInEachLanguage(Language language, Message message) {
    assertThat(gaps(language, message)).isEqualTo(gaps(Language.EN, message));
  }

  private static long gaps(Language language, Message message) {
    return language.sentence(message.key()).chars().filter(character -> character == '%').count();
  }

  @ParameterizedTest
  @EnumSource
  void file_hasNoSentenceThatIsNotUsed(Language language) throws IOException {
    Properties file = new Properties();
    try (InputStream in = Language.class.getResourceAsStream(language.word() + ".properties")) {
      file.load(in);
    }
    assertThat(file.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Message.values()).map(Message::key).toList());
  }

  @Test
  void words_thatProductsKnow_areTheirs() {
    assertThat(Message.PLEASE_WAIT.in(Language.EN, 17))
        .isEqualTo("Please wait 17 seconds to login again");
    assertThat(Message.FORTIGATE_PROMPT.in(Language.EN))
        .isEqualTo("+Enter token code or no code to send a notification to your FortiToken Mobile");
  }
}
