package dev.pushgate.push.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestCodeApp;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.push.secret.KeyRing;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.push.secret.SecretUnreadableException;
import dev.pushgate.push.store.SqliteStore;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeCodesTest {
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final CodeCheck RIGHT = new CodeCheck.Right();
  private static final CodeCheck WRONG = new CodeCheck.Wrong();

  private static final Keys NO_KEYS =
      new Keys() {
        @Override
        public Optional<KeyRing> current() {
          return Optional.empty();
        }

        @Override
        public Optional<KeyRing> reread() {
          return Optional.empty();
        }
      };

  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys = KeyRing.of(List.of(KeyRing.newLine(random)), random).orElseThrow();
  private final Path folder;
  private final SqliteStore store;
  private final OneTimeCodes codes;

  OneTimeCodesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.store = SqliteStore.open(folder);
    this.codes = new OneTimeCodes(store, Keys.of(keys), clock, random);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private TestCodeApp enrolled(TotpSettings settings) throws InterruptedException {
    return TestCodeApp.scanning(codes.enrol("alice", "Test VPN", settings).url());
  }

  private TestCodeApp enrolled() throws InterruptedException {
    return enrolled(TotpSettings.USUAL);
  }

  private String now(TestCodeApp app) throws Exception {
    return app.at(clock.instant());
  }

  @ParameterizedTest
  @CsvSource({"SHA1, 6, 30", "SHA1, 8, 60", "SHA256, 6, 60", "SHA256, 8, 30"})
  void codeOfTheApp_isRightOnce(TotpSettings.Algorithm algorithm, int digits, int step)
      throws Exception {
    TestCodeApp app = enrolled(new TotpSettings(algorithm, digits, Duration.ofSeconds(step)));
    String code = now(app);
    assertThat(code).hasSize(digits);
    assertThat(codes.check("alice", code)).isEqualTo(RIGHT);
    assertThat(codes.check("alice", code))
        .isInstanceOfSatisfying(
            CodeCheck.Used.class,
            used -> assertThat(used.until()).isEqualTo(Duration.ofSeconds(step)));
    clock.advance(Duration.ofSeconds(step));
    assertThat(codes.check("alice", now(app))).isEqualTo(RIGHT);
  }

  /**
   * RFC 6238 appendix B with erratum 2866 (a secret as long as the hash), through the store and
   * back.
   */
  @ParameterizedTest
  @CsvSource({
    "SHA1, 59, 94287082", "SHA1, 1111111109, 07081804", "SHA1, 1111111111, 14050471",
    "SHA1, 1234567890, 89005924", "SHA1, 2000000000, 69279037", "SHA1, 20000000000, 65353130",
    "SHA256, 59, 46119246", "SHA256, 1111111109, 68084774", "SHA256, 1111111111, 67062674",
    "SHA256, 1234567890, 91819424", "SHA256, 2000000000, 90698825", "SHA256, 20000000000, 77737706"
  })
  void vectorsOfTheRfc_areRight(TotpSettings.Algorithm algorithm, long time, String code)
      throws Exception {
    clock.advance(Duration.between(clock.instant(), Instant.ofEpochSecond(time)));
    String id = codes.enrol("alice", "Test VPN", new TotpSettings(algorithm, 8, STEP)).id();
    String secret = "12345678901234567890123456789012".substring(0, algorithm.secretOctets());
    String encrypted =
        keys.encrypt(secret.getBytes(StandardCharsets.US_ASCII), "code_generator " + id);
    store.write(
        handle ->
            handle.execute("update code_generator set secret = ? where id = ?", encrypted, id));
    assertThat(codes.check("alice", code)).isEqualTo(RIGHT);
  }

  @Test
  void usedCode_tellsTheSecondsToTheEndOfItsStep() throws Exception {
    TestCodeApp app = enrolled();
    clock.advance(Duration.ofMillis(7_200));
    String code = now(app);
    assertThat(codes.check("alice", code)).isEqualTo(RIGHT);
    clock.advance(Duration.ofSeconds(10));
    assertThat(codes.check("alice", code)).isEqualTo(new CodeCheck.Used(Duration.ofSeconds(13)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void codeOfANeighbouringStep_isRight(int steps) throws Exception {
    TestCodeApp app = enrolled();
    assertThat(codes.check("alice", app.at(clock.instant().plus(STEP.multipliedBy(steps)))))
        .isEqualTo(RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 2, -3, 3})
  void codeOfAStepFarther_isWrong(int steps) throws Exception {
    TestCodeApp app = enrolled();
    assertThat(codes.check("alice", app.at(clock.instant().plus(STEP.multipliedBy(steps)))))
        .isEqualTo(WRONG);
  }

  @Test
  void clockThatRunsAway_isFollowedStepByStep() throws Exception {
    TestCodeApp app = enrolled();
    for (int steps = 1; steps <= 5; steps++) {
      clock.advance(STEP.multipliedBy(10));
      assertThat(codes.check("alice", app.at(clock.instant().plus(STEP.multipliedBy(steps)))))
          .as("%d steps ahead", steps)
          .isEqualTo(RIGHT);
    }
    clock.advance(STEP.multipliedBy(10));
    assertThat(codes.check("alice", now(app)))
        .as("the right time, by then far off")
        .isEqualTo(WRONG);
  }

  @Test
  void usedCodeOfAClockAhead_waitsForTheEndOfTheStepByThatClock() throws Exception {
    TestCodeApp app = enrolled();
    String early = app.at(clock.instant().plus(STEP));
    assertThat(codes.check("alice", early)).isEqualTo(RIGHT);
    assertThat(codes.check("alice", early)).isEqualTo(new CodeCheck.Used(STEP));
  }

  @Test
  void codeBeforeAUsedOne_isWrong() throws Exception {
    TestCodeApp app = enrolled();
    String before = app.at(clock.instant().minus(STEP));
    assertThat(codes.check("alice", now(app))).isEqualTo(RIGHT);
    assertThat(codes.check("alice", before)).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12345", "1234567", "123456789", "12345a", "１２３４５６", " 123456", "push"})
  void textThatIsNoCode_isWrong(String typed) throws Exception {
    enrolled();
    assertThat(codes.check("alice", typed)).isEqualTo(WRONG);
  }

  @Test
  void codeOfAnotherUser_isWrong() throws Exception {
    TestCodeApp app = enrolled();
    assertThat(codes.check("bob", now(app))).isEqualTo(WRONG);
    assertThat(codes.has("alice")).isTrue();
    assertThat(codes.has("bob")).isFalse();
  }

  @Test
  void appsOfOneUser_areEachGood() throws Exception {
    TestCodeApp one = enrolled();
    TestCodeApp other = enrolled();
    assertThat(codes.check("alice", now(one))).isEqualTo(RIGHT);
    assertThat(codes.check("alice", now(other))).isEqualTo(RIGHT);
    assertThat(codes.remove("alice")).isEqualTo(2);
    clock.advance(STEP);
    assertThat(codes.check("alice", now(one))).isEqualTo(WRONG);
  }

  @Test
  void apps_areToldWithoutAKeyAndRemovedOneByOne() throws Exception {
    TestCodeApp one = enrolled();
    Instant enrolled = clock.instant();
    TotpSettings long8 = new TotpSettings(TotpSettings.Algorithm.SHA256, 8, STEP.multipliedBy(2));
    codes.enrol("bob", "Test VPN", long8);
    RememberedLogins remembered = new RememberedLogins(store, clock);
    InetAddress home = InetAddress.ofLiteral("198.51.100.7");
    remembered.remember("alice", "vpn", home, "print", clock.instant().plusSeconds(3600));
    clock.advance(Duration.ofSeconds(65));
    assertThat(codes.check("alice", one.at(clock.instant().plus(STEP)))).isEqualTo(RIGHT);

    OneTimeCodes keyless = new OneTimeCodes(store, NO_KEYS, clock, random);
    List<CodeApp> all = keyless.all();
    String id = all.getFirst().id();
    assertThat(all).hasSize(2);
    assertThat(all.getFirst())
        .isEqualTo(
            new CodeApp(id, "alice", TotpSettings.USUAL, enrolled, enrolled.plusSeconds(60)));
    assertThat(all.getLast())
        .isEqualTo(new CodeApp(all.getLast().id(), "bob", long8, enrolled, null));
    assertThat(keyless.ofUser("alice")).containsExactly(all.getFirst());
    assertThat(keyless.has("alice")).isTrue();

    assertThat(keyless.removeApp(id)).isTrue();
    assertThat(keyless.removeApp(id)).isFalse();
    assertThat(keyless.has("alice")).isFalse();
    assertThat(remembered.covers("alice", "vpn", home, "print")).isFalse();
  }

  @Test
  void withoutAKeyFile_nothingIsEnrolledOrRight() throws Exception {
    TestCodeApp app = enrolled();
    OneTimeCodes keyless = new OneTimeCodes(store, NO_KEYS, clock, random);
    assertThatThrownBy(() -> keyless.check("alice", now(app)))
        .rootCause()
        .hasMessage("there is no key file; make one with: pushgate key");
    assertThatThrownBy(() -> keyless.enrol("bob", "Test VPN", TotpSettings.USUAL))
        .rootCause()
        .hasMessage("there is no key file; make one with: pushgate key");
    assertThat(keyless.check("bob", "123456")).isEqualTo(WRONG);
  }

  @Test
  void usedCode_staysUsedOverARestartAndInAnotherProcess() throws Exception {
    TestCodeApp app = enrolled();
    String code = now(app);
    assertThat(codes.check("alice", code)).isEqualTo(RIGHT);
    try (SqliteStore other = SqliteStore.open(folder)) {
      assertThat(new OneTimeCodes(other, Keys.of(keys), clock, random).check("alice", code))
          .isInstanceOf(CodeCheck.Used.class);
    }
  }

  @Test
  void codeInManyHandsAndTwoProcesses_isRightOnce() throws Exception {
    TestCodeApp app = enrolled();
    try (SqliteStore second = SqliteStore.open(folder)) {
      OneTimeCodes elsewhere = new OneTimeCodes(second, Keys.of(keys), clock, random);
      for (int round = 0; round < 10; round++) {
        String code = now(app);
        List<Callable<CodeCheck>> tries =
            IntStream.range(0, 16)
                .<Callable<CodeCheck>>mapToObj(
                    number -> () -> (number % 2 == 0 ? codes : elsewhere).check("alice", code))
                .toList();
        List<CodeCheck> results = TestServer.race(tries);
        assertThat(Collections.frequency(results, RIGHT)).isEqualTo(1);
        assertThat(results).filteredOn(CodeCheck.Used.class::isInstance).hasSize(15);
        clock.advance(STEP);
      }
    }
  }

  @Test
  void secretInTheStore_isReadWithItsKeyOnly() throws Exception {
    TestCodeApp app = enrolled();
    String kept =
        store.<String>read(
            handle ->
                handle.createQuery("select secret from code_generator").mapTo(String.class).one());
    assertThat(kept)
        .doesNotContain(new String(app.secret().getEncoded(), StandardCharsets.ISO_8859_1));
    KeyRing others = KeyRing.of(List.of(KeyRing.newLine(random)), random).orElseThrow();
    OneTimeCodes withoutKey = new OneTimeCodes(store, Keys.of(others), clock, random);
    assertThatThrownBy(() -> withoutKey.check("alice", now(app)))
        .rootCause()
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void url_namesServiceAndUserSafely() throws Exception {
    TotpEnrolment enrolment = codes.enrol("a&b=c é", "Büro VPN?", TotpSettings.USUAL);
    assertThat(enrolment.url())
        .startsWith("otpauth://totp/B%C3%BCro%20VPN%3F:a%26b%3Dc%20%C3%A9?secret=")
        .endsWith("&issuer=B%C3%BCro%20VPN%3F&algorithm=SHA1&digits=6&period=30");
    assertThat(enrolment.toString()).doesNotContain("secret");
  }
}
