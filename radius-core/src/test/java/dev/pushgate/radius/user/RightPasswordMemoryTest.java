package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.radius.user.UserSource.Answer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightPasswordMemoryTest {
  private static final Answer.Right ALICE = new Answer.Right(new User("alice", Set.of(), null));

  private Instant now = Instant.EPOCH;
  private int asked;
  private String right = "correct-horse";
  private final UserSource memory =
      new RightPasswordMemory(this::check, Duration.ofSeconds(30), () -> now, new SecureRandom());

  private Answer check(Attempt attempt) {
    asked++;
    boolean isRight =
        attempt.password() instanceof Password.Pap pap
            ? new String(pap.octets(), StandardCharsets.UTF_8).equals(right)
            : attempt.password() instanceof Password.Chap;
    return isRight ? ALICE : new Answer.Wrong("wrong password", "alice");
  }

  @Test
  void samePasswordAgain_doesNotAskTheSource() throws Exception {
    assertThat(memory.check(Attempts.of("alice", "correct-horse"))).isEqualTo(ALICE);
    assertThat(memory.check(Attempts.of("ALICE", "correct-horse"))).isEqualTo(ALICE);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void otherPasswordOrUser_asksTheSource() throws Exception {
    var _ = memory.check(Attempts.of("alice", "correct-horse"));
    assertThat(memory.check(Attempts.of("alice", "correct-hors"))).isInstanceOf(Answer.Wrong.class);
    // Name and password in a row are the same octets.
    right = "ecorrect-horse";
    assertThat(memory.check(Attempts.of("alic", "ecorrect-horse"))).isEqualTo(ALICE);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void wrongPassword_isNotKept() throws Exception {
    for (int i = 0; i < 3; i++) {
      var _ = memory.check(Attempts.of("alice", "wrong"));
    }
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void useDoesNotProlong() throws Exception {
    for (int i = 0; i < 3; i++) {
      var _ = memory.check(Attempts.of("alice", "correct-horse"));
      now = now.plusSeconds(14);
    }
    assertThat(asked).isEqualTo(1);
    right = "other";
    assertThat(memory.check(Attempts.of("alice", "correct-horse")))
        .isInstanceOf(Answer.Wrong.class);
  }

  @Test
  void methodsThatDoNotShowThePassword_askEachTime() throws Exception {
    Password.Chap chap =
        Password.Chap.make((byte) 1, new byte[16], right.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 2; i++) {
      assertThat(memory.check(Attempts.of("alice", chap))).isEqualTo(ALICE);
    }
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void otherTimes_areRefused() {
    for (Duration time : new Duration[] {Duration.ofSeconds(9), Duration.ofSeconds(301)}) {
      assertThatThrownBy(
              () -> new RightPasswordMemory(this::check, time, () -> now, new SecureRandom()))
          .hasMessageContaining("is not from PT10S to PT5M");
    }
  }
}
