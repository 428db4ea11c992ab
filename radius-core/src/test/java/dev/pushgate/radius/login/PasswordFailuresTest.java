package dev.pushgate.radius.login;

import static dev.pushgate.radius.user.PasswordMethod.CHAP;
import static dev.pushgate.radius.user.PasswordMethod.MSCHAPV2;
import static dev.pushgate.radius.user.PasswordMethod.PAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.PasswordMethod;
import dev.pushgate.radius.user.User;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** FortiGate's {@code auth-type auto}: one login that comes by three methods. */
class PasswordFailuresTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");
  private static final User ALICE = new User("alice", Set.of(), null);

  private Instant now = Instant.EPOCH;
  private final PasswordFailures failures = new PasswordFailures(() -> now);

  private AccessRequest from(String address) {
    byte[] datagram =
        new SignedRequest(1, SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, "alice".getBytes(StandardCharsets.UTF_8))
            .add(AttributeType.CALLING_STATION_ID, address.getBytes(StandardCharsets.UTF_8))
            .encode();
    PacketDecoder.Decoded.Packet decoded =
        (PacketDecoder.Decoded.Packet)
            PacketDecoder.decodeRequest(datagram, datagram.length, SECRET);
    return new AccessRequest("1", decoded.packet(), Client.of("nas", "127.0.0.1", "secret"), now);
  }

  /** Whether a wrong password counts, as the check of passwords goes about it. */
  private boolean counts(AccessRequest request, PasswordMethod method) {
    if (failures.continues(request, method)) {
      return false;
    }
    failures.begin(request, method);
    return true;
  }

  @Test
  void wrongPassword_triedByTheNextMethods_countsOnce() {
    AccessRequest request = from("203.0.113.7");
    assertThat(counts(request, PAP)).isTrue();
    now = now.plusSeconds(4);
    assertThat(counts(request, MSCHAPV2)).isFalse();
    now = now.plusSeconds(4);
    assertThat(counts(request, CHAP)).isFalse();
  }

  @Test
  void wrongPassword_triedTwiceByOneMethodOrInAnotherOrder_countsEachTime() {
    AccessRequest request = from("203.0.113.7");
    assertThat(counts(request, PAP)).isTrue();
    assertThat(counts(request, PAP)).isTrue();
    assertThat(counts(request, CHAP)).isFalse();
    assertThat(counts(request, MSCHAPV2)).isTrue();
  }

  @Test
  void wrongPassword_triedByTheNextMethodTenSecondsLater_countsByItself() {
    AccessRequest request = from("203.0.113.7");
    assertThat(counts(request, PAP)).isTrue();
    now = now.plusSeconds(9);
    assertThat(counts(request, MSCHAPV2)).isFalse();
    now = now.plusSeconds(1);
    assertThat(counts(request, CHAP)).as("counted from the first").isTrue();
  }

  @Test
  void wrongPassword_fromAnotherPlace_countsByItself() {
    assertThat(counts(from("203.0.113.7"), PAP)).isTrue();
    assertThat(counts(from("203.0.113.8"), MSCHAPV2)).isTrue();
  }

  @Test
  void nextMethod_triedByManyAtOnce_goesOnOnce() {
    AccessRequest request = from("203.0.113.7");
    assertThat(counts(request, PAP)).isTrue();
    assertThat(failures.continues(request, MSCHAPV2)).isTrue();
    assertThat(failures.continues(request, MSCHAPV2)).isFalse();
    assertThat(failures.continues(request, CHAP)).isTrue();
    assertThat(failures.continues(request, CHAP)).isFalse();
  }

  @Test
  void refusal_isRememberedForTenSeconds() {
    RecentRefusals refusals = new RecentRefusals(() -> now);
    Outcome.Denied denied = new Outcome.Denied("denied", "No.", true);
    refusals.remember(from("203.0.113.7"), ALICE, denied);
    now = now.plus(Duration.ofMillis(9_999));
    assertThat(refusals.of(from("203.0.113.7"), ALICE)).contains(denied);
    assertThat(refusals.of(from("203.0.113.8"), ALICE)).isEmpty();
    now = now.plusMillis(1);
    assertThat(refusals.of(from("203.0.113.7"), ALICE)).isEmpty();
  }
}
