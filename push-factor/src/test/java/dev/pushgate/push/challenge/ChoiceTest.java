package dev.pushgate.push.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  @Test
  void random_hasDifferentOptionsOfWhichOneIsRight() {
    Choice choice = Choice.random(new SecureRandom(), 10);
    assertThat(choice.options()).hasSize(10).doesNotHaveDuplicates().contains(choice.right());
    assertThat(choice.toString()).doesNotContain(choice.right());
  }

  @Test
  void options_thatThePhoneCouldNotShowApart_areRefused() {
    assertRefused(List.of("1"), "1");
    assertRefused(List.of("1", "1"), "1");
    assertRefused(List.of("1", "2"), "3");
    assertRefused(List.of("1", "2,3"), "1");
    assertRefused(List.of("1", "decline"), "1");
    assertRefused(List.of("1", ""), "1");
    assertRefused(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"), "1");
  }

  private static void assertRefused(List<String> options, String right) {
    assertThatThrownBy(() -> new Choice(options, right))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
