package dev.pushgate.push.device;

import static dev.pushgate.push.TestServer.BASE;
import static dev.pushgate.push.TestServer.PHONE_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.push.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DevicesTest {
  private static final PushAddress ADDRESS = new PushAddress.Fcm("token-of-alice");

  private final TestClock clock = new TestClock();
  private final Path folder;
  private final TestServer server;

  DevicesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = new TestServer(folder, clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void device_isKeptAsItWasEnrolled() throws Exception {
    TestPhone phone = server.enrolled("alice");
    Device device = server.devices.find(phone.device()).orElseThrow();
    assertThat(device)
        .isEqualTo(
            new Device(
                phone.device(),
                "alice",
                "a phone",
                phone.key(),
                new PushAddress.Poll(),
                PushHealth.NEW,
                clock.instant(),
                null));
    assertThat(server.devices.ofUser("alice")).containsExactly(device);
    assertThat(server.devices.ofUser("ALICE")).isEmpty();
    assertThat(server.devices.find("' or ''='")).isEmpty();
  }

  @Test
  void all_areSortedByUser() throws Exception {
    server.enrolled("bob");
    server.enrolled("alice");
    assertThat(server.devices.all()).extracting(Device::user).containsExactly("alice", "bob");
  }

  @Test
  void removalByAnotherProcess_takesEffectAtOnce() throws Exception {
    TestPhone phone = server.enrolled("alice");
    try (SqliteStore other = SqliteStore.open(folder)) {
      Devices command = new Devices(other, clock);
      assertThat(command.remove(phone.device())).isEqualTo(Devices.Removal.REMOVED);
      assertThat(server.devices.find(phone.device())).isEmpty();
      assertThat(server.devices.ofUser("alice")).isEmpty();
      assertThat(server.devices.all()).isEmpty();
      assertThat(command.remove(phone.device())).isEqualTo(Devices.Removal.ALREADY_REMOVED);
      assertThat(command.remove("unknown")).isEqualTo(Devices.Removal.UNKNOWN);
    }
  }

  @Test
  void removal_endsWhatWasRememberedOfItsUser() throws Exception {
    TestPhone phone = server.enrolled("alice");
    RememberedLogins remembered = new RememberedLogins(server.store, clock);
    for (String user : List.of("alice", "bob")) {
      remembered.remember(user, "vpn", PHONE_ADDRESS, "print", clock.instant().plusSeconds(60));
    }
    assertThat(server.devices.remove(phone.device())).isEqualTo(Devices.Removal.REMOVED);
    assertThat(remembered.covers("alice", "vpn", PHONE_ADDRESS, "print")).isFalse();
    assertThat(remembered.covers("bob", "vpn", PHONE_ADDRESS, "print")).isTrue();
  }

  @Test
  void removal_forgetsWhereNotificationsWent() throws Exception {
    TestPhone phone = server.enrolled("alice");
    server.devices.changePush(phone.device(), new PushAddress.Fcm("token-of-alice"), 1);
    server.devices.remove(phone.device());
    assertThat(
            server.store.<String>read(
                handle -> handle.createQuery("select push from device").mapTo(String.class).one()))
        .isEqualTo("{\"via\":\"poll\"}");
  }

  static Stream<PushAddress> addresses() {
    TestPhone browser = new TestPhone(BASE, new TestClock());
    return Stream.of(
        new PushAddress.Poll(),
        new PushAddress.Apns("ab".repeat(32)),
        new PushAddress.Fcm("c0ffee:\"quoted\"\\"),
        PushAddressJsonTest.webPush(browser));
  }

  @ParameterizedTest
  @MethodSource
  void addresses(PushAddress address) throws Exception {
    TestPhone phone = server.enrolled("alice");
    assertThat(server.devices.changePush(phone.device(), address, 1)).isTrue();
    assertThat(server.devices.find(phone.device()).orElseThrow().push()).isEqualTo(address);
    assertThat(address.toString()).doesNotContain("abab", "c0ffee", "push.example");
  }

  @Test
  void changeOfPush_isTakenInOrderOnly() throws Exception {
    TestPhone phone = server.enrolled("alice");
    assertThat(server.devices.changePush(phone.device(), new PushAddress.Fcm("b"), 2)).isTrue();
    assertThat(server.devices.changePush(phone.device(), new PushAddress.Fcm("a"), 1)).isFalse();
    assertThat(server.devices.changePush(phone.device(), new PushAddress.Fcm("c"), 2)).isFalse();
    assertThat(server.devices.find(phone.device()).orElseThrow().push())
        .isEqualTo(new PushAddress.Fcm("b"));
  }

  @Test
  void changeOfPushOfARemovedDevice_isNotTaken() throws Exception {
    TestPhone phone = server.enrolled("alice");
    server.devices.remove(phone.device());
    assertThat(server.devices.changePush(phone.device(), new PushAddress.Fcm("b"), 2)).isFalse();
  }

  @Test
  void seen_isWrittenOnceAMinute() throws Exception {
    TestPhone phone = server.enrolled("alice");
    var first = clock.instant();
    server.devices.seen(device(phone));
    assertThat(device(phone).lastSeen()).isEqualTo(first);
    clock.advance(Duration.ofSeconds(59));
    server.devices.seen(device(phone));
    assertThat(device(phone).lastSeen()).isEqualTo(first);
    clock.advance(Duration.ofSeconds(1));
    server.devices.seen(device(phone));
    assertThat(device(phone).lastSeen()).isEqualTo(first.plusSeconds(60));
  }

  private TestPhone told(String user, PushAddress address) throws InterruptedException {
    TestPhone phone = server.enrolled(user);
    assertThat(server.devices.changePush(phone.device(), address, 1)).isTrue();
    return phone;
  }

  private PushHealth health(TestPhone phone) throws InterruptedException {
    return device(phone).health();
  }

  @Test
  void outcomeOfAPush_isKeptForAllDevicesToldThereAndNoOther() throws Exception {
    TestPhone alice = told("alice", ADDRESS);
    TestPhone bob = told("bob", ADDRESS);
    TestPhone carol = told("carol", new PushAddress.Fcm("token-of-carol"));
    clock.advance(Duration.ofSeconds(5));
    Instant failed = clock.instant();
    server.devices.notSent(ADDRESS, "UNAVAILABLE");
    clock.advance(Duration.ofSeconds(5));
    server.devices.sent(ADDRESS);
    for (TestPhone phone : List.of(alice, bob)) {
      assertThat(health(phone))
          .isEqualTo(
              new PushHealth(
                  false, clock.instant(), new PushHealth.Failure(failed, "UNAVAILABLE")));
    }
    assertThat(health(carol)).isEqualTo(PushHealth.NEW);
  }

  @Test
  void retiredAddress_isOneOfAllDevicesToldThereAndTheFirstReasonStays() throws Exception {
    TestPhone alice = told("alice", ADDRESS);
    TestPhone bob = told("bob", ADDRESS);
    TestPhone carol = told("carol", new PushAddress.Fcm("token-of-carol"));
    Instant retired = clock.instant();
    assertThat(server.devices.retire(ADDRESS, "UNREGISTERED", retired))
        .containsExactlyInAnyOrder(alice.device(), bob.device());
    clock.advance(Duration.ofSeconds(5));
    assertThat(server.devices.retire(ADDRESS, "again", clock.instant())).isEmpty();
    for (TestPhone phone : List.of(alice, bob)) {
      assertThat(health(phone))
          .isEqualTo(new PushHealth(true, null, new PushHealth.Failure(retired, "UNREGISTERED")));
    }
    assertThat(health(carol)).isEqualTo(PushHealth.NEW);
  }

  @Test
  void addressThatDiedBeforeADeviceGaveIt_isRetiredForTheOthersOnly() throws Exception {
    TestPhone alice = told("alice", ADDRESS);
    TestPhone bob = server.enrolled("bob");
    Instant died = clock.instant();
    clock.advance(Duration.ofMillis(1));
    assertThat(server.devices.changePush(bob.device(), ADDRESS, 1)).isTrue();
    assertThat(server.devices.retire(ADDRESS, "Unregistered", died))
        .containsExactly(alice.device());
    assertThat(health(bob)).isEqualTo(PushHealth.NEW);
  }

  @Test
  void retirement_doesNotTouchARemovedDevice() throws Exception {
    TestPhone phone = server.enrolled("alice");
    server.devices.remove(phone.device());
    assertThat(server.devices.retire(new PushAddress.Poll(), "gone", clock.instant())).isEmpty();
    server.devices.notSent(new PushAddress.Poll(), "gone");
    server.devices.sent(new PushAddress.Poll());
    assertThat(
            server.store.<Integer>read(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from device where push_retired_at is null"
                                + " and push_error is null and push_sent_at is null")
                        .mapTo(Integer.class)
                        .one()))
        .isEqualTo(1);
  }

  @Test
  void newAddress_forgetsWhatBecameOfTheLast() throws Exception {
    TestPhone phone = told("alice", ADDRESS);
    server.devices.sent(ADDRESS);
    server.devices.retire(ADDRESS, "UNREGISTERED", clock.instant());
    assertThat(server.devices.changePush(phone.device(), ADDRESS, 2)).isTrue();
    assertThat(health(phone)).isEqualTo(PushHealth.NEW);
  }

  private Device device(TestPhone phone) throws InterruptedException {
    return server.devices.find(phone.device()).orElseThrow();
  }

  @Test
  void devices_surviveARestart() throws Exception {
    TestPhone phone = server.enrolled("alice");
    String code = server.code("alice");
    server.close();
    try (TestServer again = new TestServer(folder, clock)) {
      assertThat(again.devices.find(phone.device())).isPresent();
      assertThat(
              again.codes.redeem(
                  code,
                  "b",
                  new TestPhone(BASE, clock).key(),
                  new PushAddress.Poll(),
                  PHONE_ADDRESS))
          .isInstanceOf(Redemption.Enrolled.class);
    }
  }
}
