package dev.pushgate.push.signed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECField;
import java.security.spec.ECFieldFp;

/**
 * The public key of a phone: a point on the curve P-256.
 *
 * @param x the canonical base64url of 32 octets (RFC 7518 section 6.2.1.2)
 * @param y like x
 */
public record PhoneKey(String x, String y) implements DeviceKey {
  private static final int COORDINATE_OCTETS = 32;

  /**
   * @throws IllegalArgumentException when the point is not on the curve
   */
  public PhoneKey {
    asEcKey(x, y);
  }

  /** The same key as Java's cryptography has it. */
  public static PhoneKey of(ECPublicKey key) {
    ECKey point = new ECKey.Builder(Curve.P_256, key).build();
    return new PhoneKey(point.getX().toString(), point.getY().toString());
  }

  /**
   * Reads the {@code jwk} of a header.
   *
   * @throws MalformedException when it is not a public P-256 key in canonical form, or gives away a
   *     private part
   */
  public static PhoneKey of(JsonMembers jwk) throws MalformedException {
    if (jwk.has("d")) {
      throw new MalformedException("'jwk' must not hold the private key");
    }
    if (!jwk.text("kty").equals("EC") || !jwk.text("crv").equals("P-256")) {
      throw new MalformedException("'jwk' must be of kty EC and crv P-256");
    }
    String x = coordinate(jwk, "x");
    String y = coordinate(jwk, "y");
    try {
      return new PhoneKey(x, y);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("'jwk' must be a point on the curve");
    }
  }

  /**
   * Reads what {@link #jwk()} wrote.
   *
   * @throws IllegalArgumentException when something else wrote it
   */
  public static PhoneKey ofStored(String jwk) {
    try {
      return of(JsonMembers.parse(jwk.getBytes(StandardCharsets.UTF_8), "a stored key"));
    } catch (MalformedException e) {
      throw new IllegalArgumentException("a stored key is damaged", e);
    }
  }

  @Override
  public String jwk() {
    return "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
  }

  /** The key as Java's cryptography takes it. */
  public ECPublicKey toPublicKey() {
    try {
      return asEcKey(x, y).toECPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java has no P-256, without which no phone works", e);
    }
  }

  private static ECKey asEcKey(String x, String y) {
    ECKey.Builder key = new ECKey.Builder(Curve.P_256, new Base64URL(x), new Base64URL(y));
    requireBelowPrime(x);
    requireBelowPrime(y);
    try {
      // Checks that the point is on the curve, without which a signature proves nothing.
      return key.build();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("not a point on the curve P-256", e);
    }
  }

  private static void requireBelowPrime(String coordinate) {
    // The library's check reckons modulo the prime, so x and x + p would be two spellings of one
    // key.
    ECField field = Curve.P_256.toECParameterSpec().getCurve().getField();
    if (new Base64URL(coordinate).decodeToBigInteger().compareTo(((ECFieldFp) field).getP()) >= 0) {
      throw new IllegalArgumentException("a coordinate of P-256 is below the prime of its field");
    }
  }

  private static String coordinate(JsonMembers jwk, String name) throws MalformedException {
    String text = jwk.text(name);
    if (StrictBase64.decode(text, "'" + name + "' in 'jwk'").length != COORDINATE_OCTETS) {
      throw new MalformedException("'" + name + "' in 'jwk' must be 32 octets");
    }
    return text;
  }
}
