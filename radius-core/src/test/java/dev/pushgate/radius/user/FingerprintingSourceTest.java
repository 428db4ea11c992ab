package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.user.UserSource.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintingSourceTest {
  private static final byte[] PASSWORD = "correct-horse".getBytes(StandardCharsets.UTF_8);
  private static final User ALICE = new User("Alice", Set.of(), null);

  private final UserSource source =
      new FingerprintingSource(attempt -> known(attempt.userName()), this::print);

  private static Answer known(String name) {
    return name.equals("alice") ? new Answer.Right(ALICE) : new Answer.Wrong("unknown user");
  }

  private Optional<String> print(String user, byte[] password) {
    return Optional.of(user + "/" + new String(password, StandardCharsets.UTF_8));
  }

  @Test
  void rightPassword_hasTheFingerprintOfTheCanonicalNameAndThePassword() throws Exception {
    assertThat(source.check(Attempts.of("alice", new Password.Pap(PASSWORD))))
        .isEqualTo(new Answer.Right(ALICE, null, "Alice/correct-horse", true))
        .hasToString("Right[Alice]");
  }

  @Test
  void withoutAKey_thePasswordIsRightAllTheSame() throws Exception {
    UserSource keyless =
        new FingerprintingSource(attempt -> known(attempt.userName()), (_, _) -> Optional.empty());

    assertThat(keyless.check(Attempts.of("alice", new Password.Pap(PASSWORD))))
        .isEqualTo(new Answer.Right(ALICE));
  }

  @Test
  void passwordThatIsNotShown_hasNone() throws Exception {
    assertThat(
            source.check(
                Attempts.of("alice", Password.Chap.make((byte) 1, new byte[16], PASSWORD))))
        .isEqualTo(new Answer.Right(ALICE));
  }

  @Test
  void refusal_isHandedOn() throws Exception {
    assertThat(source.check(Attempts.of("eve", new Password.Pap(PASSWORD))))
        .isEqualTo(new Answer.Wrong("unknown user"));
  }
}
