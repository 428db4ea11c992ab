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

  @Test
  void wrongPassword_triedByTheNextMethods_countsOnce() {
    AccessRequest request = from("203.0.113.7");
    assertThat(failures.counts(request, PAP)).isTrue();
    now = now.plusSeconds(4);
    assertThat(failures.counts(request, MSCHAPV2)).isFalse();
    now = now.plusSeconds(4);
    assertThat(failures.counts(request, CHAP)).isFalse();
  }

  @Test
  void wrongPassword_triedTwiceByOneMethodOrInAnotherOrder_countsEachTime() {
    AccessRequest request = from("203.0.113.7");
    assertThat(failures.counts(request, PAP)).isTrue();
    assertThat(failures.counts(request, PAP)).isTrue();
    assertThat(failures.counts(request, CHAP)).isFalse();
    assertThat(failures.counts(request, MSCHAPV2)).isTrue();
  }

  @Test
  void wrongPassword_triedByTheNextMethodTenSecondsLater_countsByItself() {
    AccessRequest request = from("203.0.113.7");
    assertThat(failures.counts(request, PAP)).isTrue();
    now = now.plusSeconds(9);
    assertThat(failures.counts(request, MSCHAPV2)).isFalse();
    now = now.plusSeconds(1);
    assertThat(failures.counts(request, CHAP)).as("counted from the first").isTrue();
  }

  @Test
  void wrongPassword_fromAnotherPlace_countsByItself() {
    assertThat(failures.counts(from("203.0.113.7"), PAP)).isTrue();
    assertThat(failures.counts(from("203.0.113.8"), MSCHAPV2)).isTrue();
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
