package dev.pushgate.radius.user;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.LogLines;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.UsersFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outgrown passwords in a real file, and logins that show them. */
@Timeout(60)
class RehashingTest {
  /** The password is grüße. */
  private static final String SHA =
      "$6$abcd$L9aeAZ0BtjDUrFXBFYD65KESYgHxkw4o5/ezM9mkTscWg0Pmts/R3oEEnyW8U1lOIZcNiBTAh9T1/PJF1qyrO.";

  private static final String FILE =
      """
      # people
      Alice = %s
        ! and others
      bob = $2b$04$abcdefghijklmnopqrstuuPoaPXzWjiVz4HaNq2LJXksWbO79E.S6
      nadia = {NT}8846F7EAEE8FB117AD06BDD830B7586C
      carol = {CLEARTEXT}correct-horse
      dave = $argon2id$v=19$m=19457,t=2,p=3$MDEyMzQ1Njc4OWFiY2RlZg$EsI3Zf6J8WeW/Q6YPvgS+Nx1NVPm5oOGhwZQt88Td6A
      """
          .formatted(SHA);

  private final LogLines log = LogLines.open();
  private final HashingThreads hashing = new HashingThreads(1, 10);

  // JUnit sets them before each test.
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @SuppressWarnings("NullAway.Init")
  private Rehashing rehashing;

  private @Nullable UsersFileEditor editor;

  @BeforeEach
  void start() throws IOException {
    file = Files.writeString(folder.resolve("users.properties"), FILE);
    editor = new UsersFileEditor(file, Set.of("push"), Duration.ofSeconds(10));
    rehashing = new Rehashing(() -> editor, new SecureRandom(), InstantSource.system());
  }

  @AfterEach
  void stop() {
    rehashing.close();
    hashing.close();
    log.close();
  }

  private UsersFileSource source() {
    Users users = ((Reading.Read) new UsersFile(file, Set.of("push")).read()).users();
    return new UsersFileSource(users, hashing, InstantSource.system(), rehashing);
  }

  private static Password.Pap latin1(String password) {
    return new Password.Pap(password.getBytes(ISO_8859_1));
  }

  @Test
  void rightPassword_isStoredAnewAndNothingElseChanges() throws Exception {
    assertThat(source().check(Attempts.of("ALICE", latin1("grüße"))))
        .isInstanceOf(Answer.Right.class);

    await().until(() -> !Files.readString(file).equals(FILE));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(1)).startsWith("Alice = $argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Files.readString(file)).isEqualTo(FILE.replace("Alice = " + SHA, lines.get(1)));
    for (byte[] typed : List.of("grüße".getBytes(ISO_8859_1), "grüße".getBytes(UTF_8))) {
      assertThat(source().check(Attempts.of("alice", new Password.Pap(typed))))
          .isInstanceOf(Answer.Right.class);
    }
    assertThat(source().check(Attempts.of("alice", "wrong"))).isInstanceOf(Answer.Wrong.class);
  }

  @Test
  void wrongPasswordAndWhatNeedsNone_leaveTheFileAsItIs() throws Exception {
    UsersFileSource source = source();
    assertThat(source.check(Attempts.of("alice", "wrong"))).isInstanceOf(Answer.Wrong.class);
    assertThat(source.check(Attempts.of("nadia", "password"))).isInstanceOf(Answer.Right.class);
    assertThat(source.check(Attempts.of("carol", "correct-horse")))
        .isInstanceOf(Answer.Right.class);
    assertThat(source.check(Attempts.of("dave", "correct-horse"))).isInstanceOf(Answer.Right.class);
    assertThat(source.check(Attempts.of("bob", "correct-horse"))).isInstanceOf(Answer.Right.class);

    // Bob comes last, so the others have been looked at when his line has changed.
    await().until(() -> !Files.readString(file).equals(FILE));
    String bob = Files.readAllLines(file).get(3);
    assertThat(bob).startsWith("bob = $argon2id$");
    assertThat(Files.readAllLines(file))
        .containsAll(FILE.lines().filter(each -> !each.startsWith("bob")).toList());
  }

  @Test
  void lineThatHasChangedMeanwhile_staysAsItIs() throws Exception {
    UsersFileSource before = source();
    String edited = FILE.replace(SHA, "{CLEARTEXT}new");
    Files.writeString(file, edited);
    assertThat(before.check(Attempts.of("alice", "grüße"))).isInstanceOf(Answer.Right.class);
    assertThat(before.check(Attempts.of("bob", "correct-horse"))).isInstanceOf(Answer.Right.class);

    await().until(() -> !Files.readString(file).equals(edited));
    assertThat(Files.readAllLines(file)).contains("Alice = {CLEARTEXT}new");
  }

  @Test
  void brokenFile_isLeftAloneAndWarnedOfOnceAMinute() throws Exception {
    UsersFileSource before = source();
    String broken = FILE + "eve = hunter2\n";
    Files.writeString(file, broken);
    assertThat(before.check(Attempts.of("bob", "correct-horse"))).isInstanceOf(Answer.Right.class);
    await().until(() -> warnings().size() == 1);
    assertThat(before.check(Attempts.of("alice", "grüße"))).isInstanceOf(Answer.Right.class);
    rehashing.close();

    assertThat(Files.readString(file)).isEqualTo(broken);
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("WARN 1 outgrown passwords could not be stored anew: ")
        .contains(":8: eve: the value has no known password scheme.")
        .doesNotContain("hunter2");
  }

  private List<String> warnings() {
    return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
  }

  @Test
  void switchedOff_nothingIsWritten() throws Exception {
    editor = null;
    assertThat(source().check(Attempts.of("bob", "correct-horse")))
        .isInstanceOf(Answer.Right.class);
    rehashing.close();

    assertThat(Files.readString(file)).isEqualTo(FILE);
  }

  /** bcrypt has seen 72 octets, so what stands behind them may be anything. */
  @Test
  void longPasswordOfBcrypt_isNotStoredAnew() {
    String first72 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    StoredPassword bcrypt =
        ((StoredPassword.Parsed.Stored)
                StoredPassword.parse(
                    "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"))
            .password();

    assertThat(bcrypt.isOutgrown(first72.getBytes(UTF_8))).isTrue();
    assertThat(bcrypt.isOutgrown((first72 + "x").getBytes(UTF_8))).isFalse();
  }
}
