package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.ResultCode;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInAuthority.Identity;
import dev.pushgate.radius.ldap.LdapSettings;
import dev.pushgate.radius.ldap.LdapSource;
import dev.pushgate.radius.ldap.LoginMethod;
import dev.pushgate.radius.ldap.ServiceAccount;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.UserSource.Answer;
import dev.pushgate.radius.user.UserSource.Cause;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a login is answered when something is wrong with the directory. */
@Timeout(60)
class DirectoryFaultsTest {
  private static final StandInAuthority AUTHORITY = new StandInAuthority();
  private static final Identity IDENTITY = AUTHORITY.identity("localhost");
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(5);

  private static Answer login(LdapSource source) throws InterruptedException {
    return login(source, "alice", DirectoryUnderTest.PASSWORD);
  }

  private static Answer login(LdapSource source, String user, String password)
      throws InterruptedException {
    return source.check(
        new Attempt(
            user,
            new Password.Pap(password.getBytes(StandardCharsets.UTF_8)),
            Instant.now().plusSeconds(30)));
  }

  private static LdapSource source(LdapSettings settings) {
    return new LdapSource(settings, InstantSource.system());
  }

  /** A fault, and what the log says of a login meanwhile. */
  private record Fault(String name, String reason, Scene scene) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Scene {
    Answer play(DirectoryUnderTest directory) throws Exception;
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault(
            "server down",
            "cannot be reached (Connection refused)",
            directory -> {
              int port = directory.port();
              directory.stopListening();
              return once(settings(SHORT, port));
            }),
        new Fault(
            "slow",
            "has not answered in time",
            directory -> {
              CountDownLatch latch = new CountDownLatch(1);
              directory.hold(latch);
              try {
                return once(settings(SHORT, directory.port()));
              } finally {
                latch.countDown();
              }
            }),
        new Fault(
            "takes connections and says nothing",
            "cannot be reached (Read timed out)",
            _ -> {
              try (ServerSocket mute = new ServerSocket(0)) {
                return once(settings(SHORT, mute.getLocalPort()));
              }
            }),
        new Fault(
            "half-open connection",
            "has not answered in time",
            directory -> {
              try (TcpRelay relay = TcpRelay.to(directory.port());
                  LdapSource source = source(settings(SHORT, relay.port()))) {
                assertThat(login(source)).isInstanceOf(Answer.Right.class);
                relay.fallSilent(true);
                return login(source);
              }
            }),
        new Fault(
            "wrong service password",
            "refuses the password of bind-dn",
            directory -> once(withAccount(settings(SHORT, directory.port()), "wrong"))),
        new Fault(
            "referral that is ignored",
            "answers: referral",
            directory -> {
              directory.refer("ldaps://elsewhere.example.com/");
              return once(settings(SHORT, directory.port()));
            }),
        new Fault(
            "referral to a host that is not named",
            "answers: referral",
            directory -> {
              directory.refer("ldaps://elsewhere.example.com/");
              return once(following(settings(SHORT, directory.port())));
            }),
        new Fault(
            "referral loop",
            "answers: referral limit exceeded",
            directory -> {
              directory.refer("ldaps://localhost:" + directory.port() + "/");
              return once(following(settings(LONG, directory.port())));
            }));
  }

  private static Answer once(LdapSettings settings) throws InterruptedException {
    try (LdapSource source = source(settings)) {
      return login(source);
    }
  }

  private static LdapSettings settings(Duration timeout, int... ports) {
    return DirectoryUnderTest.settings(AUTHORITY, false, timeout, ports);
  }

  private static LdapSettings withAccount(LdapSettings from, String password) {
    return with(
        from,
        new LoginMethod.SearchThenBind(
            new ServiceAccount(
                DirectoryUnderTest.SERVICE, password.getBytes(StandardCharsets.UTF_8))),
        from.referrals());
  }

  private static LdapSettings following(LdapSettings from) {
    return with(from, from.loginMethod(), new LdapSettings.Referrals(true, Set.of()));
  }

  private static LdapSettings with(
      LdapSettings from, LoginMethod method, LdapSettings.Referrals referrals) {
    return new LdapSettings(
        from.servers(),
        from.trust(),
        from.timeout(),
        method,
        from.base(),
        from.filter(),
        from.nameAttribute(),
        from.nameSuffix(),
        from.groups(),
        from.attributes(),
        referrals,
        from.activeDirectory());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_makesTheLoginUnavailable(Fault fault) throws Exception {
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false)) {
      assertThat(fault.scene().play(directory))
          .isInstanceOfSatisfying(
              Answer.Unavailable.class,
              answer ->
                  assertThat(answer.reason())
                      .contains(fault.reason())
                      .doesNotContain(DirectoryUnderTest.PASSWORD));
    }
    assertNoThreadIsLeft();
  }

  static Stream<Arguments> certificates() {
    StandInAuthority unknown = new StandInAuthority();
    return Stream.of(true, false)
        .flatMap(
            startTls ->
                Stream.of(
                    Arguments.of("for another host", AUTHORITY.identity("other.test"), startTls),
                    Arguments.of("for an address", AUTHORITY.identity("127.0.0.1"), startTls),
                    Arguments.of("expired", AUTHORITY.expiredIdentity("localhost"), startTls),
                    Arguments.of("of an unknown CA", unknown.identity("localhost"), startTls)));
  }

  @ParameterizedTest(name = "{0}, StartTLS {2}")
  @MethodSource("certificates")
  void wrongCertificate_seesNoPassword(String name, Identity identity, boolean startTls)
      throws Exception {
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(identity, startTls)) {
      assertThat(once(DirectoryUnderTest.settings(AUTHORITY, startTls, LONG, directory.port())))
          .as(name)
          .isInstanceOfSatisfying(
              Answer.Unavailable.class,
              answer ->
                  assertThat(answer.reason()).contains("has no certificate that is trusted here"));
      assertThat(directory.binds()).isZero();
    }
  }

  /** Java would not look at the dates of what is trusted itself. */
  @Test
  void expiredCertificate_thatIsTrustedItself_seesNoPassword() throws Exception {
    Identity expired = AUTHORITY.expiredIdentity("localhost");
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(expired, false)) {
      LdapSettings settings = settings(LONG, directory.port());
      LdapSettings trusting =
          new LdapSettings(
              settings.servers(),
              List.of(expired.chain().getFirst()),
              settings.timeout(),
              settings.loginMethod(),
              settings.base(),
              settings.filter(),
              settings.nameAttribute(),
              settings.nameSuffix(),
              settings.groups(),
              settings.attributes(),
              settings.referrals(),
              false);

      assertThat(once(trusting)).isInstanceOf(Answer.Unavailable.class);
      assertThat(directory.binds()).isZero();
    }
  }

  /** Nobody may turn TLS off by refusing it. */
  @Test
  void startTlsRefused_seesNoPassword() throws Exception {
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false);
        DirectoryUnderTest secured = DirectoryUnderTest.start(IDENTITY, true)) {
      LdapSettings plainToTls =
          DirectoryUnderTest.settings(AUTHORITY, true, SHORT, directory.port());
      LdapSettings tlsToPlain =
          DirectoryUnderTest.settings(AUTHORITY, false, SHORT, secured.port());

      assertThat(once(plainToTls)).isInstanceOf(Answer.Unavailable.class);
      assertThat(once(tlsToPlain)).isInstanceOf(Answer.Unavailable.class);
      assertThat(directory.binds() + secured.binds()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "525, WRONG_PASSWORD",
    "52e, WRONG_PASSWORD",
    "530, NOT_NOW",
    "531, NOT_NOW",
    "532, PASSWORD_EXPIRED",
    "533, DISABLED",
    "701, ACCOUNT_EXPIRED",
    "773, PASSWORD_MUST_CHANGE",
    "775, LOCKED",
    "999, WRONG_PASSWORD",
  })
  void subCode_becomesTheCause(String code, Cause cause) throws Exception {
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false)) {
      directory.answerBinds(
          ResultCode.INVALID_CREDENTIALS,
          "80090308: LdapErr: DSID-0C090400, comment: AcceptSecurityContext error, data %s, v1db1"
              .formatted(code));

      assertThat(once(settings(LONG, directory.port())))
          .isInstanceOfSatisfying(
              Answer.Wrong.class, wrong -> assertThat(wrong.cause()).isEqualTo(cause));
    }
  }

  @Test
  void wrongServicePassword_isNotTriedByEachLogin() throws Exception {
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false);
        LdapSource source = source(withAccount(settings(LONG, directory.port()), "wrong"))) {
      List<Thread> logins = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        logins.add(Thread.ofVirtual().start(() -> quietly(source)));
      }
      for (Thread login : logins) {
        login.join();
      }

      assertThat(directory.binds()).isEqualTo(1);
    }
  }

  private static void quietly(LdapSource source) {
    try {
      assertThat(login(source)).isInstanceOf(Answer.Unavailable.class);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void firstServerDead_isLeftOutUntilItIsBack(boolean mute) throws Exception {
    try (DirectoryUnderTest first = DirectoryUnderTest.start(IDENTITY, false);
        DirectoryUnderTest second = DirectoryUnderTest.start(IDENTITY, false);
        TcpRelay relay = TcpRelay.to(first.port())) {
      relay.fallSilent(mute);
      if (!mute) {
        first.stopListening();
      }
      try (LdapSource source = source(settings(SHORT, relay.port(), second.port()))) {
        assertThat(login(source)).isInstanceOf(Answer.Right.class);

        Instant start = Instant.now();
        for (int i = 0; i < 20; i++) {
          assertThat(login(source)).isInstanceOf(Answer.Right.class);
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(SHORT.multipliedBy(2));
        relay.fallSilent(false);
        if (!mute) {
          assertThat(first.binds()).isZero();
        }
      }
    }
    assertNoThreadIsLeft();
  }

  @Test
  void pooledConnection_thatTheServerHasClosed_costsNoLogin() throws Exception {
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false);
        TcpRelay relay = TcpRelay.to(directory.port())) {
      try (LdapSource source = source(settings(LONG, relay.port()))) {
        assertThat(login(source)).isInstanceOf(Answer.Right.class);
        relay.dropAll();

        assertThat(login(source)).isInstanceOf(Answer.Right.class);
      }
      await().until(() -> relay.openConnections() == 0);
    }
  }

  @Test
  void interruptedLogin_givesItsConnectionUp() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false);
        TcpRelay relay = TcpRelay.to(directory.port());
        LdapSource source = source(settings(Duration.ofSeconds(30), relay.port()))) {
      directory.hold(latch);
      AtomicReference<Object> end = new AtomicReference<>();
      Thread login =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      end.set(login(source));
                    } catch (InterruptedException e) {
                      end.set(e);
                    }
                  });
      await().until(() -> directory.binds() > 0);
      login.interrupt();

      assertThat(login.join(Duration.ofSeconds(5))).isTrue();
      assertThat(end.get()).isInstanceOf(InterruptedException.class);
      await().until(() -> relay.openConnections() == 0);
    } finally {
      latch.countDown();
    }
  }

  @Test
  void close_endsWhatIsUnderWay() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false)) {
      LdapSource source = source(settings(Duration.ofSeconds(30), directory.port()));
      assertThat(login(source)).isInstanceOf(Answer.Right.class);
      directory.hold(latch);
      Thread login = Thread.ofVirtual().start(() -> quietly(source));
      await().until(() -> directory.waiting() > 0);

      source.close();

      assertThat(login.join(Duration.ofSeconds(5))).isTrue();
      assertThat(login(source)).isInstanceOf(Answer.Unavailable.class);
    } finally {
      latch.countDown();
    }
    assertNoThreadIsLeft();
  }

  /** No wrong Accept, nobody left behind, and back within 5 s. */
  @Test
  void restart_under10000Logins() throws Exception {
    AtomicInteger right = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger wronglyAccepted = new AtomicInteger();
    AtomicInteger wronglyRefused = new AtomicInteger();
    try (DirectoryUnderTest directory = DirectoryUnderTest.start(IDENTITY, false);
        TcpRelay relay = TcpRelay.to(directory.port());
        LdapSource source = source(settings(LONG, relay.port()))) {
      List<Thread> logins = new ArrayList<>();
      AtomicInteger next = new AtomicInteger();
      for (int worker = 0; worker < 200; worker++) {
        logins.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        for (int i = next.getAndIncrement();
                            i < 10_000;
                            i = next.getAndIncrement()) {
                          boolean good = i % 2 == 0;
                          switch (login(
                              source, "alice", good ? DirectoryUnderTest.PASSWORD : "wrong")) {
                            case Answer.Right _ ->
                                (good ? right : wronglyAccepted).incrementAndGet();
                            case Answer.Wrong _ ->
                                (good ? wronglyRefused : refused).incrementAndGet();
                            case Answer.Unknown _ -> wronglyRefused.incrementAndGet();
                            default -> Thread.onSpinWait();
                          }
                        }
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
      }
      await().until(() -> right.get() > 200);
      int before = right.get();
      relay.refuseAll(true);
      await().until(() -> login(source) instanceof Answer.Unavailable);
      relay.refuseAll(false);
      Instant back = Instant.now();
      await().atMost(Duration.ofSeconds(5)).until(() -> login(source) instanceof Answer.Right);
      assertThat(Duration.between(back, Instant.now())).isLessThan(Duration.ofSeconds(5));
      for (Thread login : logins) {
        assertThat(login.join(Duration.ofSeconds(40))).isTrue();
      }
      assertThat(right.get()).isGreaterThanOrEqualTo(before);
      assertThat(refused.get()).isPositive();
    }
    assertThat(wronglyAccepted).hasValue(0);
    assertThat(wronglyRefused).hasValue(0);
    assertNoThreadIsLeft();
  }

  /** Platform threads are seen; a virtual one would hold a connection open. */
  private static void assertNoThreadIsLeft() {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(
                        thread ->
                            thread.getName().contains("Write Timeout Handler")
                                || thread.getName().startsWith("ldap-")
                                || thread.getName().startsWith("Connect Thread")
                                || thread.getName().startsWith("Connection reader")));
  }
}
