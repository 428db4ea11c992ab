package dev.pushgate.radius.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaltedHidingTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");
  private static final byte[] AUTHENTICATOR = new byte[16];
  private static final byte[] SALT = {(byte) 0x80, 1};

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 31, 32, 239})
  void key_ofAnyLength_isRevealedAsItWas(int length) {
    byte[] key = new byte[length];
    Arrays.fill(key, (byte) 0xa5);
    byte[] hidden = SaltedHiding.hide(key, SALT, AUTHENTICATOR, SECRET);

    assertThat(hidden.length).isEqualTo(2 + (length / 16 + 1) * 16).isLessThanOrEqualTo(247);
    assertThat(SaltedHiding.reveal(hidden, AUTHENTICATOR, SECRET)).hasValue(key);
  }

  @Test
  void key_hiddenWithAnotherSalt_hasOtherOctets() {
    byte[] key = new byte[16];
    byte[] one = SaltedHiding.hide(key, SALT, AUTHENTICATOR, SECRET);
    byte[] other = SaltedHiding.hide(key, new byte[] {(byte) 0x80, 2}, AUTHENTICATOR, SECRET);

    assertThat(HexFormat.of().formatHex(one, 2, 34))
        .isNotEqualTo(HexFormat.of().formatHex(other, 2, 34));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 17, 19, 33})
  void valueOfAnotherLength_hidesNothing(int length) {
    assertThat(SaltedHiding.reveal(new byte[length], AUTHENTICATOR, SECRET)).isEmpty();
  }

  @Test
  void lengthBeyondTheEnd_hidesNothing() {
    byte[] hidden = SaltedHiding.hide(new byte[15], SALT, AUTHENTICATOR, SECRET);
    hidden[2] ^= (byte) 0xf0;

    assertThat(SaltedHiding.reveal(hidden, AUTHENTICATOR, SECRET)).isEmpty();
  }

  @Test
  void keyThatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> SaltedHiding.hide(new byte[240], SALT, AUTHENTICATOR, SECRET))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
