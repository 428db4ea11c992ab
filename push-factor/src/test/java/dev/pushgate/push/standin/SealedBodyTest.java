package dev.pushgate.push.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The example of RFC 8291 section 5, whose values appendix A has. */
class SealedBodyTest {
  private static final byte[] MESSAGE =
      octets(
          "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
              + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
              + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
  private static final byte[] KEY = octets("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
  private static final byte[] POINT =
      octets(
          "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
  private static final byte[] AUTH = octets("BTBZMqHH6r4Tts7J_aSIgg");

  private static byte[] octets(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static byte[] open(byte[] body, byte[] auth) throws GeneralSecurityException {
    return new SealedBody(body).open(SealedBody.privateKey(KEY), POINT, auth);
  }

  @Test
  void exampleOfTheRfc_isOpened() throws Exception {
    assertThat(new String(open(MESSAGE, AUTH), StandardCharsets.UTF_8))
        .isEqualTo("When I grow up, I want to be a watermelon");
  }

  @Test
  void pointOfTheExample_isWrittenAsItWasRead() throws Exception {
    assertThat(SealedBody.point(SealedBody.publicKey(POINT))).isEqualTo(POINT);
  }

  @Test
  void bodyThatWasAltered_isNotOpened() {
    byte[] altered = MESSAGE.clone();
    altered[altered.length - 1] ^= 1;
    assertThatThrownBy(() -> open(altered, AUTH)).isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> open(MESSAGE, new byte[16]))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void recordSizeThatIsNoGreaterThanTheRecord_isRefused() {
    byte[] tight = MESSAGE.clone();
    tight[18] = 0;
    tight[19] = (byte) (MESSAGE.length - 86);
    assertThatThrownBy(() -> new SealedBody(tight)).hasMessage("record size 58 of 58");
  }
}
