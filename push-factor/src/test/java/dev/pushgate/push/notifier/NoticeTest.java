package dev.pushgate.push.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.challenge.Challenge;
import dev.pushgate.push.challenge.Challenges;
import dev.pushgate.push.challenge.Choice;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.user.User;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
  private static final String BASE = "https://vpn.example.test";

  private static Challenge challenge(Optional<String> number, Optional<Choice> choice) {
    Login login =
        new Login(
            "L1",
            new User("alice", Set.of(), null),
            Client.of("fortigate-hq", "192.0.2.1", "shared"),
            "203.0.113.77",
            NOW);
    return new Challenges(() -> NOW, new SecureRandom())
        .open(login, Set.of(), NOW.plusSeconds(60), number, choice);
  }

  @Test
  void question_thatAsksForMoreThanATap_isNoneThatAButtonAnswers() {
    Optional<Choice> choice = Optional.of(new Choice(List.of("12", "47"), "47"));
    assertThat(Notice.of(challenge(Optional.empty(), Optional.empty()), BASE).kind())
        .isEqualTo(Notice.Kind.QUESTION);
    assertThat(Notice.of(challenge(Optional.of("471604"), Optional.empty()), BASE).kind())
        .isEqualTo(Notice.Kind.QUESTION_WITH_NUMBER);
    assertThat(Notice.of(challenge(Optional.empty(), choice), BASE).kind())
        .isEqualTo(Notice.Kind.QUESTION_WITH_NUMBER);
  }

  @ParameterizedTest
  @EnumSource
  void words_areThereInEachLanguageAndNameNobody(Notice.Kind kind) {
    Notice english = new Notice(kind, "c", BASE, NOW, Language.EN);
    Notice german = new Notice(kind, "c", BASE, NOW, Language.DE);
    assertThat(english.text()).isNotBlank().isNotEqualTo(german.text());
    assertThat(german.title()).isNotBlank();
    assertThat(german.message().path("text").asText()).isEqualTo(german.text());
    assertThat(german.answered().text()).isEqualTo("Diese Anmeldung wurde beantwortet.");
    assertThat(new Notice(kind, "c", BASE, NOW)).isEqualTo(english);
  }
}
