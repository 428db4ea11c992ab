package dev.pushgate.radius.user;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.UserSource.Cause;
import dev.pushgate.radius.user.UsersFile.Reading;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time limit turns a turn that is never given back into a failure. */
@Timeout(60)
class UsersFileSourceTest {
  /** The password of each but dora is correct-horse. */
  private static final String FILE =
      """
      Alice = $argon2id$v=19$m=19457,t=2,p=3$MDEyMzQ1Njc4OWFiY2RlZg$EsI3Zf6J8WeW/Q6YPvgS+Nx1NVPm5oOGhwZQt88Td6A
      Alice.groups = vpn, admins
      Alice.factor = push
      bob = $2b$04$abcdefghijklmnopqrstuuPoaPXzWjiVz4HaNq2LJXksWbO79E.S6
      carol = {CLEARTEXT}correct-horse
      carol.disabled = true
      dora = {CLEARTEXT}grüße
      """;

  @ParameterizedTest
  @CsvSource({
    "ALICE, correct-horse, Right",
    "bob, correct-horse, Right",
    "bob, wrong, wrong password",
    "alice, wrong, wrong password",
    "carol, correct-horse, user is disabled",
    "carol, wrong, user is disabled",
    "eve, correct-horse, unknown user",
    "'', correct-horse, unknown user",
    "'alice\0', correct-horse, unknown user",
  })
  void answer_followsFromUserAndPassword(String userName, String password, String expected)
      throws Exception {
    Answer answer = source(FILE).check(Attempts.of(userName, pap(password)));

    assertThat(
            switch (answer) {
              case Answer.Right right -> "Right";
              case Answer.Wrong(String reason, _, _) -> reason;
              case Answer.Unknown(String reason) -> reason;
              case Answer.Asked _, Answer.Unavailable _, Answer.Busy _ -> answer.toString();
            })
        .isEqualTo(expected);
  }

  @Test
  void rightPassword_tellsTheUserByCanonicalName() throws Exception {
    assertThat(source(FILE).check(Attempts.of("aLiCe", pap("correct-horse"))))
        .isEqualTo(new Answer.Right(new User("Alice", Set.of("vpn", "admins"), "push")));
  }

  @Test
  void passwordInLatin1_isRight() throws Exception {
    assertThat(
            source(FILE).check(Attempts.of("dora", new Password.Pap("grüße".getBytes(ISO_8859_1)))))
        .isInstanceOf(Answer.Right.class);
  }

  @Test
  void replacedUsers_areKnownAtOnce() throws Exception {
    UsersFileSource source = source("alice = {CLEARTEXT}old");

    source.replace(users("bob = {CLEARTEXT}new"));

    assertThat(source.check(Attempts.of("alice", pap("old")))).isEqualTo(new Answer.Unknown());
    assertThat(source.check(Attempts.of("bob", pap("new")))).isInstanceOf(Answer.Right.class);
  }

  @Test
  void noUsers_answerUnknown() throws Exception {
    assertThat(source("").check(Attempts.of("alice", pap("correct-horse"))))
        .isEqualTo(new Answer.Unknown());
  }

  @ParameterizedTest
  @CsvSource({
    "{CLEARTEXT}x, {NT}8846F7EAEE8FB117AD06BDD830B7586C, NtHash[not shown]",
    "{NT}8846F7EAEE8FB117AD06BDD830B7586C, $2b$04$abcdefghijklmnopqrstuuPoaPXzWjiVz4HaNq2LJXksWbO79E.S6, Bcrypt[cost=4]",
    "$2b$10$abcdefghijklmnopqrstuuDlTuzQphC2dyjlUgzQEKNnHgSzicPWS, $2b$04$abcdefghijklmnopqrstuuPoaPXzWjiVz4HaNq2LJXksWbO79E.S6, Bcrypt[cost=10]",
  })
  void unknownUser_isChargedTheCostliestPasswordInUse(String one, String other, String decoy) {
    assertThat(users("alice = " + one + "\nbob = " + other).decoy(PasswordMethod.PAP))
        .hasToString(decoy);
    assertThat(users("alice = " + other + "\nbob = " + one).decoy(PasswordMethod.PAP))
        .hasToString(decoy);
  }

  @Test
  void costOfAnUnknownUser_includesThatOfDisabledOnes() {
    assertThat(
            users("alice = {CLEARTEXT}x\nbob = " + argon2id(65536) + "\nbob.disabled = true")
                .decoy(PasswordMethod.PAP))
        .hasToString("Argon2id[m=65536,t=3,p=1]");
  }

  /** One hash of 64 MiB takes its time; a thread that waits for its turn must not hold others. */
  @Test
  void costlyChecks_waitForTheirTurnAndCheapOnesDoNot() throws Exception {
    UsersFileSource source =
        new UsersFileSource(
            users("slow = " + argon2id(262144) + "\nquick = {CLEARTEXT}x"),
            new HashingThreads(1, 100),
            InstantSource.system());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> slow = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        slow.add(threads.submit(() -> source.check(Attempts.of("slow", pap("wrong")))));
      }
      Future<Answer> unknown =
          threads.submit(() -> source.check(Attempts.of("unknown", pap("wrong"))));

      assertThat(source.check(Attempts.of("quick", pap("x")))).isInstanceOf(Answer.Right.class);
      assertThat(slow.getLast().isDone()).isFalse();

      assertThat(slow)
          .allSatisfy(
              each -> assertThat(each.get()).isEqualTo(new Answer.Wrong("wrong password", "slow")));
      assertThat(unknown.get()).isEqualTo(new Answer.Unknown());
    }
  }

  /** Only one of the three can hash; that the others wait shows that they are charged as much. */
  @Test
  void interruptedWait_endsAtOnceForKnownUnknownAndDisabledUsers() throws Exception {
    HashingThreads hashing = new HashingThreads(1, 100);
    UsersFileSource source =
        new UsersFileSource(
            users(
                "slow = "
                    + argon2id(262144)
                    + "\nleft = "
                    + argon2id(262144)
                    + "\nleft.disabled = true"),
            hashing,
            InstantSource.system());
    Map<Thread, AtomicReference<Object>> checks = new LinkedHashMap<>();
    for (String userName : List.of("slow", "left", "unknown")) {
      AtomicReference<Object> ended = new AtomicReference<>("not yet");
      checks.put(Thread.ofVirtual().unstarted(() -> check(source, userName, ended)), ended);
    }
    List<Thread> threads = List.copyOf(checks.keySet());
    threads.getFirst().start();
    await().until(() -> hashing.hashing() == 1);
    threads.get(1).start();
    threads.get(2).start();
    await().pollInterval(Duration.ofMillis(5)).until(() -> hashing.waiting() == 2);
    threads.get(1).interrupt();
    threads.get(2).interrupt();
    threads.get(1).join();
    threads.get(2).join();

    assertThat(hashing.waiting()).isZero();
    assertThat(checks.values().stream().map(AtomicReference::get))
        .containsExactly("not yet", "interrupted", "interrupted");
    threads.getFirst().join();
    assertThat(source.check(Attempts.of("slow", pap("wrong"))))
        .isEqualTo(new Answer.Wrong("wrong password", "slow"));
  }

  /** Known and unknown users are turned away alike, or a full server would tell who is who. */
  @Test
  void checksForWhichThereIsNoRoom_areBusyAtOnceAndCheapOnesAreMade() throws Exception {
    HashingThreads hashing = new HashingThreads(1, 1);
    UsersFileSource source =
        new UsersFileSource(
            users("slow = " + argon2id(262144) + "\nquick = {CLEARTEXT}x"),
            hashing,
            InstantSource.system());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> hashed = threads.submit(() -> source.check(Attempts.of("slow", pap("wrong"))));
      await().until(() -> hashing.hashing() == 1);
      Future<Answer> waiting =
          threads.submit(() -> source.check(Attempts.of("slow", pap("wrong"))));
      await().pollInterval(Duration.ofMillis(5)).until(() -> hashing.waiting() == 1);

      Answer busy = new Answer.Busy("1 passwords wait to be hashed already");
      assertThat(source.check(Attempts.of("slow", pap("wrong")))).isEqualTo(busy);
      assertThat(source.check(Attempts.of("unknown", pap("wrong")))).isEqualTo(busy);
      assertThat(source.check(Attempts.of("quick", pap("x")))).isInstanceOf(Answer.Right.class);
      assertThat(hashed.isDone()).isFalse();
      assertThat(waiting.get()).isEqualTo(new Answer.Wrong("wrong password", "slow"));
    }
  }

  @Test
  void checkWhoseDeadlineComesWhileItWaits_isNeverHashed() throws Exception {
    HashingThreads hashing = new HashingThreads(1, 1);
    UsersFileSource source =
        new UsersFileSource(users("slow = " + argon2id(262144)), hashing, InstantSource.system());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> hashed = threads.submit(() -> source.check(Attempts.of("slow", pap("wrong"))));
      await().until(() -> hashing.hashing() == 1);

      assertThat(source.check(new Attempt("slow", pap("wrong"), Instant.now().plusMillis(20))))
          .isEqualTo(new Answer.Busy("the password could not be hashed in time"));
      assertThat(hashing.waiting()).isZero();
      assertThat(hashed.isDone()).isFalse();
      assertThat(hashed.get()).isInstanceOf(Answer.Wrong.class);
    }
  }

  @Test
  void closedThreads_endTheWaits() throws Exception {
    HashingThreads hashing = new HashingThreads(1, 10);
    UsersFileSource source =
        new UsersFileSource(users("slow = " + argon2id(262144)), hashing, InstantSource.system());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> hashed = threads.submit(() -> source.check(Attempts.of("slow", pap("wrong"))));
      await().until(() -> hashing.hashing() == 1);
      Future<Answer> waiting =
          threads.submit(() -> source.check(Attempts.of("slow", pap("wrong"))));
      await().pollInterval(Duration.ofMillis(5)).until(() -> hashing.waiting() == 1);
      hashing.close();

      assertThat(waiting.get()).isEqualTo(new Answer.Unavailable("the server stops"));
      assertThat(source.check(Attempts.of("slow", pap("wrong"))))
          .isEqualTo(new Answer.Unavailable("the server stops"));
      assertThat(hashed.get()).isInstanceOf(Answer.Wrong.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-12-31T22:59:59Z, secret, the account is not valid before 2026-12-31T23:00:00Z",
        "2026-12-31T23:00:00Z, secret, -",
        "2027-01-31T22:59:59Z, secret, -",
        "2027-01-31T23:00:00Z, secret, the account was valid until 2027-01-31T23:00:00Z",
        "2027-01-31T23:00:00Z, wrong, wrong password",
      })
  void accountOutsideItsTime_isRefusedWithTheRightPassword(
      Instant now, String password, @Nullable String refusal) throws Exception {
    Clock clock = Clock.fixed(now, ZoneId.of("Europe/Berlin"));
    UsersFile file =
        new UsersFile(Path.of("users"), Set.of("push"), Dictionary.shipped(), false, clock);
    String text =
        """
        alice = {CLEARTEXT}secret
        alice.valid-from = 2027-01-01
        alice.valid-until = 2027-01-31
        """;
    Users users = ((Reading.Read) file.reading(text.getBytes(UTF_8))).users();
    UsersFileSource source = new UsersFileSource(users, new HashingThreads(1, 1), clock);

    Answer answer = source.check(Attempts.of("alice", password));
    Lookup found = source.find("Alice", null);

    User alice = new User("alice", Set.of(), null);
    if (refusal == null) {
      assertThat(answer).isEqualTo(new Answer.Right(alice));
      assertThat(found).isEqualTo(new Lookup.Known(alice));
    } else if (password.equals("wrong")) {
      assertThat(answer).isEqualTo(new Answer.Wrong(refusal, "alice"));
    } else {
      assertThat(answer).isEqualTo(new Answer.Wrong(refusal, null, Cause.ACCOUNT_EXPIRED));
      assertThat(found).isEqualTo(new Lookup.Barred(alice, refusal));
    }
  }

  private static void check(
      UsersFileSource source, String userName, AtomicReference<Object> ended) {
    try {
      ended.set(source.check(Attempts.of(userName, pap("wrong"))));
    } catch (InterruptedException e) {
      ended.set("interrupted");
    }
  }

  private static String argon2id(int memory) {
    return "$argon2id$v=19$m="
        + memory
        + ",t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$D7nl3Ou5IJ56s6aAStf7474UZpc+Vk+qBOX3s+qNnS0";
  }

  private static Password.Pap pap(String password) {
    return new Password.Pap(password.getBytes(UTF_8));
  }

  private static UsersFileSource source(String text) {
    return new UsersFileSource(users(text), new HashingThreads(2, 100), InstantSource.system());
  }

  private static Users users(String text) {
    Reading reading = new UsersFile(Path.of("users"), Set.of("push")).reading(text.getBytes(UTF_8));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).users();
  }
}
