package dev.pushgate.push.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.US_ASCII);

  private final SecureRandom random = new SecureRandom();
  private final String older = KeyRing.newLine(random);
  private final String newer = KeyRing.newLine(random);

  private KeyRing ring(String... lines) {
    return KeyRing.of(List.of(lines), random).orElseThrow();
  }

  @Test
  void secret_comesBack() {
    KeyRing ring = ring(older);
    String encrypted = ring.encrypt(SECRET, "here");
    assertThat(encrypted).matches("[A-Za-z0-9_-]{8}:[A-Za-z0-9_-]+");
    assertThat(ring.decrypt(encrypted, "here")).isEqualTo(SECRET);
    assertThat(ring.encrypt(SECRET, "here")).isNotEqualTo(encrypted);
  }

  @Test
  void rotatedRing_readsTheOldAndWritesWithTheNewKey() {
    String encrypted = ring(older).encrypt(SECRET, "here");
    KeyRing rotated = ring(newer, older);
    assertThat(rotated.decrypt(encrypted, "here")).isEqualTo(SECRET);
    assertThat(rotated.isCurrent(encrypted)).isFalse();
    String again = rotated.encrypt(SECRET, "here");
    assertThat(rotated.isCurrent(again)).isTrue();
    assertThat(ring(newer).decrypt(again, "here")).isEqualTo(SECRET);
  }

  @Test
  void ringWithoutTheKey_saysSo() {
    String encrypted = ring(older).encrypt(SECRET, "here");
    KeyRing ring = ring(newer);
    assertThatThrownBy(() -> ring.decrypt(encrypted, "here"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessage("a secret in the store needs a key that is not in the key file");
  }

  @Test
  void fingerprint_isTheSameForTheSameAlone() {
    KeyRing ring = ring(newer, older);
    String fingerprint = ring.fingerprint("remembered alice", SECRET);

    assertThat(fingerprint).matches("[A-Za-z0-9_-]{43}");
    assertThat(ring(newer).fingerprint("remembered alice", SECRET)).isEqualTo(fingerprint);
    assertThat(ring.fingerprint("remembered bob", SECRET)).isNotEqualTo(fingerprint);
    assertThat(ring.fingerprint("remembered alice", new byte[0])).isNotEqualTo(fingerprint);
    assertThat(ring(older, newer).fingerprint("remembered alice", SECRET))
        .as("after a rotation")
        .isNotEqualTo(fingerprint);
  }

  /** Computed with another HKDF and HMAC: Python's hmac, by RFC 5869 section 2.3. */
  @Test
  void fingerprint_isHmacByAKeyOfHkdf() {
    KeyRing ring = ring("AAAAAAAA AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

    assertThat(ring.fingerprint("remembered alice", SECRET))
        .isEqualTo("ERox0aNCuQI3TQvo79SUsVbkk2hcfUiyoo6REMp76Bo");
  }

  @Test
  void secretInAnotherPlace_isDamaged() {
    KeyRing ring = ring(older);
    String encrypted = ring.encrypt(SECRET, "here");
    assertThatThrownBy(() -> ring.decrypt(encrypted, "there"))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessage("a secret in the store is damaged");
  }

  @Test
  void everyCharacterOfIt_isAuthenticated() {
    KeyRing ring = ring(older);
    String encrypted = ring.encrypt(SECRET, "here");
    assertThat(IntStream.range(9, encrypted.length() - 1))
        .allSatisfy(
            at -> {
              char other = encrypted.charAt(at) == 'A' ? 'B' : 'A';
              String changed = encrypted.substring(0, at) + other + encrypted.substring(at + 1);
              assertThatThrownBy(() -> ring.decrypt(changed, "here"))
                  .isInstanceOf(SecretUnreadableException.class);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "short:AAAA", "AAAAAAAA", "not base64 at all:!!!"})
  void textThatIsNoSecret_isRefused(String text) {
    KeyRing ring = ring(older);
    assertThatThrownBy(() -> ring.decrypt(text, "here"))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void linesThatAreNoKeys_makeNoRing() {
    assertThat(KeyRing.of(List.of(), random)).isEmpty();
    assertThat(KeyRing.of(List.of("not a key"), random)).isEmpty();
    assertThat(KeyRing.of(List.of(older, older), random)).isEmpty();
    assertThat(KeyRing.of(List.of(older, newer.substring(1)), random)).isEmpty();
    assertThat(ring(older, newer).toString()).isEqualTo("KeyRing[2 keys]");
  }
}
