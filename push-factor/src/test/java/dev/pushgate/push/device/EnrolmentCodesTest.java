package dev.pushgate.push.device;

import static dev.pushgate.push.TestServer.BASE;
import static dev.pushgate.push.TestServer.PHONE_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.store.SqliteStore;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentCodesTest {
  private static final String WRONG = "AAAAA-AAAA-AAAA-AAAA-AAAA-AAAAA";

  private final TestClock clock = new TestClock();
  private final Path folder;
  private final TestServer server;

  EnrolmentCodesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = new TestServer(folder, clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Redemption redeem(String code) throws InterruptedException {
    return redeem(code, PHONE_ADDRESS);
  }

  private Redemption redeem(String code, InetAddress from) throws InterruptedException {
    TestPhone phone = new TestPhone(BASE, clock);
    return server.codes.redeem(code, "a phone", phone.key(), new PushAddress.Poll(), from);
  }

  @Test
  void code_is128BitsInGroupsAndInTheFragmentOfTheUrl() throws Exception {
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Invitation invitation = server.codes.issue("alice", Duration.ofHours(1), BASE);
      assertThat(invitation.code()).matches("[A-Z2-7]{5}(-[A-Z2-7]{4}){4}-[A-Z2-7]{5}");
      assertThat(invitation.url()).isEqualTo(BASE + "/enroll#" + invitation.code());
      assertThat(invitation.expires()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
      assertThat(invitation.toString()).doesNotContain(invitation.code());
      codes.add(invitation.code());
    }
    assertThat(codes).hasSize(100);
  }

  /** RFC 4648 section 10 has no vector of 16 octets; these are its rule applied by hand. */
  @Test
  void letters_areBase32() {
    SecureRandom counting =
        new SecureRandom() {
          private static final long serialVersionUID = 1;

          @Override
          public void nextBytes(byte[] octets) {
            for (int i = 0; i < octets.length; i++) {
              octets[i] = (byte) (i * 17);
            }
          }
        };
    assertThat(EnrolmentCode.random(counting).letters()).isEqualTo("AAISEM2EKVTHPCEZVK54ZXPO74");
  }

  @Test
  void code_enrolsOneDeviceForItsUser() throws Exception {
    String code = server.code("alice");
    assertThat(redeem(code))
        .isInstanceOfSatisfying(
            Redemption.Enrolled.class,
            enrolled -> {
              assertThat(enrolled.device().user()).isEqualTo("alice");
              assertThat(enrolled.device().id()).matches("[A-Za-z0-9_-]{22}");
            });
    assertThat(redeem(code)).isEqualTo(new Redemption.CodeInvalid());
    assertThat(server.devices.ofUser("alice")).hasSize(1);
  }

  @Test
  void code_isTakenInLowerCaseAndWithoutHyphens() throws Exception {
    assertThat(redeem(server.code("alice").toLowerCase(Locale.ROOT)))
        .isInstanceOf(Redemption.Enrolled.class);
    assertThat(redeem(server.code("alice").replace("-", "")))
        .isInstanceOf(Redemption.Enrolled.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", WRONG, "ſſſſſ-SSSS-SSSS-SSSS-SSSS-SSSSS", "'; drop table device"})
  void codeThatIsWrong_isInvalid(String code) throws Exception {
    assertThat(redeem(code)).isEqualTo(new Redemption.CodeInvalid());
  }

  @Test
  void codeThatHasExpired_isInvalid() throws Exception {
    String code = server.code("alice");
    clock.advance(EnrolmentCodes.DEFAULT_VALIDITY);
    assertThat(redeem(code)).isEqualTo(new Redemption.CodeInvalid());
  }

  @Test
  void codeInItsLastMillisecond_isTaken() throws Exception {
    String code = server.code("alice");
    clock.advance(EnrolmentCodes.DEFAULT_VALIDITY.minusMillis(1));
    assertThat(redeem(code)).isInstanceOf(Redemption.Enrolled.class);
  }

  @Test
  void validityOfNothing_isRefused() {
    assertThatThrownBy(() -> server.codes.issue("alice", Duration.ZERO, BASE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void code_isNowhereInTheFiles() throws Exception {
    String code = server.code("alice");
    redeem(code);
    server.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain(code)
            .doesNotContain(code.replace("-", ""));
      }
    }
  }

  @Test
  void codeIssuedByAnotherProcess_isTaken() throws Exception {
    try (SqliteStore other = SqliteStore.open(folder)) {
      EnrolmentCodes command =
          new EnrolmentCodes(other, new BaseAddresses(other, clock), clock, new SecureRandom());
      String elsewhere = "https://moved.example.test";
      String code = command.issue("alice", Duration.ofHours(1), elsewhere).code();
      assertThat(redeem(code)).isInstanceOf(Redemption.Enrolled.class);
      assertThat(server.addresses.wasGiven(elsewhere)).isTrue();
    }
  }

  @Test
  void keyThatIsKnown_doesNotSpendTheCode() throws Exception {
    TestPhone phone = server.enrolled("alice");
    server.devices.remove(phone.device());
    String code = server.code("bob");
    assertThat(
            server.codes.redeem(code, "again", phone.key(), new PushAddress.Poll(), PHONE_ADDRESS))
        .isEqualTo(new Redemption.KeyKnown());
    assertThat(redeem(code)).isInstanceOf(Redemption.Enrolled.class);
  }

  @Test
  void manyPhonesWithOneCode_enrolExactlyOne() throws Exception {
    String code = server.code("alice");
    List<Callable<Redemption>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      InetAddress from = InetAddress.ofLiteral("198.51.100." + i);
      tasks.add(() -> redeem(code, from));
    }
    List<Redemption> results = TestServer.race(tasks);
    assertThat(results).filteredOn(Redemption.Enrolled.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Redemption.CodeInvalid.class::isInstance).hasSize(49);
    assertThat(server.devices.ofUser("alice")).hasSize(1);
  }

  @Test
  void onePhoneWithManyCodes_isEnrolledOnce() throws Exception {
    TestPhone phone = new TestPhone(BASE, clock);
    List<Callable<Redemption>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String code = server.code("alice");
      InetAddress from = InetAddress.ofLiteral("198.51.100." + i);
      tasks.add(() -> server.codes.redeem(code, "x", phone.key(), new PushAddress.Poll(), from));
    }
    List<Redemption> results = TestServer.race(tasks);
    assertThat(results).filteredOn(Redemption.Enrolled.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Redemption.KeyKnown.class::isInstance).hasSize(19);
  }

  @Test
  void afterFiveWrongTries_evenARightCodeHasToWaitAndEachFurtherWrongOneWaitsLonger()
      throws Exception {
    String code = server.code("alice");
    for (int i = 0; i < 5; i++) {
      assertThat(redeem(WRONG)).isEqualTo(new Redemption.CodeInvalid());
    }
    assertThat(redeem(code)).isEqualTo(new Redemption.TooMany(Duration.ofSeconds(30)));
    assertThat(server.codes.retryAfter(PHONE_ADDRESS)).contains(Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(29));
    assertThat(redeem(code)).isEqualTo(new Redemption.TooMany(Duration.ofSeconds(1)));
    for (int seconds : List.of(60, 120, 240, 480, 960, 1920, 3600, 3600)) {
      clock.advance(Duration.ofHours(1));
      assertThat(redeem(WRONG)).isEqualTo(new Redemption.CodeInvalid());
      assertThat(redeem(code)).isEqualTo(new Redemption.TooMany(Duration.ofSeconds(seconds)));
    }
    clock.advance(Duration.ofHours(1));
    assertThat(redeem(code)).isInstanceOf(Redemption.Enrolled.class);
  }

  @Test
  void wrongTries_areForgottenAfterTwoHours() throws Exception {
    for (int i = 0; i < 5; i++) {
      redeem(WRONG);
    }
    clock.advance(WrongTries.FORGOTTEN_AFTER);
    for (int i = 0; i < 5; i++) {
      assertThat(redeem(WRONG)).isEqualTo(new Redemption.CodeInvalid());
    }
    assertThat(redeem(WRONG)).isInstanceOf(Redemption.TooMany.class);
  }

  @Test
  void wrongTriesFromElsewhere_doNotMatter() throws Exception {
    for (int i = 0; i < 6; i++) {
      redeem(WRONG);
    }
    assertThat(redeem(server.code("alice"), InetAddress.ofLiteral("198.51.100.8")))
        .isInstanceOf(Redemption.Enrolled.class);
  }

  @Test
  void wrongTriesFromOneIpv6Network_countTogether() throws Exception {
    for (int i = 0; i < 5; i++) {
      redeem(WRONG, InetAddress.ofLiteral("2001:db8:0:1::" + i));
    }
    assertThat(redeem(WRONG, InetAddress.ofLiteral("2001:db8:0:1:ffff::1")))
        .isInstanceOf(Redemption.TooMany.class);
    assertThat(redeem(WRONG, InetAddress.ofLiteral("2001:db8:0:2::1")))
        .isEqualTo(new Redemption.CodeInvalid());
  }

  @Test
  void manyWrongTriesAtOnce_areFive() {
    List<Callable<Redemption>> tasks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      tasks.add(() -> redeem(WRONG));
    }
    List<Redemption> results = TestServer.race(tasks);
    assertThat(results).filteredOn(Redemption.CodeInvalid.class::isInstance).hasSize(5);
  }

  @Test
  void rightCodes_areNotCountedAsTries() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(redeem(server.code("alice"))).isInstanceOf(Redemption.Enrolled.class);
    }
  }
}
