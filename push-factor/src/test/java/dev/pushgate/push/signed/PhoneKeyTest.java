package dev.pushgate.push.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import org.junit.jupiter.api.Test;

class PhoneKeyTest {
  private static final BigInteger P =
      ((ECFieldFp) Curve.P_256.toECParameterSpec().getCurve().getField()).getP();

  @Test
  void key_keepsItsOneText() throws Exception {
    PhoneKey key = new TestPhone("https://a.example.test", new TestClock()).key();
    assertThat(PhoneKey.ofStored(key.jwk())).isEqualTo(key);
    assertThat(PhoneKey.of(key.toPublicKey())).isEqualTo(key);
    assertThat(ECKey.parse(key.jwk()).toECPublicKey()).isEqualTo(key.toPublicKey());
  }

  /**
   * The same point under a second text would let a key that was removed be enrolled again: nimbus
   * 10.5 finds a point on the curve whose x is larger than the prime.
   */
  @Test
  void coordinateAbovePrime_isRefused() {
    BigInteger x = smallPoint();
    BigInteger y = yOf(x);
    String smallX = ECKey.encodeCoordinate(256, x).toString();
    String textY = ECKey.encodeCoordinate(256, y).toString();
    assertThat(new PhoneKey(smallX, textY).toPublicKey().getW().getAffineX()).isEqualTo(x);
    String sameX = ECKey.encodeCoordinate(256, x.add(P)).toString();
    assertThatThrownBy(() -> new PhoneKey(sameX, textY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below the prime");
  }

  private static BigInteger smallPoint() {
    BigInteger x = BigInteger.TWO;
    while (!yOf(x).pow(2).mod(P).equals(rightSide(x))) {
      x = x.add(BigInteger.ONE);
    }
    return x;
  }

  private static BigInteger yOf(BigInteger x) {
    return rightSide(x).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
  }

  private static BigInteger rightSide(BigInteger x) {
    var curve = Curve.P_256.toECParameterSpec().getCurve();
    return x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(P);
  }
}
